import {
  drawPerAxis,
  flag,
  type Grid,
  number,
  optional,
  type Params,
  perAxis,
  type Shape,
  size,
  type Vec3,
  VoxaugError,
  word,
} from '@voxaug/core'
import { defineSpatial } from '@voxaug/spatial'
import { edgeAligned, regrid, roundHalfEven } from './rescale.ts'

const name = 'geometry/Resize'

/**
 * Changes the number of voxels over the same field of view.
 *
 * Formula: n′ = round(n · f), i = (i′ + ½) · n / n′ − ½ along each axis
 *
 * Halves are rounded to the even number. f is given as `factor`, follows from the frame's new `shape`, or brings the frame's longest
 * side to `longest` voxels. So it is with `align: 'edges'`, which keeps the outer voxels' outer edges: their spacing is s · n / n′.
 * `align: 'corners'` keeps the outer voxels' centres: s · (n − 1) / (n′ − 1), and voxel i′ lies at i′ · (n − 1) / (n′ − 1); an axis of
 * one voxel before or after is aligned by its edges. Where an axis shrinks, images are smoothed first unless `antialias` is off:
 * by a Gaussian that widens a voxel, as wide at half maximum as itself, to an output voxel. Images that take the nearest voxel are not.
 * Grid: n′ voxels along each axis, other spacing; an entry on another grid has the same factor along its own axes. By whole voxels,
 * images of any type are copied bit for bit; else they become float32.
 * Labels: gain no value.
 * Points: stay where they are in the world.
 * Inverse: the grid before, by interpolation.
 * @throws VoxaugError `empty-grid` where an axis would have no voxel; `invalid-option` unless exactly one of `factor`, `shape` and
 * `longest` is given
 * @see scipy.ndimage.zoom, whose default is `corners` and whose grid_mode is `edges`; MONAI Resize and Zoom
 */
export const Resize = /* @__PURE__ */ defineSpatial({
  name,
  help: 'Changes the number of voxels over the same field of view.',
  options: {
    factor: optional(
      perAxis({
        bounds: [0.001, 1000],
        shared: true,
        help: 'Voxels after for each before. One range is drawn once and shared by the axes.',
      }),
    ),
    shape: optional(
      size({ least: 1, nullable: true, help: 'Voxels along the frame’s x, y and z; null keeps an axis as it is.' }),
    ),
    longest: optional(number({ bounds: [1, 65536], whole: true, help: 'Voxels along the frame’s longest side.' })),
    align: word({
      words: ['edges', 'corners'],
      default: 'edges',
      help: 'What stays where it is: the outer voxels’ outer edges, or their centres.',
    }),
    antialias: flag({ default: true, help: 'Smooth images before they shrink.' }),
  },
  example: { factor: 0.4 },
  alternatives: ['factor', 'shape', 'longest'],
  sample({ factor, shape, longest, align, antialias }, random, frame): Params & Sampled {
    const sampled = {
      ...(factor && { factor: drawPerAxis(random, factor) }),
      ...(shape && { shape }),
      ...(longest && { longest }),
      align,
      antialias,
    }
    shapeAfter(frame, frame, sampled)
    return sampled
  },
  resolve(params, { frame, grid }) {
    const shape = shapeAfter(grid, frame, params)
    const steps = grid.shape.map((n, axis) => {
      const m = shape[axis]!
      if (params.align === 'corners' && n > 1 && m > 1) return [(n - 1) / (m - 1), 0] as const
      return [n / m, edgeAligned(n / m)] as const
    })
    const pick = (n: 0 | 1) => steps.map((step) => step[n]) as unknown as Vec3
    return { grid: regrid(grid, shape, pick(0), pick(1)), antialias: params.antialias }
  },
})

interface Sampled {
  readonly factor?: Vec3
  readonly shape?: readonly (number | null)[]
  readonly longest?: number
  readonly align: 'edges' | 'corners'
  readonly antialias: boolean
}

function shapeAfter(grid: Grid, frame: Grid, { factor, shape, longest }: Sampled): Shape {
  const sides = Math.max(...frame.shape)
  return grid.shape.map((n, axis) => {
    const whole = frame.shape[axis]!
    if (longest !== undefined) return Math.max(1, roundHalfEven((n * longest) / sides))
    const m = factor ? roundHalfEven(n * factor[axis]!) : roundHalfEven((n * (shape![axis] ?? whole)) / whole)
    if (m > 0) return m
    throw new VoxaugError('empty-grid', `each axis must keep a voxel; ${n} along ${'xyz'[axis]} would become none.`, {
      transform: name,
    })
  }) as unknown as Shape
}
