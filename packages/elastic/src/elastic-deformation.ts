import {
  type BoundedRange,
  type CheckedPerAxis,
  drawPerAxis,
  either,
  type Grid,
  number,
  optional,
  type Params,
  perAxis,
  type Random,
  type Shape,
  size,
  type Vec3,
} from '@voxaug/core'
import { defineSpatial, latticeWarp } from '@voxaug/spatial'
import { latticeOver, voxelsToMm, withinPlane } from './lattice-over.ts'

/**
 * Deforms the anatomy smoothly: random displacements at the control points of a lattice, a cubic B-spline between them.
 *
 * Formula: out(p) = in(p + d(p)), d(p) = Σ B³(u − i) · B³(v − j) · B³(w − k) · d_ijk
 *
 * d is in world mm; (u, v, w) are the coordinates of p on the lattice. The components of each d_ijk are uniform in
 * [−maxDisplacementMm, maxDisplacementMm]; or drawn from `displacementMm` along the world axes, or from `displacementVoxels` along the
 * frame's voxel axes. The lattice spans the frame's box, voxel edges included, with one ring of control points beyond it:
 * `controlPoints` counts that ring, so n points make n − 3 cells an axis. The field is smooth (C²) and ends within
 * three cells beyond the frame. No dense field is ever made. A frame of one voxel's thickness keeps displacements within its
 * plane. Where the field folds space the trace has the warning `folding`; points and inverses then throw.
 * Grid: unchanged. Images become float32.
 * Labels: move along, and gain no value.
 * Points: move along, to 1e-6 mm.
 * Inverse: by position, to 1e-3 voxel.
 * @throws VoxaugError `folding` for points or an inverse where the field folds; `invalid-option` for more than one of the three
 * amounts of displacement, or where `lockedBorders` leaves no control point free
 * @see Rueckert et al. 1999, Nonrigid registration using free-form deformations; TorchIO RandomElasticDeformation, whose third axis was never locked
 */
export const ElasticDeformation = /* @__PURE__ */ defineSpatial({
  name: 'elastic/ElasticDeformation',
  help: 'Deforms the anatomy smoothly and at random.',
  options: {
    controlPoints: either({
      of: [number({ bounds: [4, 64], whole: true, help: '' }), size({ least: 4, help: '' })],
      default: 7,
      help: 'Control points along each axis, the outer ring included.',
    }),
    maxDisplacementMm: optional(
      perAxis({
        default: 7.5,
        bounds: [0, 1000],
        help: 'The most that a control point moves along each world axis, in mm.',
      }),
    ),
    displacementMm: optional(
      perAxis({
        bounds: [-1000, 1000],
        help: 'In place of maxDisplacementMm: what each control point’s displacement along each world axis is drawn from, in mm.',
      }),
    ),
    displacementVoxels: optional(
      perAxis({
        bounds: [-65536, 65536],
        help: 'In place of maxDisplacementMm: what each control point’s displacement along the frame’s x, y and z is drawn from, in voxels.',
      }),
    ),
    lockedBorders: number({
      default: 2,
      bounds: [0, 2],
      whole: true,
      help: 'Outer layers of control points, on all six sides, that do not move.',
    }),
  },
  example: { controlPoints: 8, maxDisplacementMm: 14 },
  alternatives: ['maxDisplacementMm', 'displacementMm', 'displacementVoxels'],
  relate({ controlPoints, lockedBorders }) {
    const least = Math.min(...sizeOf(controlPoints))
    if (least > 64 || Math.max(...sizeOf(controlPoints)) > 64)
      return `controlPoints must be at most 64 along each axis, got ${sizeOf(controlPoints).join(', ')}.`
    return least <= 2 * lockedBorders
      ? `lockedBorders must leave some of ${least} controlPoints free, got ${lockedBorders}.`
      : undefined
  },
  sample(
    { controlPoints, maxDisplacementMm, displacementMm, displacementVoxels, lockedBorders },
    random,
  ): Params & Sampled {
    const shape = sizeOf(controlPoints)
    const given = displacementMm ?? displacementVoxels
    const ranges = given ? rangesOf(given) : drawPerAxis(random, maxDisplacementMm!).map((d): BoundedRange => [-d, d])
    const drawn = drawDisplacements(shape, ranges, lockedBorders, random)
    return { controlPoints: shape, [displacementVoxels ? 'displacementsVoxels' : 'displacementsMm']: drawn }
  },
  resolve({ controlPoints, displacementsMm, displacementsVoxels }, { frame }) {
    const drawn = displacementsMm ?? displacementsVoxels!
    if (drawn.every((d) => d === 0)) return {}
    return {
      warp: latticeWarp({
        shape: controlPoints,
        toLattice: latticeOver(frame, controlPoints),
        displacementsMm: withinPlane(frame, displacementsMm ?? toMm(frame, drawn)),
      }),
    }
  },
})

/** One of the two is there. */
interface Sampled {
  readonly controlPoints: Shape
  readonly displacementsMm?: readonly number[]
  readonly displacementsVoxels?: readonly number[]
}

const sizeOf = (controlPoints: number | readonly (number | null)[]): Shape =>
  typeof controlPoints === 'number' ? [controlPoints, controlPoints, controlPoints] : (controlPoints as Shape)

const rangesOf = (given: CheckedPerAxis): readonly BoundedRange[] =>
  'each' in given
    ? [given.each, given.each, given.each]
    : 'shared' in given
      ? [given.shared, given.shared, given.shared]
      : given

function drawDisplacements(
  [mx, my, mz]: Shape,
  ranges: readonly BoundedRange[],
  locked: number,
  random: Random,
): readonly number[] {
  const free = (n: number, m: number) => n >= locked && n < m - locked
  const drawn: number[] = []
  for (let k = 0; k < mz; k++) {
    for (let j = 0; j < my; j++) {
      for (let i = 0; i < mx; i++) {
        const moves = free(i, mx) && free(j, my) && free(k, mz)
        for (const range of ranges) drawn.push(moves ? random.draw(range) : 0)
      }
    }
  }
  return drawn
}

/** Displacements in voxels of a frame, three numbers each, in millimetres. */
const toMm = (frame: Grid, voxels: readonly number[]): readonly number[] =>
  Array.from({ length: voxels.length / 3 }, (_, n) =>
    voxelsToMm(frame, voxels.slice(3 * n, 3 * n + 3) as unknown as Vec3),
  ).flat()
