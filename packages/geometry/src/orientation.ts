import { type Grid, multiply, orientationOf, type Shape, type Vec3 } from '@voxaug/core'

const directions = ['LR', 'PA', 'IS'] as const

const arrangements = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const

/** The 48 codes of axes: for each voxel axis, the anatomical direction in which it grows. */
export const orientations: readonly string[] = arrangements.flatMap((order) =>
  Array.from({ length: 8 }, (_, signs) => order.map((world, axis) => directions[world]![(signs >> axis) & 1]).join('')),
)

/** How errors name them. */
export const orientationForm = "three letters of L or R, A or P, and I or S, such as 'RAS'"

/** The same voxels with axes in the order and directions of a code. */
export function reoriented(grid: Grid, code: string): Grid {
  const own = [...orientationOf(grid.affine)]
  // Of each axis after, the one before, and whether it runs the other way.
  const axes = [...code].map((letter) => {
    const pair = directions.find((ends) => ends.includes(letter))!
    const axis = own.findIndex((one) => pair.includes(one))
    return { axis, reversed: own[axis] !== letter }
  })
  const toOld = [0, 1, 2].flatMap((row) => {
    const columns = axes.map(({ axis, reversed }) => (axis === row ? (reversed ? -1 : 1) : 0))
    const start = axes.some(({ axis, reversed }) => axis === row && reversed) ? grid.shape[row]! - 1 : 0
    return [...columns, start]
  })
  return {
    shape: axes.map(({ axis }) => grid.shape[axis]!) as unknown as Shape,
    affine: multiply(grid.affine, [...toOld, 0, 0, 0, 1]),
  }
}

/** The middle voxel, ⌊(n − 1) / 2⌋ along each axis, as nibabel's. */
export const middleVoxel = (shape: Shape): Vec3 => shape.map((n) => Math.floor((n - 1) / 2)) as unknown as Vec3
