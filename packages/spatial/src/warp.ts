import { type Affine, type Grid, inverse, multiply, parseAffine, type Shape } from '@voxaug/core'

/** Anatomy moved by an affine, a push in world millimetres: what was at p is then at matrix · p. */
export interface AffinePart {
  readonly type: 'affine'
  readonly matrix: Affine
}

/**
 * Anatomy moved by a smooth displacement, a pull: out(p) = in(p + d(p)), d the uniform cubic B-spline over control points.
 * `inverse` undoes it: out(p) = in(q) where q + d(q) = p.
 */
export interface LatticePart {
  readonly type: 'lattice'
  /** Control points along each lattice axis. */
  readonly shape: Shape
  /** World mm → lattice coordinate, in which control point (i, j, k) stands at (i, j, k). */
  readonly toLattice: Affine
  /** Three world millimetres (RAS) for each control point, `i` fastest. Beyond the lattice control points are 0. */
  readonly displacementsMm: readonly number[]
  readonly inverse: boolean
}

/**
 * As `LatticePart`, with d given at the voxels of a grid: trilinear between them, and beyond the outer voxel centres as it is
 * at the nearest of these.
 */
export interface FieldPart {
  readonly type: 'field'
  readonly shape: Shape
  /** World mm → index of the field's grid. */
  readonly toField: Affine
  /** Three volumes of world millimetres, along x, y and z (RAS). */
  readonly millimetres: Float32Array
  readonly inverse: boolean
}

/** How the anatomy moves: parts in the order in which they happen, none for no motion. Plain data. */
export type Warp = readonly WarpPart[]
export type WarpPart = AffinePart | LatticePart | FieldPart

/** The warp that pushes by a 4×4 affine in world mm, sixteen numbers or four rows. */
export function affineWarp(matrix: Affine | readonly (readonly number[])[]): Warp {
  return [{ type: 'affine', matrix: parseAffine(matrix, 'matrix') }]
}

/** The warp that pulls by a B-spline lattice of displacements: see `LatticePart`. */
export function latticeWarp(lattice: Pick<LatticePart, 'shape' | 'toLattice' | 'displacementsMm'>): Warp {
  return [{ type: 'lattice', ...lattice, inverse: false }]
}

/** The warp that pulls by a dense field of displacements on a grid: see `FieldPart`. */
export function fieldWarp({ shape, affine }: Grid, millimetres: Float32Array): Warp {
  return [{ type: 'field', shape, toField: inverse(affine), millimetres, inverse: false }]
}

/** One warp after another, in the order written. Neighbouring affines become one. */
export function composeWarps(...warps: readonly Warp[]): Warp {
  const parts: WarpPart[] = []
  for (const part of warps.flat()) {
    const last = parts.at(-1)
    if (part.type === 'affine' && last?.type === 'affine') {
      parts[parts.length - 1] = { type: 'affine', matrix: multiply(part.matrix, last.matrix) }
    } else parts.push(part)
  }
  return parts
}

/** The warp that undoes another: affine parts exactly, displacements by fixed point when they are sampled. */
export function inverseWarp(warp: Warp): Warp {
  return warp
    .toReversed()
    .map((part) =>
      part.type === 'affine' ? { type: 'affine', matrix: inverse(part.matrix) } : { ...part, inverse: !part.inverse },
    )
}
