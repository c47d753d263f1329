import type { Vec3 } from '@voxaug/core'
import { expect, test } from 'vitest'
import { displacementAt, slopes, weights } from './displacement.ts'
import { noiseAt, waves } from './test-steps.ts'
import type { LatticePart } from './warp.ts'

const [bend] = waves(1, 3, [-20, -20, -20], [20, 25, 30]) as readonly LatticePart[]

/** The uniform cubic B-spline. */
function spline(x: number): number {
  const t = Math.abs(x)
  if (t >= 2) return 0
  return t >= 1 ? (2 - t) ** 3 / 6 : 2 / 3 - t ** 2 + t ** 3 / 2
}

const lattice = (displacement: (i: number) => number): LatticePart => ({
  type: 'lattice',
  shape: [9, 9, 9],
  toLattice: [0.5, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, 1],
  displacementsMm: Array.from({ length: 3 * 729 }, (_, n) => (n % 3 === 0 ? displacement(Math.floor(n / 3) % 9) : 0)),
  inverse: false,
})

test('one control point is a bump of height (2/3)³ that ends two control points away', () => {
  const one = { ...lattice(() => 0), displacementsMm: new Array<number>(3 * 729).fill(0) }
  one.displacementsMm[3 * (4 + 9 * (4 + 9 * 4)) + 1] = 27
  expect(displacementAt(one, [8, 8, 8])[1]).toBeCloseTo(8, 12)
  expect(displacementAt(one, [10, 8, 8])[1]).toBeCloseTo(2, 12)
  expect(displacementAt(one, [12, 8, 8])).toEqual([0, 0, 0])
})

test('control points on a line give that line, as B-splines do', () => {
  const straight = lattice((i) => 3 * i - 4)
  for (const x of [4, 5.3, 8, 11.9]) expect(displacementAt(straight, [x, 8, 8.5])[0]).toBeCloseTo(3 * (x / 2) - 4, 12)
})

test('is the sum over all control points, within the lattice, at its rims and beyond', () => {
  const { shape, toLattice, displacementsMm } = bend!
  for (let n = 0; n < 200; n++) {
    const p = [0, 1, 2].map((axis) => 80 * noiseAt(axis, n) - 40) as unknown as Vec3
    const at = [0, 4, 8].map(
      (row) => toLattice[row]! * p[0] + toLattice[row + 1]! * p[1] + toLattice[row + 2]! * p[2] + toLattice[row + 3]!,
    )
    const sum = [0, 0, 0]
    for (let node = 0; node < displacementsMm.length / 3; node++) {
      const index = [node % shape[0], Math.floor(node / shape[0]) % shape[1], Math.floor(node / (shape[0] * shape[1]))]
      const weight = index.reduce((product, i, axis) => product * spline(at[axis]! - i), 1)
      for (let axis = 0; axis < 3; axis++) sum[axis]! += weight * displacementsMm[3 * node + axis]!
    }
    for (const [axis, x] of displacementAt(bend!, p).entries()) expect(x).toBeCloseTo(sum[axis]!, 12)
  }
})

test('slopes are the weights’ differences', () => {
  const h = 1e-6
  for (const t of [0.1, 0.5, 0.93])
    for (const [n, slope] of slopes(t).entries())
      expect(slope).toBeCloseTo((weights(t + h)[n]! - weights(t - h)[n]!) / (2 * h), 8)
})
