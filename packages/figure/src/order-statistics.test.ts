import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { percentiles } from './order-statistics.ts'

const ramp = (of: (n: number) => number) => Array.from({ length: 1001 }, (_, n) => of(n))

describe('percentiles', () => {
  test('of four values, by hand', () => {
    expect(percentiles(Int8Array.of(40, -10, 20, 10), [0, 25, 50, 100])).toEqual([-10, 5, 15, 40])
  })

  // numpy 2.4.6: np.percentile(a.astype(np.float64), [0, 0.123, 37.2571, 62.93, 99.97, 100]).
  test.each([
    [
      'int16',
      Int16Array.from(ramp((n) => ((n * 7919) % 1009) - 500)),
      [-500, -498.77, -123.42900000000003, 135.29999999999995, 507.70000000000005, 508],
    ],
    [
      'float32',
      Float32Array.from(ramp((n) => (((n * 7919) % 1009) - 500) / 7)),
      [
        -71.42857360839844, -71.25285705566407, -17.632713779449467, 19.328572082519525, 72.52857055664063,
        72.57142639160156,
      ],
    ],
    [
      'float64',
      Float64Array.from(ramp((n) => (((n * 104729) % 1009) - 300) / 11)),
      [
        -27.272727272727273, -27.16090909090909, 6.870090909090907, 30.481818181818177, 64.33636363636363,
        64.36363636363636,
      ],
    ],
    [
      'int32',
      Int32Array.from(ramp((n) => ((n * 2654435761) % 4294967296) - 2147483648)),
      [-2147483648, -2143167473.67, -549158465.4590001, 551058096.3999999, 2144586109.6000001, 2145529195],
    ],
    ['uint8', Uint8Array.from(ramp((n) => (n * 37) % 251)), [0, 0, 93, 157, 250, 250]],
  ] as const)("are numpy's, to the bit: %s", (_, data, expected) => {
    expect(percentiles(data, [0, 0.123, 37.2571, 62.93, 99.97, 100])).toEqual(expected)
  })

  test("are interpolated in numpy's order of operations", () => {
    // numpy 2.4.6: np.percentile([0.1, 0.7], 70); the other way round it would be 0.52.
    expect(percentiles(Float64Array.of(0.1, 0.7), [70])).toEqual([0.5199999999999999])
  })

  test('pass over what is not finite', () => {
    expect(percentiles(Float32Array.of(Number.NaN, 3, -Infinity, -1, Infinity), [0, 50, 100])).toEqual([-1, 1, 3])
    expect(percentiles(Float64Array.of(Number.NaN, 3, -Infinity, -1, Infinity), [0, 50, 100])).toEqual([-1, 1, 3])
    expect(percentiles(Float32Array.of(Number.NaN), [50])).toBeUndefined()
  })

  test('by counting are those by sorting', () => {
    const value = fc.float({ noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1 }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (values, percent) => {
          // −0 and 0 are neighbours whose order no percentile tells.
          const [counted] = percentiles(Float32Array.from(values), [percent])!
          const [sorted] = percentiles(Float64Array.from(values), [percent])!
          expect(counted! + 0).toBe(sorted! + 0)
        },
      ),
      { seed: 1, numRuns: 100 },
    )
  })
})
