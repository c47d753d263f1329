import { createRandom } from '@voxaug/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Statistics, statistics } from './statistics.ts'
import type { Voxels, Where } from './voxels.ts'

/** Two passes in float64, as in the definition. */
function reference(data: Voxels, select: Where | 'all'): Statistics {
  const chosen = Array.from(data).filter(
    (x, n) => select === 'all' || (select === 'nonzero' ? x !== 0 : select[n] !== 0),
  )
  const finite = chosen.filter(Number.isFinite)
  const count = finite.length
  const mean = finite.reduce((sum, x) => sum + x, 0) / count
  const variance = finite.reduce((sum, x) => sum + (x - mean) ** 2, 0) / count
  const nonFinite = chosen.length - count
  return count
    ? { count, nonFinite, min: Math.min(...finite), max: Math.max(...finite), mean, std: Math.sqrt(variance) }
    : { count, nonFinite, min: NaN, max: NaN, mean: NaN, std: NaN }
}

function expectClose(got: Statistics, want: Statistics, tolerance: number): void {
  expect({ ...got, mean: 0, std: 0 }).toEqual({ ...want, mean: 0, std: 0 })
  expect(Number.isNaN(got.std)).toBe(want.count === 0)
  if (want.count === 0) return
  const size = Math.max(Math.abs(want.min), Math.abs(want.max))
  expect(Math.abs(got.mean - want.mean)).toBeLessThanOrEqual(tolerance * size)
  expect(Math.abs(got.std - want.std)).toBeLessThanOrEqual(tolerance * Math.max(want.std, 1e-9 * size))
}

const noise = (length: number, mean: number, std: number) => {
  const random = createRandom(3)
  return Float64Array.from({ length }, () => mean + std * random.normal())
}

test('a few voxels, by hand', () => {
  const data = new Float32Array([0, 2, -1, NaN, 5, 0, Infinity])
  expect(statistics(data)).toEqual({ count: 5, nonFinite: 2, min: -1, max: 5, mean: 1.2, std: Math.sqrt(22.8 / 5) })
  expect(statistics(data, 'nonzero')).toEqual({ count: 3, nonFinite: 2, min: -1, max: 5, mean: 2, std: Math.sqrt(6) })
  const mask = new Uint8Array([1, 0, 255, 1, 0, 1, 0])
  expect(statistics(data, mask)).toEqual({
    count: 3,
    nonFinite: 1,
    min: -1,
    max: 0,
    mean: -1 / 3,
    std: Math.sqrt(2 / 9),
  })
})

test('nothing selected has no extent and no mean', () => {
  const none = { count: 0, nonFinite: 0, min: NaN, max: NaN, mean: NaN, std: NaN }
  expect(statistics(new Int16Array(0))).toEqual(none)
  expect(statistics(new Int16Array(9000), 'nonzero')).toEqual(none)
  expect(statistics(new Float32Array(5).fill(NaN))).toEqual({ ...none, nonFinite: 5 })
})

test('a constant has exactly its value for mean, and no deviation', () => {
  for (const value of [0.1, 1e-30, -123456.789, 3e38]) {
    const x = Math.fround(value)
    expect(statistics(new Float32Array(13_001).fill(value))).toEqual({
      count: 13_001,
      nonFinite: 0,
      min: x,
      max: x,
      mean: x,
      std: 0,
    })
  }
})

describe('agrees with two passes', () => {
  const types = { Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array }
  test.each(Object.entries(types))('of %s', (_, type) => {
    const data = new type(noise(10_007, 40, 25).map((x, n) => (n % 5 ? Math.abs(x) : 0)))
    const mask = Uint8Array.from(data, (_, n) => n % 3)
    for (const select of ['all', 'nonzero', mask] as const)
      expectClose(statistics(data, select), reference(data, select), 1e-13)
  })

  test('where 32-bit whole numbers do not fit a float32', () => {
    const data = Int32Array.of(2 ** 31 - 1, 2 ** 31 - 2, 2 ** 31 - 4)
    expect(statistics(data)).toMatchObject({ min: 2 ** 31 - 4, max: 2 ** 31 - 1 })
    expect(statistics(Uint32Array.of(2 ** 32 - 1))).toMatchObject({ mean: 2 ** 32 - 1, std: 0 })
  })

  test('where the mean is a million times the deviation, and where the first voxel is far off', () => {
    const data = noise(50_000, 1e6, 1)
    expectClose(statistics(data), reference(data, 'all'), 1e-10)
    data[0] = -1e9
    // The first block's shift is that voxel: 4096 · 2^-53, at worst.
    expectClose(statistics(data), reference(data, 'all'), 1e-12)
  })

  test('of any numbers, at any length', () => {
    const numbers = fc.float32Array({ maxLength: 40, min: -1e6, max: 1e6 })
    fc.assert(
      fc.property(numbers, fc.nat(4100), (some, zeros) => {
        const data = new Float32Array(some.length + zeros)
        // Adding 0 makes −0 a 0: which of the two is the lesser depends on the order.
        data.set(
          some.map((x) => x + 0),
          zeros,
        )
        expectClose(statistics(data), reference(data, 'all'), 1e-10)
        expectClose(statistics(data, 'nonzero'), reference(data, 'nonzero'), 1e-10)
      }),
    )
  })
})

test('the same numbers give the same bits in each type that holds them', () => {
  const data = Int16Array.from(noise(9001, 100, 4000))
  expect(statistics(Float32Array.from(data))).toEqual(statistics(data))
  expect(statistics(Float64Array.from(data))).toEqual(statistics(data))
})
