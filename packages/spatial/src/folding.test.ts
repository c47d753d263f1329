import { expect, test } from 'vitest'
import { derivativesAt } from './displacement.ts'
import { folds, steepness } from './folding.ts'
import { noiseAt, waves } from './test-steps.ts'
import type { LatticePart } from './warp.ts'

/** A field along x that grows by `slope` a millimetre over the middle of a lattice of 2 mm control points. */
const along = (slope: number): LatticePart => ({
  type: 'lattice',
  shape: [30, 8, 8],
  toLattice: [0.5, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, 1],
  displacementsMm: Array.from({ length: 3 * 30 * 64 }, (_, n) => {
    const i = Math.floor(n / 3) % 30
    // A slope over three control points, and a gentle way back over the rest.
    if (n % 3 !== 0) return 0
    const rise = 2 * slope * Math.min(3, Math.max(0, i - 3))
    return rise * Math.min(1, Math.max(0, (29 - i) / 20))
  }),
  inverse: false,
})

test('a still field does not fold', () => {
  expect(folds(along(0))).toBe(false)
  expect(steepness(along(0))).toBe(0)
})

test('space folds where a field falls by a millimetre in one, not where it rises as fast', () => {
  expect(folds(along(-0.9))).toBe(false)
  expect(folds(along(-1.2))).toBe(true)
  expect(folds(along(1.2))).toBe(false)
})

test('the middle of a lattice is tried, not only its ends', () => {
  const bump = (height: number): LatticePart => {
    const field = along(0)
    const displacementsMm = [...field.displacementsMm]
    displacementsMm[3 * (15 + 30 * (4 + 8 * 4))] = height
    return { ...field, displacementsMm }
  }
  // A lone control point’s bump falls by at most (2/3) · (2/3)² of its height in one control point.
  expect(folds(bump(4))).toBe(false)
  expect(folds(bump(10))).toBe(true)
})

test('steepness bounds what the field does to any small step', () => {
  const [bend] = waves(1, 4, [-20, -20, -20], [20, 25, 30]) as readonly LatticePart[]
  const bound = steepness(bend!)
  let most = 0
  for (let n = 0; n < 2000; n++) {
    const at = [7 * noiseAt(1, n) - 1, 8 * noiseAt(2, n) - 1, 7 * noiseAt(3, n) - 1] as const
    const derivatives = derivativesAt(bend!, at)
    for (let row = 0; row < 3; row++) {
      const sum = [0, 1, 2].reduce(
        (total, column) =>
          total +
          Math.abs(derivatives.reduce((part, d, axis) => part + d[row]! * bend!.toLattice[4 * axis + column]!, 0)),
        0,
      )
      most = Math.max(most, sum)
    }
  }
  expect(most).toBeGreaterThan(bound / 10)
  expect(most).toBeLessThan(bound)
})
