import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cos, cosDegrees, exp, log, pow, sin, sinDegrees } from './math.ts'

test('whole degrees of a quarter turn give exactly 0, 1 and −1, never −0', () => {
  for (let turn = -3; turn <= 3; turn += 1) {
    const wanted = [0, 1, 0, -1]
    for (let quarter = 0; quarter < 4; quarter += 1) {
      const degrees = 360 * turn + 90 * quarter
      expect(sinDegrees(degrees)).toBe(wanted[quarter])
      expect(cosDegrees(degrees)).toBe(wanted[(quarter + 1) % 4])
    }
  }
  expect(sinDegrees(360e9 + 90)).toBe(1)
})

test.each([
  [exp(0), 1],
  [exp(-0), 1],
  [exp(709.79), Infinity],
  [exp(Infinity), Infinity],
  [exp(-745.2), 0],
  [exp(-Infinity), 0],
  [exp(Number.NaN), Number.NaN],
  [log(1), 0],
  [log(0), -Infinity],
  [log(-0), -Infinity],
  [log(-1), Number.NaN],
  [log(Infinity), Infinity],
  [log(-Infinity), Number.NaN],
  [log(Number.NaN), Number.NaN],
  [sin(0), 0],
  [sin(-0), -0],
  [sin(5e-324), 5e-324],
  [cos(0), 1],
  [cos(5e-324), 1],
  ...[sin, cos, sinDegrees, cosDegrees].flatMap((f) => [
    [f(Number.NaN), Number.NaN],
    [f(Infinity), Number.NaN],
    [f(-Infinity), Number.NaN],
  ]),
])('an edge case: %d is %d', (got, want) => {
  expect(got).toBe(want)
})

test('pow agrees with Math.pow where the language fixes the result', () => {
  const values = [
    0,
    -0,
    1,
    -1,
    2,
    -2,
    0.5,
    3,
    -3,
    2 ** 53,
    -(2 ** 53) - 2,
    1e300,
    -1e300,
    5e-324,
    Infinity,
    -Infinity,
    NaN,
  ]
  for (const x of values) {
    for (const y of values) {
      const want = x ** y
      if ([0, 1, -1, 2, -2, 0.5, -0.5, 0.25, 4, Infinity, -Infinity].includes(want) || Number.isNaN(want))
        expect(pow(x, y), `pow(${x}, ${y})`).toBe(want)
    }
  }
})

test('pow gives whole powers of small whole numbers exactly, and the number itself for 1', () => {
  for (let x = 2; x <= 10; x += 1)
    for (let y = 2, p = x * x; p < 2 ** 53; y += 1, p *= x) expect(pow(-x, y)).toBe(y % 2 ? -p : p)
  fc.assert(fc.property(fc.double(), (x) => Object.is(pow(x, 1), x)))
})

/** How far a number is from a correctly rounded one, in units of the latter's last place. */
function ulps(got: number, want: number): number {
  let unit = 2 ** -1074
  for (let size = 2 ** -1021; size <= Math.abs(want); size *= 2) unit *= 2
  return Math.abs(got - want) / unit
}

const functions = { cos, cosDegrees, exp, log, pow, sin, sinDegrees }
const goldens: Record<keyof typeof functions, number[][]> = JSON.parse(
  readFileSync(new URL('../../../tooling/goldens/elementary.json', import.meta.url), 'utf8'),
)

test.each(Object.entries(functions))('%s is within one unit in the last place of mpmath', (name, f) => {
  const call = f as (...args: readonly number[]) => number
  // Correctly rounded results are half a unit off themselves: one unit here is below 1.5 of the exact value.
  for (const row of goldens[name as keyof typeof functions])
    expect(ulps(call(...row.slice(0, -1)), row.at(-1)!), JSON.stringify(row)).toBeLessThanOrEqual(1)
})

describe('for every number', () => {
  test('sines and cosines stay within ±1 and on the circle', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(finite, (x) => {
        expect(Math.abs(sin(x))).toBeLessThanOrEqual(1)
        expect(Math.abs(cos(x))).toBeLessThanOrEqual(1)
        // Rounding of two squares and their sum.
        expect(Math.abs(sin(x) ** 2 + cos(x) ** 2 - 1)).toBeLessThan(1e-15)
        expect(Math.abs(sinDegrees(x) ** 2 + cosDegrees(x) ** 2 - 1)).toBeLessThan(1e-15)
      }),
    )
  })

  test('exp undoes log to the accuracy that log can carry', () => {
    fc.assert(
      fc.property(fc.double({ min: 5e-324, max: 1.7e308, noNaN: true }), (x) => {
        const l = log(x)
        // An error of one unit of log is multiplied by |log x| in exp; subnormals have a coarser unit.
        expect(Math.abs(exp(l) - x)).toBeLessThanOrEqual(x * (2 + Math.abs(l)) * 2 ** -51 + 5e-324)
      }),
    )
  })
})
