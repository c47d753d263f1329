import type { Affine, Shape } from '@voxaug/core'
import { slopes, weights } from './displacement.ts'
import { fieldFolds } from './folding-field.ts'
import { jacobian } from './jacobian.ts'
import type { FieldPart, LatticePart } from './warp.ts'

/** Places tried in each lattice cell along each axis, where a bound does not settle it. */
const places = [0, 0.25, 0.5, 0.75]
const weightsAt = places.map(weights)
const slopesAt = places.map(slopes)

/**
 * Whether p + d(p) folds space: its Jacobian determinant is not above 0 somewhere.
 *
 * A cell where derivatives are small enough cannot fold (its control points' differences bound them); in others the
 * determinant is looked at in 4³ places.
 */
export const folds = (part: LatticePart | FieldPart): boolean =>
  part.type === 'lattice' ? latticeFolds(part) : fieldFolds(part)

function latticeFolds(lattice: LatticePart): boolean {
  const { shape, toLattice } = lattice
  if (steepness(lattice) < 1) return false
  const cell = new Float64Array(3 * 64)
  for (let k = -2; k <= shape[2]; k++) {
    for (let j = -2; j <= shape[1]; j++) {
      for (let i = -2; i <= shape[0]; i++) {
        gather(lattice, i - 1, j - 1, k - 1, cell)
        if (steepnessOf(cell, [4, 4, 4], toLattice) >= 1 && foldsIn(cell, toLattice)) return true
      }
    }
  }
  return false
}

/** An upper bound of how much of a small step in space the field can add or take away (the largest row sum of |∂d/∂p|). */
export function steepness({ shape, toLattice, displacementsMm }: LatticePart): number {
  // Beyond the lattice stand zeros.
  const [mx, my, mz] = shape
  const framed = new Float64Array(3 * (mx + 2) * (my + 2) * (mz + 2))
  for (let row = 0; row < my * mz; row++) {
    const to = 1 + (mx + 2) * (1 + (row % my) + (my + 2) * (1 + Math.floor(row / my)))
    framed.set(displacementsMm.slice(3 * mx * row, 3 * mx * (row + 1)), 3 * to)
  }
  return steepnessOf(framed, [mx + 2, my + 2, mz + 2], toLattice)
}

/** As `steepness`, between some control points: neighbours' largest differences bound the derivative along their axis. */
function steepnessOf(nodes: Float64Array, shape: Shape, toLattice: Affine): number {
  const sums = [0, 0, 0]
  let stride = 3
  for (const axis of [0, 1, 2] as const) {
    const most = [0, 0, 0]
    const period = stride * shape[axis]
    for (let start = stride; start < period; start += stride) {
      for (let block = start; block < nodes.length; block += period) {
        for (let at = block; at < block + stride; at++) {
          const difference = Math.abs(nodes[at]! - nodes[at - stride]!)
          if (difference > most[at % 3]!) most[at % 3] = difference
        }
      }
    }
    const row = 4 * axis
    const perMm = Math.abs(toLattice[row]!) + Math.abs(toLattice[row + 1]!) + Math.abs(toLattice[row + 2]!)
    for (const component of [0, 1, 2] as const) sums[component]! += most[component]! * perMm
    stride = period
  }
  return Math.max(...sums)
}

/** The 4 × 4 × 4 control points from (i, j, k) on. */
function gather(
  { shape: [mx, my, mz], displacementsMm }: LatticePart,
  i: number,
  j: number,
  k: number,
  cell: Float64Array,
) {
  let to = 0
  for (let c = k; c < k + 4; c++) {
    for (let b = j; b < j + 4; b++) {
      for (let a = i; a < i + 4; a++) {
        const inside = a >= 0 && b >= 0 && c >= 0 && a < mx && b < my && c < mz
        const from = 3 * (a + mx * (b + my * c))
        for (let component = 0; component < 3; component++) cell[to++] = inside ? displacementsMm[from + component]! : 0
      }
    }
  }
}

const planes = [new Float64Array(48), new Float64Array(48)] as const
const rows = [new Float64Array(12), new Float64Array(12), new Float64Array(12)] as const
const derivatives = [new Float64Array(3), new Float64Array(3), new Float64Array(3)] as const

/** Whether the field folds at one of 4³ places of a cell: its control points are weighed axis by axis, z first. */
function foldsIn(cell: Float64Array, toLattice: Affine): boolean {
  for (const z of [0, 1, 2, 3]) {
    weigh(cell, weightsAt[z]!, planes[0])
    weigh(cell, slopesAt[z]!, planes[1])
    for (const y of [0, 1, 2, 3]) {
      weigh(planes[0], weightsAt[y]!, rows[0])
      weigh(planes[0], slopesAt[y]!, rows[1])
      weigh(planes[1], weightsAt[y]!, rows[2])
      for (const x of [0, 1, 2, 3]) {
        weigh(rows[0], slopesAt[x]!, derivatives[0])
        weigh(rows[1], weightsAt[x]!, derivatives[1])
        weigh(rows[2], weightsAt[x]!, derivatives[2])
        if (jacobian(derivatives, toLattice) <= 0) return true
      }
    }
  }
  return false
}

/** Weighs the four quarters of `from`. */
function weigh(from: Float64Array, [a, b, c, d]: ReturnType<typeof weights>, out: Float64Array): void {
  const quarter = out.length
  for (let n = 0; n < quarter; n++) {
    out[n] = a * from[n]! + b * from[n + quarter]! + c * from[n + 2 * quarter]! + d * from[n + 3 * quarter]!
  }
}
