import fc from 'fast-check'
import { expect, expectTypeOf, test } from 'vitest'
import { choice, logUniform, normal, parseRange, type Range } from './range.ts'

const bounds = [-3, 3] as const

test('helpers make the plain forms that pipeline JSON has', () => {
  expect(choice(1, 2)).toEqual({ choice: [1, 2] })
  expect(normal(1, 2)).toEqual({ normal: { mean: 1, std: 2 } })
  expect(logUniform(0.5, 2)).toEqual({ logUniform: [0.5, 2] })
})

test.each([
  [0.5, 0.5],
  [
    [-3, 3],
    [-3, 3],
  ],
  [
    [1, 1],
    [1, 1],
  ],
  [{ choice: [1, -1] }, { choice: [1, -1] }],
  [{ normal: { mean: 1, std: 0 } }, { normal: { mean: 1, std: 0 }, within: bounds }],
  [{ logUniform: [0.5, 2] }, { logUniform: [0.5, 2] }],
])('%o is taken', (given, parsed) => {
  expect(parseRange(given, bounds)).toEqual(parsed)
})

test.each([
  [3.5],
  [Number.NaN],
  [Infinity],
  ['1'],
  [null],
  [undefined],
  [[1]],
  [[1, 2, 3]],
  [[2, 1]],
  [[0, 4]],
  [[Number.NaN, 1]],
  [{}],
  [{ choice: [] }],
  [{ choice: [1, 4] }],
  [{ choice: 1 }],
  [{ choice: [1], normal: { mean: 0, std: 1 } }],
  [{ normal: { mean: 4, std: 1 } }],
  [{ normal: { mean: 0, std: -1 } }],
  // The bell would hardly reach the bounds' inside: drawing again and again might not end.
  [{ normal: { mean: 0, std: 6.5 } }],
  [{ normal: { mean: 0 } }],
  [{ normal: null }],
  [{ logUniform: [0, 2] }],
  [{ logUniform: [2, 1] }],
  [{ logUniform: [1] }],
  [{ uniform: [0, 1] }],
  [JSON.parse('{"__proto__": {"choice": [1]}}')],
  [Object.create({ choice: [1] })],
])('%o is refused', (given) => {
  expect(parseRange(given, bounds)).toBeUndefined()
})

test('a pair is refused whose width float64 cannot hold', () => {
  expect(parseRange([-1e308, 1e308], [-Infinity, Infinity])).toBeUndefined()
  expect(parseRange([-8e307, 8e307], [-Infinity, Infinity])).toEqual([-8e307, 8e307])
})

test('what was parsed shares nothing with what was given', () => {
  for (const given of [[1, 2], { choice: [1, 2] }, { normal: { mean: 1, std: 1 } }, { logUniform: [1, 2] }]) {
    const parsed = parseRange(given, bounds)
    const before = JSON.stringify(parsed)
    JSON.stringify(given, (key, value) => {
      if (typeof value === 'object') for (const inner of Object.keys(value)) value[inner] = 9
      return key === '' ? value : value
    })
    expect(JSON.stringify(parsed)).toBe(before)
  }
})

test('every finite number and ordered pair within the bounds is a range, and no other', () => {
  const x = fc.double({ noNaN: false })
  fc.assert(
    fc.property(x, x, (a, b) => {
      const inside = (n: number) => n >= -3 && n <= 3
      expect(parseRange(a, bounds) !== undefined).toBe(inside(a))
      expect(parseRange([a, b], bounds) !== undefined).toBe(inside(a) && inside(b) && a <= b)
    }),
  )
})

test('types', () => {
  expectTypeOf(choice(1)).toExtend<Range>()
  expectTypeOf<readonly [1, 2]>().toExtend<Range>()
  expectTypeOf<'1'>().not.toExtend<Range>()
})
