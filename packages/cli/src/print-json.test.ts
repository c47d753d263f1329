import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printJson } from './print-json.ts'

describe('printJson', () => {
  it('breaks lines between records and not between numbers', () => {
    expect(
      printJson({
        a: [1, 2],
        b: [
          [1, 0],
          ['x', null],
        ],
        c: {},
        d: [],
        e: undefined,
      }),
    ).toBe('{\n  "a": [1, 2],\n  "b": [\n    [1, 0],\n    ["x", null]\n  ],\n  "c": {},\n  "d": []\n}')
  })

  it('prints what JSON.parse reads back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(printJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('refuses what JSON would lose', () => {
    expect(() => printJson({ a: [Number.NaN] })).toThrow(/^a number must be finite to be written as JSON, got NaN\.$/)
  })
})
