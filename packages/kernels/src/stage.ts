/** Voxels along each axis, `[nx, ny, nz]`. */
export type Shape = readonly [number, number, number]
export type Vec3 = readonly [number, number, number]

/** Three rows of four, an affine map of indices; a fourth row is not looked at. */
export type Matrix = readonly number[]

/**
 * One step of a pass from the output towards the source: from an index on its grid to an index on the next.
 *
 * A point outside the next grid's box, by more than half a voxel, takes `fill`; inside, it is clamped to the outer voxel centres.
 */
export interface Stage {
  readonly matrix: Matrix
  readonly lattice?: Lattice
  /** The next grid's shape; `[0, 0, 0]` where nothing bounds it and the index may be any coordinate. Never so for the last. */
  readonly box: Shape
  readonly fill: number
}

/** A displacement, in voxels of the next grid, by a cubic B-spline over control points. */
export interface Lattice {
  readonly shape: Shape
  /** Four numbers a node (x, y, z, 0), `i` fastest. The outer three layers are 0. */
  readonly nodes: Float64Array
  /** Index → lattice coordinate: of the stage's own grid, or, for an inverse, of the next. */
  readonly toLattice: Matrix
  /** false: next = matrix · index + d(index). true: next is where next + d(next) = matrix · index. */
  readonly inverse: boolean
}

/** First b, then a. */
export function compose(a: Matrix, b: Matrix): Matrix {
  return Array.from({ length: 12 }, (_, n) => {
    const row = n & ~3
    const column = n & 3
    const sum = a[row]! * b[column]! + a[row + 1]! * b[column + 4]! + a[row + 2]! * b[column + 8]!
    return column === 3 ? sum + a[row + 3]! : sum
  })
}

/** The part of a grid that a pass asks for: `shape` voxels from index `base` on, forwards or backwards along each axis. */
export interface Window {
  readonly base: Vec3
  readonly step: Vec3
  readonly shape: Shape
}
