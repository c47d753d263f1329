import {
  drawPerAxis,
  either,
  type Grid,
  inverse,
  multiply,
  number,
  perAxis,
  type Random,
  type Shape,
  size,
  type Vec3,
} from '@voxaug/core'
import { defineSpatial, latticeWarp } from '@voxaug/spatial'

/**
 * Deforms the anatomy smoothly: random displacements at the control points of a lattice, a cubic B-spline between them.
 *
 * out(p) = in(p + d(p)), d(p) = Σ B³(u − i) B³(v − j) B³(w − k) · d_ijk in world mm, the components of each d_ijk uniform in
 * [−maxDisplacementMm, maxDisplacementMm]. The lattice spans the frame's box, voxel edges included, with one ring of control points beyond it:
 * `controlPoints` counts that ring, so n points make n − 3 cells an axis. The field is smooth (C²) and ends within
 * three cells beyond the frame. No dense field is ever made.
 * Grid: unchanged. Images become float32; labels gain no value; points move along to 1e-6 mm. A frame of one voxel's thickness
 * keeps displacements within its plane. Where the field might fold space the trace has the warning `folding`; points and
 * inverses then throw.
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
    maxDisplacementMm: perAxis({
      default: 7.5,
      bounds: [0, 1000],
      help: 'The most that a control point moves along each world axis, in mm.',
    }),
    lockedBorders: number({
      default: 2,
      bounds: [0, 2],
      whole: true,
      help: 'Outer layers of control points, on all six sides, that do not move.',
    }),
  },
  relate({ controlPoints, lockedBorders }) {
    const least = Math.min(...sizeOf(controlPoints))
    if (least > 64 || Math.max(...sizeOf(controlPoints)) > 64)
      return `controlPoints must be at most 64 along each axis, got ${sizeOf(controlPoints).join(', ')}.`
    return least > 2 * lockedBorders
      ? undefined
      : `lockedBorders must leave some of ${least} controlPoints free, got ${lockedBorders}.`
  },
  sample({ controlPoints, maxDisplacementMm, lockedBorders }, random) {
    const shape = sizeOf(controlPoints)
    return {
      controlPoints: shape,
      displacementsMm: drawDisplacements(shape, drawPerAxis(random, maxDisplacementMm), lockedBorders, random),
    }
  },
  resolve({ controlPoints, displacementsMm }, { frame }) {
    if (displacementsMm.every((d) => d === 0)) return {}
    return {
      warp: latticeWarp({
        shape: controlPoints,
        toLattice: latticeOver(frame, controlPoints),
        displacementsMm: withinPlane(frame, displacementsMm),
      }),
    }
  },
})

const sizeOf = (controlPoints: number | readonly (number | null)[]): Shape =>
  typeof controlPoints === 'number' ? [controlPoints, controlPoints, controlPoints] : (controlPoints as Shape)

function drawDisplacements([mx, my, mz]: Shape, most: Vec3, locked: number, random: Random): readonly number[] {
  const free = (n: number, m: number) => n >= locked && n < m - locked
  const drawn: number[] = []
  for (let k = 0; k < mz; k++) {
    for (let j = 0; j < my; j++) {
      for (let i = 0; i < mx; i++) {
        const moves = free(i, mx) && free(j, my) && free(k, mz)
        for (const d of most) drawn.push(moves ? random.draw([-d, d]) : 0)
      }
    }
  }
  return drawn
}

/** World mm → lattice coordinate: 1 at the frame's first voxel edge, m − 2 at its last. */
function latticeOver({ affine, shape }: Grid, controlPoints: Shape) {
  const scale = (axis: 0 | 1 | 2) => (controlPoints[axis] - 3) / shape[axis]
  const start = (axis: 0 | 1 | 2) => 1 + 0.5 * scale(axis)
  return multiply(
    [scale(0), 0, 0, start(0), 0, scale(1), 0, start(1), 0, 0, scale(2), start(2), 0, 0, 0, 1],
    inverse(affine),
  )
}

/** Displacements without their part along voxel axes of one voxel, across the frame's plane. */
function withinPlane({ affine, shape }: Grid, displacementsMm: readonly number[]): readonly number[] {
  const thin = shape.map((n) => n === 1)
  if (!thin.includes(true)) return displacementsMm
  const toIndex = inverse(affine)
  const rows = [0, 4, 8]
  return displacementsMm.map((_, n) => {
    const d = displacementsMm.slice(n - (n % 3), n - (n % 3) + 3) as unknown as Vec3
    const along = rows.map((row, axis) =>
      thin[axis] ? 0 : toIndex[row]! * d[0] + toIndex[row + 1]! * d[1] + toIndex[row + 2]! * d[2],
    )
    const row = 4 * (n % 3)
    return affine[row]! * along[0]! + affine[row + 1]! * along[1]! + affine[row + 2]! * along[2]!
  })
}
