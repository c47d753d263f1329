import {
  either,
  entry,
  type Grid,
  inverse,
  multiply,
  odds,
  optional,
  type Params,
  record,
  type Shape,
  size,
  transformPoint,
  type Vec3,
  VoxaugError,
  word,
} from '@voxaug/core'
import { defineSpatial } from '@voxaug/spatial'
import { type Box, toBox, within } from './box.ts'
import { drawVoxel } from './draw-voxel.ts'

const name = 'geometry/Crop'

/**
 * Keeps a box of the frame's voxels. World points keep their place.
 *
 * Formula: out(i) = in(start + i), 0 ≤ i < m along each axis
 *
 * The box has m = `shape` voxels, along an axis of null all n there are. It starts at ⌊(n − m) / 2⌋ for `'center'`, at
 * ⌊u · (n − m + 1)⌋ with u uniform in [0, 1) for `'random'`, or at a given index. `{ label, odds }` draws a label by its odds among
 * those that are there (any but 0 where `odds` is not given, each voxel as likely), then one of its voxels; `{ weights }` draws a
 * voxel in proportion to an image's values. The box is centred on that voxel, voxel ⌊m / 2⌋ of it, and moved as little as it takes
 * to lie within the frame. Where there is no such voxel the place is random, and the trace has the warning `nothing-to-crop-at`.
 * Grid: smaller. An entry on another grid keeps those of its own whole voxels that cover the same box in the world. Images, of any
 * type, are copied bit for bit. Its cost is that of the box.
 * Labels: copied bit for bit.
 * Points: stay where they are.
 * Inverse: exact; what was cut away is the fill.
 * @throws VoxaugError `crop-outside` where the box leaves the frame, or misses an entry; `unknown-entry`; `invalid-weights` for a
 * weight below 0 or not finite
 * @see MONAI RandSpatialCrop, RandCropByLabelClasses, RandWeightedCrop; TorchIO Crop
 */
export const Crop = /* @__PURE__ */ defineSpatial({
  name,
  help: 'Keeps a box of voxels.',
  options: {
    shape: size({
      least: 1,
      nullable: true,
      help: 'Voxels to keep along the frame’s x, y and z; null keeps an axis whole.',
    }),
    at: either({
      of: [
        word({ words: ['random', 'center'], help: '' }),
        size({ least: 0, help: '' }),
        record({
          fields: {
            label: entry({ help: 'A label map.' }),
            odds: optional(odds({ help: 'How likely each label is.' })),
          },
          help: '',
        }),
        record({ fields: { weights: entry({ help: 'An image of weights.' }) }, help: '' }),
      ],
      default: 'center',
      help: 'Where: a random place, the centre, the index of the first voxel, on a label, or by an image of weights.',
    }),
  },
  example: { shape: [28, 36, 24], at: { label: 'label', odds: { 1: 1 } } },
  sample({ shape, at }, random, frame, context): Params & { shape: typeof shape; at: CropPlace } {
    const anywhere = () => ({ fraction: [random.uniform(), random.uniform(), random.uniform()] as const })
    const draw = (): CropPlace => {
      if (at === 'random') return anywhere()
      if (at === 'center' || Array.isArray(at)) return at as CropPlace
      const chosen = at as Exclude<typeof at, string | readonly unknown[]>
      const drawn = drawVoxel(chosen, random, context.subject, name)
      if (drawn) return aroundVoxel(frame, shape, drawn.grid, drawn.index)
      const entry = 'label' in chosen ? chosen.label : chosen.weights
      context.warn('nothing-to-crop-at', `${entry} has no voxel to crop at; the place is random.`)
      return anywhere()
    }
    const place = draw()
    boxOf(frame, shape, place)
    return { shape, at: place }
  },
  resolve: ({ shape, at }, place) =>
    toBox(place, boxOf(place.frame, shape, at), (box) => {
      const inside = within(place.grid, box)
      if (inside) return inside
      throw new VoxaugError(
        'crop-outside',
        `the box must overlap every entry; it misses one of ${place.grid.shape.join(' × ')} voxels.`,
        { transform: name },
      )
    }),
})

type CropPlace = 'center' | Vec3 | { readonly fraction: Vec3 }

function boxOf(frame: Grid, shape: readonly (number | null)[], at: CropPlace): Box {
  const size = frame.shape.map((n, axis) => shape[axis] ?? n) as unknown as Shape
  const start = frame.shape.map((n, axis) => {
    const free = n - size[axis]!
    if (typeof at === 'object' && 'fraction' in at) return Math.floor(at.fraction[axis]! * (free + 1))
    return at === 'center' ? Math.floor(free / 2) : at[axis]!
  }) as unknown as Vec3
  if (size.some((m, axis) => start[axis]! < 0 || start[axis]! + m > frame.shape[axis]!)) {
    const where = Array.isArray(at) ? ` at ${at.join(', ')}` : ''
    throw new VoxaugError(
      'crop-outside',
      `shape must fit the frame of ${frame.shape.join(' × ')} voxels, got ${size.join(' × ')}${where}.`,
      { transform: name, option: 'shape', received: shape },
    )
  }
  return { start, size }
}

/** The index of the first voxel of a box about a voxel of some grid, moved into the frame if it has to be. */
function aroundVoxel(frame: Grid, shape: readonly (number | null)[], grid: Grid, voxel: Vec3): Vec3 {
  const place = transformPoint(multiply(inverse(frame.affine), grid.affine), voxel)
  return frame.shape.map((n, axis) => {
    const m = Math.min(n, shape[axis] ?? n)
    return Math.max(0, Math.min(n - m, Math.floor(place[axis]! + 0.5) - Math.floor(m / 2)))
  }) as unknown as Vec3
}
