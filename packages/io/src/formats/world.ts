import { type Affine, isInvertible, show, spacingOf, type Vec3 } from '@voxaug/core'
import { invalid } from '../layout.ts'

/** Signs that turn a world's axes into right, anterior, superior. */
export const ras: Vec3 = [1, 1, 1]
export const lps: Vec3 = [-1, -1, 1]
export const las: Vec3 = [-1, 1, 1]

/**
 * The affine to RAS of a grid in another world.
 *
 * @param steps millimetres from one voxel to the next, along each voxel axis
 * @param what the header's fields, for the message
 * @throws VoxaugError `invalid-header` unless it is finite and can be inverted
 */
export function affineOf(steps: readonly [Vec3, Vec3, Vec3], origin: Vec3, signs: Vec3, what: string): Affine {
  // + 0 turns -0 into 0.
  const rows = signs.flatMap((sign, row) => [...steps, origin].map((column) => sign * column[row]! + 0))
  const affine = Object.freeze([...rows, 0, 0, 0, 1])
  if (!affine.every(Number.isFinite)) invalid(`${what} must be finite`, show(affine))
  // Also with spacings so small or large that their squares leave float64.
  if (!isInvertible(affine) || !spacingOf(affine).every((size) => size > 0))
    invalid(`${what} must make an invertible affine`, show(affine))
  return affine
}

/** A column of an affine in another world. */
export const columnOf = (affine: Affine, column: number, signs: Vec3): Vec3 =>
  signs.map((sign, row) => sign * affine[4 * row + column]! + 0) as unknown as Vec3

/** The unit vector at right angles to two, for a single slice. */
export function normalOf([a, b, c]: Vec3, [d, e, f]: Vec3): Vec3 {
  const normal = [b * f - c * e, c * d - a * f, a * e - b * d] as const
  const length = Math.sqrt(normal.reduce((sum, value) => sum + value * value, 0))
  return normal.map((value) => value / length) as unknown as Vec3
}
