import { show, VoxaugError } from './error.ts'

export type Vec3 = readonly [number, number, number]

/** Voxels along each voxel axis, `[nx, ny, nz]`. */
export type Shape = Vec3

/** 4×4, row-major, sixteen numbers: voxel index (i, j, k) → world millimetres, RAS+. */
export type Affine = readonly number[]

/** Where the voxels of a volume are: their number along each axis and the place of each in the world. */
export interface Grid {
  readonly shape: Shape
  readonly affine: Affine
}

/** The matrix product a · b: first b, then a. */
export function multiply(a: Affine, b: Affine): Affine {
  return Array.from({ length: 16 }, (_, n) => {
    const row = n & ~3
    const column = n & 3
    return (
      a[row]! * b[column]! + a[row + 1]! * b[column + 4]! + a[row + 2]! * b[column + 8]! + a[row + 3]! * b[column + 12]!
    )
  })
}

/** Where an affine takes a point. */
export function transformPoint(a: Affine, [x, y, z]: Vec3): Vec3 {
  return [
    a[0]! * x + a[1]! * y + a[2]! * z + a[3]!,
    a[4]! * x + a[5]! * y + a[6]! * z + a[7]!,
    a[8]! * x + a[9]! * y + a[10]! * z + a[11]!,
  ]
}

/** The determinant of an affine's 3×3 part. */
export function determinant(a: Affine): number {
  return (
    a[0]! * (a[5]! * a[10]! - a[6]! * a[9]!) -
    a[1]! * (a[4]! * a[10]! - a[6]! * a[8]!) +
    a[2]! * (a[4]! * a[9]! - a[5]! * a[8]!)
  )
}

/** Whether an affine can be inverted: finite, last row 0 0 0 1, and |det| above 1e-12 of the product of its columns' lengths. */
export function isInvertible(a: Affine): boolean {
  const lengths = spacingOf(a)
  return (
    a.length === 16 &&
    a.every(Number.isFinite) &&
    a[12] === 0 &&
    a[13] === 0 &&
    a[14] === 0 &&
    a[15] === 1 &&
    Math.abs(determinant(a)) > 1e-12 * lengths[0] * lengths[1] * lengths[2]
  )
}

/** The inverse of an affine that `isInvertible`. */
export function inverse(a: Affine): Affine {
  const [a0, a1, a2, , a4, a5, a6, , a8, a9, a10] = a as number[] as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const d = determinant(a)
  const r = [
    (a5 * a10 - a6 * a9) / d,
    (a2 * a9 - a1 * a10) / d,
    (a1 * a6 - a2 * a5) / d,
    (a6 * a8 - a4 * a10) / d,
    (a0 * a10 - a2 * a8) / d,
    (a2 * a4 - a0 * a6) / d,
    (a4 * a9 - a5 * a8) / d,
    (a1 * a8 - a0 * a9) / d,
    (a0 * a5 - a1 * a4) / d,
  ] as const
  const shift = (n: 0 | 3 | 6) => -(r[n] * a[3]! + r[(n + 1) as 1] * a[7]! + r[(n + 2) as 2] * a[11]!)
  return [r[0], r[1], r[2], shift(0), r[3], r[4], r[5], shift(3), r[6], r[7], r[8], shift(6), 0, 0, 0, 1]
}

/** Millimetres between neighbours along each voxel axis: the lengths of the affine's columns. */
export function spacingOf(a: Affine): Vec3 {
  const length = (n: number) => Math.sqrt(a[n]! * a[n]! + a[n + 4]! * a[n + 4]! + a[n + 8]! * a[n + 8]!)
  return [length(0), length(1), length(2)]
}

/** The affine of a grid that starts at voxel `start` of another: world points keep their place. */
export function shiftOrigin(a: Affine, start: Vec3): Affine {
  const [x, y, z] = transformPoint(a, start)
  return [a[0]!, a[1]!, a[2]!, x, a[4]!, a[5]!, a[6]!, y, a[8]!, a[9]!, a[10]!, z, 0, 0, 0, 1]
}

/** The index of a grid's centre, (n − 1) / 2 along each axis. */
export function centerIndex({ shape }: Grid): Vec3 {
  return [(shape[0] - 1) / 2, (shape[1] - 1) / 2, (shape[2] - 1) / 2]
}

/** A grid's eight corner voxels, as indices, `i` fastest. */
export function cornerIndices({ shape }: Grid): readonly Vec3[] {
  return Array.from({ length: 8 }, (_, n) => [
    n & 1 ? shape[0] - 1 : 0,
    n & 2 ? shape[1] - 1 : 0,
    n & 4 ? shape[2] - 1 : 0,
  ])
}

/** Whether two grids are one: the same shape, and no corner apart by more than 0.01 mm. */
export function sameSpace(a: Grid, b: Grid): boolean {
  return (
    a.shape.every((n, axis) => n === b.shape[axis]) &&
    cornerIndices(a).every(
      (corner) => distanceSquared(transformPoint(a.affine, corner), transformPoint(b.affine, corner)) <= 1e-4,
    )
  )
}

const distanceSquared = (p: Vec3, q: Vec3) =>
  (p[0] - q[0]) * (p[0] - q[0]) + (p[1] - q[1]) * (p[1] - q[1]) + (p[2] - q[2]) * (p[2] - q[2])

/** The number of voxels of a shape. */
export const voxelsOf = (shape: Shape): number => shape[0] * shape[1] * shape[2]

const anatomy = ['LR', 'PA', 'IS'] as const

/**
 * The anatomical direction in which each voxel axis grows, as in `RAS` or `LPI`; each world axis is named once.
 *
 * As nibabel's `io_orientation`: of the orthogonal matrix nearest to the axes' directions, the column with the largest entry
 * chooses first.
 */
export function orientationOf(a: Affine): string {
  const spacing = spacingOf(a)
  const direction = (n: number) => (n % 4 < 3 && n < 12 ? a[n]! / spacing[n % 4]! : n === 15 ? 1 : 0)
  let turn: Affine = Array.from(a, (_, n) => direction(n))
  // Newton's iteration to the orthogonal factor of the polar decomposition; it halves at worst, from 1e12 on.
  for (let step = 0; step < 60; step++) {
    const back = inverse(turn)
    turn = turn.map((x, n) => (x + back[4 * (n % 4) + (n >> 2)]!) / 2)
  }
  const size = (axis: number, world: number) => Math.abs(turn[4 * world + axis]!)
  const most = (axis: number, among: readonly number[]) =>
    among.reduce((best, world) => (size(axis, world) > size(axis, best) ? world : best))
  const strength = (axis: number) => size(axis, most(axis, [0, 1, 2]))
  let free: readonly number[] = [0, 1, 2]
  const letters: string[] = []
  for (const axis of [0, 1, 2].sort((p, q) => strength(q) - strength(p))) {
    const world = most(axis, free)
    free = free.filter((other) => other !== world)
    letters[axis] = anatomy[world]![turn[4 * world + axis]! > 0 ? 1 : 0]!
  }
  return letters.join('')
}

/** Checks four rows of four numbers, or sixteen, and gives the sixteen. */
export function parseAffine(value: unknown, name: string): Affine {
  const flat = (
    Array.isArray(value) ? value.flat() : ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : []
  ) as number[]
  if (!isInvertible(flat)) {
    throw new VoxaugError(
      'invalid-affine',
      `${name} must be an invertible 4×4 matrix in rows, the last one 0 0 0 1, got ${show(value)}.`,
      { option: name, received: value },
    )
  }
  return Object.freeze([...flat])
}
