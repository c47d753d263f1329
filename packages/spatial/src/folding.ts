import type { Vec3 } from '@voxaug/core'
import { derivativesAt } from './displacement.ts'
import type { LatticePart } from './warp.ts'

/** Places tried in each lattice cell along each axis, where a bound does not settle it. */
const perCell = 4

/**
 * Whether p + d(p) folds space: its Jacobian determinant is not above 0 somewhere.
 *
 * A field whose derivatives are small enough cannot (its control points' differences bound them); else the determinant is
 * looked at on a grid of 4³ places a cell.
 */
export function folds(lattice: LatticePart): boolean {
  if (steepness(lattice) < 1) return false
  const { shape } = lattice
  const size = shape.map((m) => (m + 2) * perCell)
  for (let n = 0; n < size[0]! * size[1]! * size[2]!; n++) {
    const at = [n % size[0]!, Math.floor(n / size[0]!) % size[1]!, Math.floor(n / (size[0]! * size[1]!))].map(
      (x) => x / perCell - 1.5,
    )
    if (jacobian(lattice, at as unknown as Vec3) <= 0) return true
  }
  return false
}

/** An upper bound of how much of a small step in space the field can add or take away (the largest row sum of |∂d/∂p|). */
export function steepness({ shape, toLattice, displacementsMm }: LatticePart): number {
  const [mx, my] = shape
  const strides = [1, mx, mx * my]
  // Neighbouring control points' largest differences bound the derivative along their axis; beyond the lattice stand zeros.
  const largest = (axis: number, component: number) => {
    let most = 0
    for (let n = 0; n < displacementsMm.length / 3; n++) {
      const index = Math.floor(n / strides[axis]!) % shape[axis]!
      const here = displacementsMm[3 * n + component]!
      const before = index > 0 ? displacementsMm[3 * (n - strides[axis]!) + component]! : 0
      most = Math.max(most, Math.abs(here - before), index === shape[axis]! - 1 ? Math.abs(here) : 0)
    }
    return most
  }
  const sums = [0, 1, 2].map((component) =>
    [0, 1, 2].reduce((sum, axis) => {
      const row =
        Math.abs(toLattice[4 * axis]!) + Math.abs(toLattice[4 * axis + 1]!) + Math.abs(toLattice[4 * axis + 2]!)
      return sum + largest(axis, component) * row
    }, 0),
  )
  return Math.max(...sums)
}

/** det(I + ∂d/∂p) at a lattice coordinate. */
function jacobian(lattice: LatticePart, at: Vec3): number {
  const derivatives = derivativesAt(lattice, at)
  const entry = (row: number, column: number) =>
    (row === column ? 1 : 0) +
    derivatives.reduce((sum, d, axis) => sum + d[row]! * lattice.toLattice[4 * axis + column]!, 0)
  const [a, b, c] = [entry(0, 0), entry(0, 1), entry(0, 2)]
  return (
    a * (entry(1, 1) * entry(2, 2) - entry(1, 2) * entry(2, 1)) -
    b * (entry(1, 0) * entry(2, 2) - entry(1, 2) * entry(2, 0)) +
    c * (entry(1, 0) * entry(2, 1) - entry(1, 1) * entry(2, 0))
  )
}
