import { type Affine, type Grid, inverse, multiply, type Shape, type Vec3 } from '@voxaug/core'

/** World mm → a coordinate along the frame's axes: `scale` of it to a voxel, `start` at the first voxel's centre. */
export const alongFrame = ({ affine }: Grid, scale: Vec3, start: Vec3): Affine =>
  multiply([scale[0], 0, 0, start[0], 0, scale[1], 0, start[1], 0, 0, scale[2], start[2], 0, 0, 0, 1], inverse(affine))

/** World mm → lattice coordinate: 1 at the frame's first voxel edge, m − 2 at its last. */
export function latticeOver(frame: Grid, controlPoints: Shape): Affine {
  const scale = controlPoints.map((m, axis) => (m - 3) / frame.shape[axis]!) as unknown as Vec3
  return alongFrame(frame, scale, scale.map((s) => 1 + 0.5 * s) as unknown as Vec3)
}

/** Displacements along the frame's voxel axes, in voxels, as world millimetres. */
export const voxelsToMm = ({ affine }: Grid, [x, y, z]: Vec3): Vec3 =>
  [0, 4, 8].map((row) => affine[row]! * x + affine[row + 1]! * y + affine[row + 2]! * z) as unknown as Vec3

/** Displacements, three numbers each, without their part along voxel axes of one voxel, across the frame's plane. */
export function withinPlane(frame: Grid, displacementsMm: readonly number[]): readonly number[] {
  const thin = frame.shape.map((n) => n === 1)
  if (!thin.includes(true)) return displacementsMm
  const toIndex = inverse(frame.affine)
  const out: number[] = []
  for (let n = 0; n < displacementsMm.length; n += 3) {
    const [x, y, z] = displacementsMm.slice(n, n + 3) as unknown as Vec3
    const along = [0, 4, 8].map((row, axis) =>
      thin[axis] ? 0 : toIndex[row]! * x + toIndex[row + 1]! * y + toIndex[row + 2]! * z,
    )
    out.push(...voxelsToMm(frame, along as unknown as Vec3))
  }
  return out
}
