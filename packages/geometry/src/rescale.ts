import { type Grid, multiply, type Shape, type Vec3 } from '@voxaug/core'

/** To the nearest whole number, halves to the even one, as Python's round. */
export function roundHalfEven(x: number): number {
  const floor = Math.floor(x)
  const half = x - floor - 0.5
  return half < 0 || (half === 0 && floor % 2 === 0) ? floor : floor + 1
}

/**
 * A grid along the axes of another: `shape` voxels, each `step` of the other's voxels long, the first of them centred at index
 * `start` of the other.
 */
export function regrid({ affine }: Grid, shape: Shape, step: Vec3, start: Vec3): Grid {
  return {
    shape,
    affine: multiply(affine, [step[0], 0, 0, start[0], 0, step[1], 0, start[1], 0, 0, step[2], start[2], 0, 0, 0, 1]),
  }
}

/** The index, on a grid whose first voxel's outer edge is shared, of the centre of a voxel `step` voxels long. */
export const edgeAligned = (step: number): number => (step - 1) / 2
