import { describe, expect, expectTypeOf, test } from 'vitest'
import type { Affine } from './grid.ts'
import {
  type AnyOption,
  type Checked,
  either,
  entry,
  flag,
  type Given,
  interval,
  type Mask,
  margins,
  mask,
  matrix,
  number,
  odds,
  optional,
  type PerAxis,
  perAxis,
  range,
  record,
  size,
  word,
  words,
} from './option.ts'
import type { BoundedRange, Range } from './range.ts'

const help = 'Help.'
const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
const rows = [0, 4, 8, 12].map((at) => identity.slice(at, at + 4))
const three = { each: 5 }

const all: readonly (readonly [string, AnyOption, taken: readonly unknown[], refused: readonly unknown[]])[] = [
  ['range', range({ help, bounds: [0, 9] }), [5, [0, 9], { choice: [1] }], [10, [5, 1], '5']],
  ['number', number({ help, bounds: [0, 9] }), [0, 4.5, 9], [-1, 10, Number.NaN, '5', [5], null]],
  ['whole number', number({ help, bounds: [0, 9], whole: true }), [0, 9], [4.5, 10]],
  ['word', word({ help, words: ['a', 'b'] }), ['a', 'b'], ['c', '', 0, ['a'], null, 'toString']],
  ['words', words({ help, words: ['a', 'b'] }), [['a'], ['b', 'a']], [[], ['a', 'a'], ['c'], 'a', [0]]],
  ['flag', flag({ help }), [true, false], [0, 1, 'true', null]],
  ['size', size({ help, least: 1 }), [[1, 2, 3]], [[0, 1, 1], [1, 1], [1, 1, 1.5], [1, 1, null], 5, [1, 1, 2 ** 53]]],
  [
    'nullable size',
    size({ help, least: 1, nullable: true }),
    [
      [1, null, 3],
      [null, null, null],
    ],
    [[0, null, 1]],
  ],
  [
    'mask',
    mask({ help }),
    ['all', 'nonzero', { label: 'seg' }],
    ['label', { label: 1 }, {}, { label: 'a', more: 1 }, null, [], { image: 'x' }],
  ],
  [
    'matrix',
    matrix({ help }),
    [identity, rows],
    [
      identity.slice(4),
      rows.slice(1),
      identity.map(() => 0),
      identity.map((x) => [x]),
      [...rows.slice(0, 3), [0, 0, 0, 2]],
    ],
  ],
  [
    'interval',
    interval({ help, bounds: [0, 9] }),
    [
      [0, 9],
      [3, 3],
    ],
    [[3, 2], [-1, 2], 3, [1], [1, 2, 3], { choice: [1] }],
  ],
  [
    'margins',
    margins({ help }),
    [0, 3, [1, 2, 3], [[1, 2], 0, [3, 4]]],
    [-1, 1.5, [1, 2], [1, 2, -3], [[1, 2, 3], 0, 0], [[1, -2], 0, 0], '3', null],
  ],
  ['entry', entry({ help }), ['image'], ['', 3, ['image'], null]],
  [
    'odds',
    odds({ help }),
    [[0, 1], { 1: 2 }, { '-1': 0.5, 3: 0 }],
    [[], [0, 0], {}, { 1: 0 }, { 1: -1 }, { a: 1 }, { '1.5': 1 }, [1, '2'], 'odds', null, [1, Number.NaN]],
  ],
  [
    'record',
    record({ help, fields: { a: number({ help }), b: optional(flag({ help })) } }),
    [{ a: 1 }, { a: 1, b: true }],
    [{}, { b: true }, { a: 1, c: 2 }, { a: '1' }, { a: 1, b: 0 }, [1], null],
  ],
  ['either', either({ help, of: [word({ help, words: ['a'] }), number({ help })] }), ['a', 5], ['b', null, [5]]],
]

describe.each(all)('%s', (_, option, taken, refused) => {
  test('takes what it should', () => {
    for (const value of taken) expect(option.parse(value), JSON.stringify(value)).toBeDefined()
  })
  test('refuses what it should', () => {
    for (const value of [...refused, undefined, () => 0]) expect(option.parse(value), String(value)).toBeUndefined()
  })
  test('gives copies', () => {
    for (const value of taken.filter((one) => typeof one === 'object')) expect(option.parse(value)).not.toBe(value)
  })
})

test('per axis takes one range, drawn anew or shared, or three', () => {
  const [anew, shared] = [perAxis({ help, bounds: [0, 9] }), perAxis({ help, bounds: [0, 9], shared: true })]
  expect(anew.parse(5)).toEqual(three)
  expect(shared.parse([1, 2])).toEqual({ shared: [1, 2] })
  expect(shared.parse([1, [2, 3], { choice: [4] }])).toEqual([1, [2, 3], { choice: [4] }])
  for (const wrong of [10, [1, 2, 3, 4], [1, 2, 10], [1], [1, [2, 1], 3]]) expect(anew.parse(wrong)).toBeUndefined()
})

test('margins become pairs, odds pairs of a label and a weight, a record its checked fields', () => {
  expect(margins({ help }).parse([1, [2, 3], 0])).toEqual([
    [1, 1],
    [2, 3],
    [0, 0],
  ])
  expect(margins({ help }).parse(4)).toEqual([
    [4, 4],
    [4, 4],
    [4, 4],
  ])
  expect(odds({ help }).parse([0, 2, 1])).toEqual([
    [1, 2],
    [2, 1],
  ])
  expect(odds({ help }).parse({ 7: 0.5, '-2': 3, 4: 0 })).toEqual([
    [7, 0.5],
    [-2, 3],
  ])
  const fields = { amount: range({ help, default: [1, 2] }), at: perAxis({ help }) }
  expect(record({ help, fields }).parse({ at: 3 })).toEqual({ amount: [1, 2], at: { each: 3 } })
})

test('an optional option need not be given, and has no default', () => {
  const option = optional(number({ help }))
  expect(option).toMatchObject({ required: false, default: undefined, type: 'number' })
})

test('a matrix becomes sixteen numbers', () => {
  expect(matrix({ help }).parse(rows)).toEqual(identity)
})

test('required is what has no default, be that undefined', () => {
  expect(number({ help }).required).toBe(true)
  expect(number({ help, default: 0 })).toMatchObject({ required: false, default: 0, help })
})

test('what is accepted is said as an error says it', () => {
  expect(Object.fromEntries(all.map(([name, { accepts }]) => [name, accepts]))).toMatchInlineSnapshot(`
    {
      "either": "'a', or a number",
      "entry": "the name of an entry",
      "flag": "true or false",
      "interval": "[min, max] with min ≤ max",
      "margins": "a whole number from 0, or three of these or [before, after]",
      "mask": "'all', 'nonzero' or {label: <entry>}",
      "matrix": "an invertible 4×4 matrix in rows, the last one 0 0 0 1",
      "nullable size": "three whole numbers from 1, null where an axis stays whole",
      "number": "a number from 0 to 9",
      "odds": "numbers from 0 up by label, not all 0",
      "range": "a number or [min, max] with min ≤ max",
      "record": "{a, b?}",
      "size": "three whole numbers from 1",
      "whole number": "a whole number from 0 to 9",
      "word": "'a' or 'b'",
      "words": "a list of different words out of 'a' or 'b'",
    }
  `)
})

test('every descriptor says its type, which a user interface chooses its control by', () => {
  expect([...new Set(all.map(([, { type }]) => type))].join(' ')).toBe(
    'range number word words flag size mask matrix interval margins entry odds record either',
  )
})

test('types follow from the description', () => {
  const options = {
    amount: range({ help, default: [1, 2] }),
    needed: range({ help }),
    axis: word({ help, words: ['x', 'y'], default: 'x' }),
    axes: words({ help, words: ['x', 'y'] }),
    turn: perAxis({ help, default: 0 }),
    on: flag({ help, default: true }),
    over: mask({ help, default: 'all' }),
    matrix: matrix({ help }),
    at: either({ help, of: [word({ help, words: ['center'] }), number({ help })], default: 'center' }),
    free: optional(number({ help })),
  }
  type G = Given<typeof options>
  expectTypeOf<G['needed']>().toEqualTypeOf<Range>()
  expectTypeOf<G['amount']>().toEqualTypeOf<Range | undefined>()
  expectTypeOf<G['axis']>().toEqualTypeOf<'x' | 'y' | undefined>()
  expectTypeOf<G['axes']>().toEqualTypeOf<readonly ('x' | 'y')[]>()
  expectTypeOf<G['turn']>().toEqualTypeOf<PerAxis | undefined>()
  expectTypeOf<G['free']>().toEqualTypeOf<number | undefined>()
  expectTypeOf<G['at']>().toEqualTypeOf<'center' | number | undefined>()
  expectTypeOf<{ axes: ['x']; matrix: Affine }>().not.toExtend<G>()
  expectTypeOf<{ needed: 5; axes: ['x']; matrix: Affine }>().toExtend<G>()
  expectTypeOf<{ needed: 5; axes: ['z']; matrix: Affine }>().not.toExtend<G>()
  type C = Checked<typeof options>
  expectTypeOf<C['amount']>().toEqualTypeOf<BoundedRange>()
  expectTypeOf<C['on']>().toEqualTypeOf<boolean>()
  expectTypeOf<C['over']>().toEqualTypeOf<Mask>()
  expectTypeOf<C['at']>().toEqualTypeOf<'center' | number>()
})
