import { type Affine, cornerIndices, type Shape, transformPoint, type Vec3 } from '@voxaug/core'
import type { WholeMap } from '@voxaug/kernels'

/** How far from a whole voxel, in voxels, a corner may be for a map to count as whole. */
const tolerance = 1e-3

/** The map that keeps every voxel where it is. */
export const identityMap: WholeMap = { axes: [0, 1, 2], steps: [1, 1, 1], start: [0, 0, 0] }

/**
 * The whole-voxel map that an affine map of indices is: along whole axes, with all eight corners of the grid within 1e-3
 * voxel of whole numbers; undefined where it is none.
 */
export function wholeMap(matrix: Affine, shape: Shape): WholeMap | undefined {
  const axes: number[] = [-1, -1, -1]
  const steps = [1, 1, 1]
  // An axis of one voxel says nothing of its direction, so it takes what the others leave.
  for (const axis of [0, 1, 2].sort((a, b) => shape[b]! - shape[a]!)) {
    const free = [0, 1, 2].filter((along) => !axes.includes(along))
    const along = free.reduce((best, one) =>
      Math.abs(matrix[4 * one + axis]!) > Math.abs(matrix[4 * best + axis]!) ? one : best,
    )
    axes[axis] = along
    steps[axis] = matrix[4 * along + axis]! < 0 ? -1 : 1
  }
  const map: WholeMap = {
    axes: axes as unknown as Vec3,
    steps: steps as unknown as Vec3,
    start: [0, 1, 2].map((along) => Math.round(matrix[4 * along + 3]!)) as unknown as Vec3,
  }
  const close = cornerIndices({ shape, affine: matrix }).every((corner) => {
    const exact = transformPoint(matrix, corner)
    return applyWhole(map, corner).every((x, along) => Math.abs(x - exact[along]!) <= tolerance)
  })
  return close ? map : undefined
}

/** Where a whole-voxel map takes an index. */
export function applyWhole({ axes, steps, start }: WholeMap, index: readonly number[]): Vec3 {
  const to: [number, number, number] = [start[0], start[1], start[2]]
  for (let axis = 0; axis < 3; axis++) to[axes[axis]! as 0 | 1 | 2] += steps[axis]! * index[axis]!
  return to
}

/** First `inner`, then `outer`. */
export function composeWhole(outer: WholeMap, inner: WholeMap): WholeMap {
  return {
    axes: inner.axes.map((axis) => outer.axes[axis]!) as unknown as Vec3,
    steps: inner.axes.map((axis, n) => outer.steps[axis]! * inner.steps[n]!) as unknown as Vec3,
    start: applyWhole(outer, inner.start),
  }
}
