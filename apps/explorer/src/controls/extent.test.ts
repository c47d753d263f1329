import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OptionInfo } from '../engine/catalog.ts'
import { type Extent, extentOf, numbersIn, tickOf, ticks, valueAt } from './extent.ts'
import { allOptions } from './test-options.ts'

const info = (rest: Partial<OptionInfo> = {}): OptionInfo => ({
  type: 'range',
  help: '',
  accepts: '',
  required: false,
  default: undefined,
  schema: {},
  ...rest,
})
const ends = ({ low, high }: Extent) => [low, high]

const amounts = allOptions.filter(({ info: { type } }) => ['range', 'perAxis', 'number', 'interval'].includes(type))

describe('a slider', () => {
  test('ends at the bounds where they are near', () => {
    expect(ends(extentOf('probability', info({ bounds: [0, 1], default: 0.5 }), 0.5))).toEqual([0, 1])
    expect(ends(extentOf('shear', info({ bounds: [-4, 6] }), undefined))).toEqual([-4, 6])
    expect(ends(extentOf('lower', info({ bounds: [-7, 33], default: 10 }), undefined))).toEqual([-7, 33])
  })

  test('ends where its unit suggests, where the bounds are far', () => {
    expect(ends(extentOf('rotationDegrees', info({ bounds: [-360, 360], default: 0 }), 0))).toEqual([-45, 45])
    expect(ends(extentOf('shiftMm', info({ default: 0 }), 0))).toEqual([-40, 40])
    expect(ends(extentOf('sigmaVoxels', info({ bounds: [0, 1e4] }), undefined))).toEqual([0, 32])
    expect(ends(extentOf('std', info({ bounds: [0, 1e30] }), undefined))).toEqual([0, 100])
  })

  test('ends at twice the default where that is more', () => {
    expect(ends(extentOf('shiftMm', info({ default: [-30, 25] }), undefined))).toEqual([-60, 60])
    expect(ends(extentOf('to', info({ default: [0, 1] }), undefined))).toEqual([-2, 2])
  })

  test('reaches as far as a value beyond, and no farther', () => {
    const option = info({ bounds: [-360, 360], default: 0 })
    expect(ends(extentOf('rotationDegrees', option, [-20, 90]))).toEqual([-45, 90])
    expect(ends(extentOf('rotationDegrees', option, [0, -70, [1, 100]]))).toEqual([-70, 100])
    expect(ends(extentOf('rotationDegrees', option, { normal: { mean: 200, std: 3 } }))).toEqual([-45, 200])
    expect(ends(extentOf('probability', info({ bounds: [0, 1] }), 2))).toEqual([0, 2])
  })

  test('of factors divides evenly by halves and doubles', () => {
    const scale = info({ bounds: [0.001, 1000], default: 1 })
    expect(extentOf('scale', scale, 1)).toEqual({ low: 0.5, high: 2, isLog: true, isWhole: false })
    expect(ends(extentOf('scale', scale, [0.25, 2]))).toEqual([0.25, 4])
    expect(ends(extentOf('scale', scale, 5))).toEqual([0.2, 5])
    expect(ends(extentOf('scale', info({ bounds: [0.8, 1.5], default: 1 }), 1))).toEqual([0.8, 1.5])
    const extent = extentOf('scale', scale, 1)
    expect([0.5, 1, 2].map((x) => tickOf(extent, x))).toEqual([0, 500, 1000])
    // What is no factor widens nothing: the check refuses it.
    expect(ends(extentOf('scale', info({ bounds: [0.001, Infinity], default: 1 }), [0, -3]))).toEqual([0.5, 2])
  })

  test('of parts up to 1, or of what may be 0, divides evenly by amounts', () => {
    expect(extentOf('part', info({ bounds: [0.01, 1], default: 0.8 }), 0.8).isLog).toBe(false)
    expect(extentOf('part', info({ bounds: [0, 9], default: 1 }), 1).isLog).toBe(false)
  })

  test('of whole numbers has whole numbers', () => {
    const extent = extentOf('lockedBorders', info({ bounds: [0, 7], schema: { type: 'integer' } }), 2)
    expect(extent.isWhole).toBe(true)
    for (let tick = 0; tick <= ticks; tick++) expect(Number.isInteger(valueAt(extent, tick))).toBe(true)
  })

  test('of bounds below 0 lies within them', () => {
    expect(ends(extentOf('level', info({ bounds: [-1000, -500] }), undefined))).toEqual([-501, -500])
    expect(ends(extentOf('level', info({ bounds: [-1000, 0] }), undefined))).toEqual([-100, 0])
    expect(ends(extentOf('level', info({ bounds: [-Infinity, -3], default: -4 }), undefined))).toEqual([-8, -3])
  })

  test('is wider than nothing and within its bounds, whatever these are', () => {
    const bound = fc.double({ min: -1e6, max: 1e6, noNaN: true })
    const end = fc.oneof(bound, fc.constantFrom(-Infinity, Infinity, 0, 1, 0.001))
    fc.assert(
      fc.property(end, end, fc.option(fc.double({ min: 0, max: 1, noNaN: true })), (a, b, part) => {
        const [least, most] = [Math.min(a, b), Math.max(a, b)]
        fc.pre(most - least > 1e-3)
        const [from, to] = [Math.max(least, -1e6), Math.min(most, 1e6)]
        const fallback = part === null || from >= to ? undefined : Math.min(to, from + part * (to - from))
        const { low, high } = extentOf('x', info({ bounds: [least, most], default: fallback }), fallback)
        expect(low).toBeLessThan(high)
        expect(low).toBeGreaterThanOrEqual(least)
        expect(high).toBeLessThanOrEqual(most)
      }),
    )
  })
})

describe('every amount of every transform', () => {
  test('has a slider on which its default lies', () => {
    expect(amounts.length).toBeGreaterThan(40)
    for (const { name, path, info } of amounts) {
      const { low, high } = extentOf(name, info, info.default)
      expect(low, path).toBeLessThan(high)
      for (const x of numbersIn(info.default)) {
        expect(x, path).toBeGreaterThanOrEqual(low)
        expect(x, path).toBeLessThanOrEqual(high)
      }
    }
  })

  test('has a slider on which any value that it takes lies', () => {
    fc.assert(
      fc.property(fc.constantFrom(...amounts), fc.double({ min: 0, max: 1, noNaN: true }), (amount, part) => {
        const [least, most] = amount.info.bounds!
        const [from, to] = [Math.max(least, -1e6), Math.min(most, 1e6)]
        const x = least > 0 ? from * (to / from) ** part : from + part * (to - from)
        const extent = extentOf(amount.name, amount.info, x)
        // Powers round.
        expect(extent.low).toBeLessThanOrEqual(x * (x > 0 ? 1 + 1e-12 : 1 - 1e-12))
        expect(extent.high).toBeGreaterThanOrEqual(x * (x > 0 ? 1 - 1e-12 : 1 + 1e-12))
      }),
    )
  })
})

describe('places on a slider', () => {
  const anyExtent: fc.Arbitrary<Extent> = fc.oneof(
    fc
      .tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 1e-3, max: 1e6, noNaN: true }))
      .map(([low, width]) => ({ low, high: low + width, isLog: false, isWhole: false })),
    fc
      .tuple(fc.double({ min: 1e-3, max: 10, noNaN: true }), fc.double({ min: 2, max: 1e6, noNaN: true }))
      .map(([low, factor]) => ({ low, high: low * factor, isLog: true, isWhole: false })),
  )
  const anyTick = fc.nat({ max: ticks })

  test('are the ends and what lies between', () => {
    const extent = { low: -45, high: 45, isLog: false, isWhole: false }
    expect([-45, -9, 0, 45].map((x) => tickOf(extent, x))).toEqual([0, 400, 500, 1000])
    expect([0, 400, 500, 1000].map((tick) => valueAt(extent, tick))).toEqual([-45, -9, 0, 45])
    const factors = { low: 0.25, high: 4, isLog: true, isWhole: false }
    expect([0, 250, 500, 750, 1000].map((tick) => valueAt(factors, tick))).toEqual([0.25, 0.5, 1, 2, 4])
  })

  test('have values of few digits', () => {
    expect(valueAt({ low: 0, high: 3, isLog: false, isWhole: false }, 333)).toBe(1)
    expect(valueAt({ low: -45, high: 45, isLog: false, isWhole: false }, 501)).toBe(0.1)
    expect(valueAt({ low: 0, high: 4000, isLog: false, isWhole: false }, 333)).toBe(1332)
    expect(valueAt({ low: 0.5, high: 2, isLog: true, isWhole: false }, 501)).toBe(1)
  })

  test('a value beyond an end is at the end', () => {
    const extent = { low: 1, high: 8, isLog: false, isWhole: false }
    expect([-3, 0, 9].map((x) => tickOf(extent, x))).toEqual([0, 0, 1000])
    expect([-3, 0, 0.5, 9].map((x) => tickOf({ ...extent, isLog: true }, x))).toEqual([0, 0, 0, 1000])
  })

  test('a slider without width has one place', () => {
    const extent = { low: 3, high: 3, isLog: false, isWhole: false }
    expect(tickOf(extent, 3)).toBe(0)
    expect(valueAt(extent, 700)).toBe(3)
  })

  test('a tick has a value on the slider, and that value has nearly the same tick', () => {
    fc.assert(
      fc.property(anyExtent, anyTick, (extent, tick) => {
        const x = valueAt(extent, tick)
        expect(x).toBeGreaterThanOrEqual(extent.low)
        expect(x).toBeLessThanOrEqual(extent.high)
        // Half of the third digit is at most a two hundredth of the width, or of the value: 5 ticks, or 5 / ln 2 of them.
        expect(Math.abs(tickOf(extent, x) - tick)).toBeLessThanOrEqual(extent.isLog ? 8 : 6)
      }),
    )
  })

  test('a greater value never has a lower place, nor the other way', () => {
    fc.assert(
      fc.property(anyExtent, anyTick, anyTick, (extent, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)]
        expect(valueAt(extent, low)).toBeLessThanOrEqual(valueAt(extent, high))
        expect(tickOf(extent, valueAt(extent, low))).toBeLessThanOrEqual(tickOf(extent, valueAt(extent, high)))
      }),
    )
  })
})

test('the numbers in a value are found however deep, and infinite ones are none', () => {
  expect(numbersIn([1, [2, { choice: [3, Number.NaN] }], { normal: { mean: -4, std: Infinity } }, '5', null])).toEqual([
    1, 2, 3, -4,
  ])
  expect(numbersIn(undefined)).toEqual([])
})
