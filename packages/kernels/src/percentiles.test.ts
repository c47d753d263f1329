import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { generator } from './arbitrary-pass.ts'
import { percentiles } from './percentiles.ts'
import type { Voxels, Where } from './voxels.ts'

/** By sorting all. */
function reference(data: Voxels, percents: readonly number[], select: Where | 'all') {
  const chosen = Array.from(data).filter(
    (x, n) => select === 'all' || (select === 'nonzero' ? x !== 0 : select[n] !== 0),
  )
  const sorted = Float64Array.from(chosen.filter(Number.isFinite)).sort()
  const values = percents.map((percent) => {
    const position = (sorted.length - 1) * (percent / 100)
    const [low, high, t] = [
      sorted[Math.floor(position)]!,
      sorted[Math.ceil(position)]!,
      position - Math.floor(position),
    ]
    return sorted.length === 0 ? NaN : t < 0.5 ? low + (high - low) * t : high - (high - low) * (1 - t)
  })
  return { values, count: sorted.length, nonFinite: chosen.length - sorted.length }
}

const types = [
  Int8Array,
  Uint8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
] as const

test('a few values, as numpy.percentile has them', () => {
  expect(percentiles(Float32Array.of(3, 1, 2, 10), [0, 25, 50, 90, 100])).toEqual({
    values: [1, 1.75, 2.5, expect.closeTo(7.9, 12), 10],
    count: 4,
    nonFinite: 0,
  })
  expect(percentiles(Int16Array.of(0, 5, 0, -7), [50], 'nonzero').values).toEqual([-1])
  expect(percentiles(Float32Array.of(NaN, 4, Infinity, -Infinity, 6), [50])).toEqual({
    values: [5],
    count: 2,
    nonFinite: 3,
  })
  expect(percentiles(new Uint8Array(9), [5], 'nonzero')).toEqual({ values: [NaN], count: 0, nonFinite: 0 })
  expect(percentiles(Float64Array.of(1e300, -1e300, 0.1), [50, 100]).values).toEqual([0.1, 1e300])
})

describe('of many values, are those of all of them sorted', () => {
  // How values lie: evenly, in few different ones, mostly one of them, rising, and far apart.
  const kinds: Readonly<Record<string, (n: number, draw: () => number) => number>> = {
    even: (_, draw) => 100 * draw() - 30,
    'few different': (_, draw) => Math.floor(4 * draw()),
    'mostly 0': (_, draw) => (draw() < 0.97 ? 0 : Math.floor(90 * draw()) + 1),
    rising: (n) => n % 3001,
    'far apart': (_, draw) => (draw() < 0.5 ? 1 : 100) * draw(),
    'a rare one in long runs': (n) => (n % 9973 < 9000 ? 7 : n % 50),
  }
  test.each(Object.keys(kinds))('%s', (kind) => {
    const draw = generator(5)
    for (const type of types) {
      for (const length of [16_385, 60_000, 300_001]) {
        const data = new type(length).map((_, n) => kinds[kind]!(n, draw))
        const mask = Uint8Array.from(data, (_, n) => (n % 5 < 2 ? 0 : n % 7))
        for (const select of ['all', 'nonzero', mask] as const) {
          const percents = [1, 99, 50, 0, 100, 33.3]
          expect(percentiles(data, percents, select)).toEqual(reference(data, percents, select))
        }
      }
    }
  })
})

test('whatever the values, and with those that are not finite', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.float(), fc.constantFrom(0, -0, 1, NaN, Infinity, -Infinity)), { maxLength: 60 }),
      fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 4 }),
      fc.constantFrom('all', 'nonzero'),
      (values, percents, select) => {
        // Repeated, so that a sample is not all.
        const data = Float32Array.from({ length: 997 * values.length }, (_, n) => values[n % values.length]!)
        const [got, want] = [percentiles(data, percents, select), reference(data, percents, select)]
        // −0 and 0 are equal numbers.
        expect({ ...got, values: got.values.map((x) => x + 0) }).toEqual({
          ...want,
          values: want.values.map((x) => x + 0),
        })
      },
    ),
    { numRuns: 200 },
  )
})
