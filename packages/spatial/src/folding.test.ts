import type { Vec3 } from '@voxaug/core'
import { expect, test } from 'vitest'
import { displacementAt } from './displacement.ts'
import { folds, steepness } from './folding.ts'
import { noiseAt, waves } from './test-steps.ts'
import type { LatticePart } from './warp.ts'

/** A field along an axis that grows by `slope` a millimetre over a part of a lattice of 2 mm control points. */
const along = (slope: number, axis = 0): LatticePart => {
  const shape = [8, 8, 8].map((m, other) => (other === axis ? 30 : m)) as unknown as Vec3
  const strides = [1, shape[0], shape[0] * shape[1]]
  return {
    type: 'lattice',
    shape,
    toLattice: [0.5, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, 1],
    displacementsMm: Array.from({ length: 3 * 30 * 64 }, (_, n) => {
      const i = Math.floor(n / 3 / strides[axis]!) % shape[axis]!
      // A slope over three control points, and a gentle way back over the rest.
      const rise = 2 * slope * Math.min(3, Math.max(0, i - 3))
      return n % 3 === axis ? rise * Math.min(1, Math.max(0, (29 - i) / 20)) : 0
    }),
    inverse: false,
  }
}

test('a still field does not fold', () => {
  expect(folds(along(0))).toBe(false)
  expect(steepness(along(0))).toBe(0)
})

test.each([0, 1, 2])(
  'space folds where a field falls by a millimetre in one, not where it rises: along axis %i',
  (axis) => {
    expect(folds(along(-0.9, axis))).toBe(false)
    expect(folds(along(-1.2, axis))).toBe(true)
    expect(folds(along(1.2, axis))).toBe(false)
  },
)

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
  const h = 1e-4
  let most = 0
  for (let n = 0; n < 2000; n++) {
    const p = [50 * noiseAt(1, n) - 25, 55 * noiseAt(2, n) - 25, 60 * noiseAt(3, n) - 25] as const
    const here = displacementAt(bend!, p)
    const beside = [0, 1, 2].map((axis) =>
      displacementAt(bend!, p.map((x, other) => (other === axis ? x + h : x)) as unknown as Vec3),
    )
    for (let row = 0; row < 3; row++)
      most = Math.max(
        most,
        beside.reduce((sum, there) => sum + Math.abs(there[row]! - here[row]!) / h, 0),
      )
  }
  expect(most).toBeGreaterThan(bound / 10)
  expect(most).toBeLessThan(bound)
})

test('what is found agrees with the volumes of small boxes', () => {
  const h = 1e-4
  for (let seed = 0; seed < 40; seed++) {
    const [bend] = waves(seed, 4 + seed / 6, [-20, -20, -20], [20, 25, 30]) as readonly LatticePart[]
    const at = (p: Vec3): Vec3 => displacementAt(bend!, p).map((d, axis) => p[axis]! + d) as unknown as Vec3
    let least = Infinity
    for (let n = 0; n < 3000; n++) {
      const p = [60 * noiseAt(4, n) - 30, 65 * noiseAt(5, n) - 30, 70 * noiseAt(6, n) - 30] as const
      const [o, x, y, z] = [p, [p[0] + h, p[1], p[2]], [p[0], p[1] + h, p[2]], [p[0], p[1], p[2] + h]].map((q) =>
        at(q as Vec3),
      )
      const edge = (q: Vec3) => q.map((c, axis) => (c - o![axis]!) / h) as unknown as Vec3
      const [a, b, c] = [edge(x!), edge(y!), edge(z!)]
      least = Math.min(
        least,
        a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) + a[2] * (b[0] * c[1] - b[1] * c[0]),
      )
    }
    // Between the places that either tried, a fold may be missed: near 0 both answers will do.
    if (least > 0.1) expect(folds(bend!)).toBe(false)
    if (least < -0.05) expect(folds(bend!)).toBe(true)
  }
})
