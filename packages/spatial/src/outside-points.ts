import { type Grid, inverse, isVolume, type Subject, transformPoint, type Vec3 } from '@voxaug/core'

/** What becomes of points that lie outside the frame after a step. */
export type OutsidePoints = 'keep' | 'drop' | 'clamp'

/** Rounding in voxels, which is not to drop a point on the edge. */
const slack = 2 ** -20

/** Keeps, drops or clamps the points of a subject that lie outside a grid: more than half a voxel from its outer voxel centres. */
export function keepPoints(subject: Subject, outside: OutsidePoints, grid: Grid): Subject {
  if (outside === 'keep') return subject
  const toIndex = inverse(grid.affine)
  const clamped = (p: Vec3): Vec3 => {
    const index = transformPoint(toIndex, p)
    const inside = index.map((x, axis) => Math.max(-0.5, Math.min(grid.shape[axis]! - 0.5, x))) as unknown as Vec3
    const away = inside.some((x, axis) => Math.abs(x - index[axis]!) > slack)
    return away ? transformPoint(grid.affine, inside) : p
  }
  const kept = (positions: readonly Vec3[]) =>
    outside === 'clamp' ? positions.map(clamped) : positions.filter((p) => clamped(p) === p)
  return Object.fromEntries(
    Object.entries(subject).map(([name, entry]) => [
      name,
      isVolume(entry) ? entry : { kind: 'points', positions: kept(entry.positions) },
    ]),
  )
}
