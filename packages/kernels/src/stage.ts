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
  readonly displacement?: Lattice | Field
  /** The next grid's shape; `[0, 0, 0]` where nothing bounds it and the index may be any coordinate. Never so for the last. */
  readonly box: Shape
  readonly fill: number
}

/** A displacement, in voxels of the next grid, by a cubic B-spline over control points. */
export interface Lattice extends Displacement {
  /** Four numbers a node (x, y, z, 0), `i` fastest. The outer three layers are 0. */
  readonly nodes: Float64Array
}

/** A displacement by a dense field, trilinear between its voxels; beyond its outer voxel centres it stays as it is there. */
export interface Field extends Displacement {
  /** Three volumes of millimetres, along x, y and z. */
  readonly millimetres: Float32Array
  /** Millimetres → voxels of the next grid: three rows of three. */
  readonly onward: readonly number[]
}

interface Displacement {
  readonly shape: Shape
  /** Index → coordinate in the lattice or field: of the stage's own grid, or, for an inverse, of the next. */
  readonly toDisplacement: Matrix
  /** false: next = matrix · index + d(index). true: next is where next + d(next) = matrix · index. */
  readonly inverse: boolean
}

export const isField = (displacement: Lattice | Field): displacement is Field => 'millimetres' in displacement

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

/** How voxels between voxels are found. `nearest` and `vote` keep the element type, `linear` and `cubic` give float32. */
export type Interpolation = 'nearest' | 'linear' | 'cubic' | 'vote'

/** How a source goes on beyond itself, named as scipy.ndimage does (its nearest, reflect, mirror and grid-wrap). */
export type Extension = 'edge' | 'reflect' | 'mirror' | 'wrap'

/** The voxel that stands at an index along an axis of `n` voxels, extended. */
export function extendedIndex(extension: Extension, index: number, n: number): number {
  if (extension === 'edge') return Math.max(0, Math.min(n - 1, index))
  if (extension === 'wrap') return index - n * Math.floor(index / n)
  if (n === 1) return 0
  // Symmetric about the outer voxels' edges (reflect) or their centres (mirror).
  const period = extension === 'reflect' ? 2 * n : 2 * n - 2
  const place = index - period * Math.floor(index / period)
  return place < n ? place : extension === 'reflect' ? period - 1 - place : period - place
}
