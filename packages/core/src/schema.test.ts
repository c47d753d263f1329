import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  either,
  entry,
  flag,
  interval,
  margins,
  mask,
  matrix,
  number,
  type Options,
  odds,
  optional,
  perAxis,
  range,
  record,
  size,
  word,
  words,
} from './option.ts'
import { pipelineFromJson, pipelineSchema } from './pipeline.ts'
import { createRegistry } from './registry.ts'
import { adds } from './testing/toys.ts'
import { define } from './transform.ts'

const help = 'Help.'
const options = {
  range: range({ help, default: 0, bounds: [-3, 3] }),
  anywhere: range({ help, default: 0 }),
  axis: perAxis({ help, default: 0, bounds: [0, Infinity] }),
  number: number({ help, default: 0, bounds: [0, 9] }),
  whole: number({ help, default: 0, bounds: [0, 9], whole: true }),
  free: number({ help, default: 0, whole: true }),
  word: word({ help, default: 'a', words: ['a', 'b'] }),
  words: words({ help, default: ['a'], words: ['a', 'b', 'c'] }),
  flag: flag({ help, default: true }),
  size: size({ help, default: [1, 1, 1], least: 1 }),
  nullable: size({ help, default: [1, 1, 1], least: 0, nullable: true }),
  mask: mask({ help, default: 'all' }),
  matrix: matrix({ help, default: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] }),
  interval: interval({ help, default: [0, 1], bounds: [0, 9] }),
  margins: margins({ help, default: 0 }),
  entry: entry({ help, default: 'image' }),
  odds: odds({ help, default: [1] }),
  record: record({ help, default: { a: 1 }, fields: { a: number({ help }), b: optional(flag({ help })) } }),
  either: either({ help, of: [word({ help, words: ['a'] }), number({ help, bounds: [0, 1] })], default: 'a' }),
} satisfies Options
const All = define({ ...adds, name: 'test/All', options, sample: () => ({ by: 0 }) })
const Needs = define({ ...adds, name: 'test/Needs', options: { by: number({ help }) }, sample: () => ({ by: 0 }) })
const registry = createRegistry([All, Needs])
const schema = pipelineSchema(registry)
// Strict mode: an unknown keyword, or one that does nothing, is an error. Union types are meant.
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)

const parses = (json: unknown) => {
  try {
    pipelineFromJson(json, registry)
    return true
  } catch {
    return false
  }
}
/** That schema and parser say the same, and what that is. */
const both = (json: unknown) => {
  const parsed = parses(json)
  expect({ json, valid: validate(json) }).toEqual({ json, valid: parsed })
  return parsed
}
const withOptions = (given: object, more: object = {}) => ({
  voxaug: 1,
  pipeline: [{ transform: 'test/All', options: given, ...more }],
})

test('the schema is one of JSON Schema 2020-12 that a validator takes', () => {
  expect(schema).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'voxaug pipeline' })
  expect(new Ajv2020().validateSchema(schema)).toBe(true)
  expect(JSON.parse(JSON.stringify(schema))).toEqual(schema)
})

test('it carries help and defaults, for editors', () => {
  const { $defs } = schema as { $defs: { step: { oneOf: readonly { properties: Record<string, unknown> }[] } } }
  const step = $defs.step.oneOf.find(({ properties }) => JSON.stringify(properties['transform']).includes('test/All'))
  expect(step).toMatchObject({
    description: 'Adds.',
    properties: { options: { properties: { number: { description: help, default: 0 } } } },
  })
})

describe('it takes and refuses what pipelineFromJson does:', () => {
  const three = { normal: { mean: 0, std: 1 } }
  test.each<[option: keyof typeof options, taken: readonly unknown[], refused: readonly unknown[]]>([
    ['range', [1, [0, 1], { choice: [1] }, three, { logUniform: [1, 2] }], [4, [0, 4], [1], '1', null, { choice: [] }]],
    ['range', [{ normal: { mean: 3, std: 6 } }], [{ normal: { mean: 0, std: 7 } }, { normal: { mean: 0 } }, { x: 1 }]],
    ['range', [], [{ logUniform: [0, 1] }, { choice: [1], normal: three.normal }, { ...three, more: 1 }, true]],
    ['anywhere', [-1e9, { normal: { mean: 0, std: 1e9 } }], [{ normal: { mean: 0, std: -1 } }]],
    ['axis', [1, [1, 2], [1, [2, 3], { choice: [4] }]], [-1, [1, 2, -3], [1, 2, 3, 4], [[1, 2]], [1, [2, 3, 4], 5]]],
    ['number', [0, 9, 4.5], [-1, 9.5, '5', [5], null]],
    ['whole', [0, 9, 5.0], [4.5, 10]],
    ['free', [-(2 ** 53 - 1), 2 ** 53 - 1], [2 ** 53, -(2 ** 53), 1e300, 0.5]],
    ['word', ['a', 'b'], ['c', ['a'], 0]],
    ['words', [['a'], ['c', 'a']], [[], ['a', 'a'], ['d'], 'a']],
    ['flag', [true, false], [0, 'true', null]],
    ['size', [[1, 2, 3]], [[0, 1, 1], [1, 1], [1, 1, 1, 1], [1, 1, null], [1, 1.5, 1], 3, [1, 1, 2 ** 53]]],
    [
      'nullable',
      [
        [null, 0, 2],
        [null, null, null],
      ],
      [
        [-1, 0, 0],
        ['1', 0, 0],
      ],
    ],
    [
      'mask',
      ['all', 'nonzero', { label: 'a' }],
      ['label', { label: '' }, { label: 1 }, {}, { label: 'a', x: 1 }, ['all']],
    ],
    [
      'matrix',
      [
        [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
        [
          [1, 0, 0, 0],
          [0, 1, 0, 0],
          [0, 0, 1, 0],
          [0, 0, 0, 1],
        ],
      ],
      [
        [1, 2],
        [
          [1, 0, 0, 0],
          [0, 1, 0, 0],
          [0, 0, 1, 0],
        ],
        Array.from({ length: 16 }, (_, n) => [n]),
        'x',
      ],
    ],
    // That the first is not above the second, JSON Schema cannot say.
    [
      'interval',
      [
        [0, 9],
        [3, 3],
      ],
      [[-1, 2], 3, [1], [1, 2, 3], { choice: [1] }],
    ],
    ['margins', [0, [1, 2, 3], [[1, 2], 0, [3, 4]]], [-1, 1.5, [1, 2], [1, 2, -3], [[1, 2, 3], 0, 0], '3']],
    ['entry', ['image'], ['', 3, ['image']]],
    [
      'odds',
      [[0, 1], { 1: 2 }, { '-1': 0.5, 3: 0 }],
      [[], [0, 0], {}, { 1: 0 }, { 1: -1 }, { a: 1 }, { '1.5': 1 }, [1, '2'], 'odds', 3],
    ],
    ['record', [{ a: 1 }, { a: 1, b: true }], [{}, { b: true }, { a: 1, c: 2 }, { a: '1' }, { a: 1, b: 0 }, [1]]],
    ['either', ['a', 0.5], ['b', 2, null]],
  ])('%s', (option, taken, refused) => {
    for (const value of taken) expect(both(withOptions({ [option]: value }))).toBe(true)
    for (const value of refused) expect(both(withOptions({ [option]: value }))).toBe(false)
  })

  test('alternatives, of which one must be given', () => {
    const either = { a: optional(number({ help })), b: optional(number({ help })) }
    const relate = ({ a, b }: { a?: number | undefined; b?: number | undefined }) =>
      (a === undefined) === (b === undefined) ? 'one of a and b must be given.' : undefined
    const One = define({
      ...adds,
      name: 'test/One',
      options: either,
      alternatives: ['a', 'b'],
      relate,
      sample: () => ({ by: 0 }),
    })
    const check = new Ajv2020({ strict: true, strictRequired: false }).compile(pipelineSchema(createRegistry([One])))
    const json = (given?: object) => ({
      voxaug: 1,
      pipeline: [{ transform: 'test/One', ...(given && { options: given }) }],
    })
    expect([json({ a: 1 }), json({ b: 1 }), json({}), json({ a: 1, b: 1 }), json()].map((one) => check(one))).toEqual([
      ...[true, true, false, false, false],
    ])
  })

  test('alternatives, of which one has a default, so that none need be given', () => {
    const Some = define({
      ...adds,
      name: 'test/Some',
      options: { a: optional(number({ help, default: 3 })), b: optional(number({ help })) },
      alternatives: ['a', 'b'],
      relate: ({ a, b }) => ((a === undefined) === (b === undefined) ? `got ${a} and ${b}.` : undefined),
      sample: () => ({ by: 0 }),
    })
    const check = new Ajv2020({ strict: true, strictRequired: false }).compile(pipelineSchema(createRegistry([Some])))
    const valid = (given?: object) =>
      check({ voxaug: 1, pipeline: [{ transform: 'test/Some', ...(given && { options: given }) }] })
    expect([{ a: 1 }, { b: 1 }, {}, undefined, { a: 1, b: 1 }, { a: 3, b: 1 }].map(valid)).toEqual([
      ...[true, true, true, true, false, false],
    ])
    expect([Some(), Some({ b: 1 }), Some({ a: 2 })].map(({ options }) => options)).toEqual([
      { a: 3 },
      { b: 1 },
      { a: 2 },
    ])
    expect(() => Some({ a: 3, b: 1 })).toThrow('got 3 and 1.')
  })

  test('steps', () => {
    const step = (transform: string, given?: object) => ({ transform, ...(given && { options: given }) })
    const pipeline = (...steps: unknown[]) => ({ voxaug: 1, pipeline: steps })
    const all = step('test/All')
    for (const taken of [
      pipeline(),
      { $schema: 'x', ...pipeline(all) },
      pipeline({ ...all, id: 'a' }),
      pipeline(step('test/Needs', { by: 1 })),
      withOptions({ include: ['a'], exclude: ['b'] }),
      pipeline(step('core/Compose', { transforms: [all, step('core/Compose', { transforms: [] })] })),
      pipeline(step('core/OneOf', { transforms: [all, all], weights: [0, 2] })),
      pipeline(step('core/RandomApply', { transforms: [all] })),
      pipeline(step('core/RandomApply', { transforms: [all], probability: 1 })),
      pipeline(step('core/SomeOf', { transforms: [all], count: 1 })),
      pipeline(step('core/SomeOf', { transforms: [all], count: [0, 1] })),
    ])
      expect(both(taken)).toBe(true)
    for (const refused of [
      null,
      [],
      { pipeline: [] },
      { voxaug: 2, pipeline: [] },
      { voxaug: 1, pipeline: {} },
      { ...pipeline(), more: 1 },
      pipeline(1),
      pipeline({}),
      pipeline(step('test/None')),
      pipeline({ ...all, more: 1 }),
      pipeline({ ...all, id: '' }),
      pipeline({ ...all, id: 1 }),
      pipeline({ ...all, options: [] }),
      pipeline(step('test/Needs')),
      pipeline(step('test/Needs', {})),
      withOptions({ more: 1 }),
      withOptions({ id: 'a' }),
      withOptions({ include: [] }),
      withOptions({ exclude: 'a' }),
      pipeline(step('core/Compose')),
      pipeline(step('core/Compose', { transforms: [1] })),
      pipeline(step('core/OneOf', { transforms: [] })),
      pipeline(step('core/OneOf', { transforms: [all], weights: [0] })),
      pipeline(step('core/OneOf', { transforms: [all], weights: [-1] })),
      pipeline(step('core/RandomApply', { transforms: [all, all] })),
      pipeline(step('core/RandomApply', { transforms: [all], probability: 2 })),
      pipeline(step('core/SomeOf', { transforms: [all] })),
      pipeline(step('core/SomeOf', { transforms: [all], count: -1 })),
      pipeline(step('core/SomeOf', { transforms: [all], count: 0.5 })),
    ])
      expect(both(refused)).toBe(false)
  })

  test('options of any kind, but for what one number must be to another', () => {
    const number = fc.oneof(fc.integer({ min: -4, max: 10 }), fc.double({ min: -4, max: 10, noNaN: true }))
    const scalar = fc.oneof(number, fc.constantFrom(null, true, 'a', 'b', 'all', 'nonzero', '', -0, 1e300))
    const list = fc.array(scalar, { maxLength: 4 })
    const record = fc.dictionary(
      fc.constantFrom('choice', 'normal', 'logUniform', 'label', 'mean', 'std'),
      fc.oneof(scalar, list),
      {
        maxKeys: 2,
      },
    )
    const bell = fc.record({ normal: fc.record({ mean: scalar, std: scalar }, { requiredKeys: [] }) })
    const value = fc.oneof(scalar, list, record, bell, fc.array(fc.oneof(scalar, list, record), { maxLength: 4 }))
    const key = fc.constantFrom(...(Object.keys(options) as (keyof typeof options)[]))
    const seen = { taken: 0, refused: 0 }
    fc.assert(
      fc.property(key, value, (option, given) => {
        const json = JSON.parse(JSON.stringify(withOptions({ [option]: given })))
        const valid = validate(json)
        seen[valid ? 'taken' : 'refused']++
        // JSON Schema cannot say that one number must not be below another: the parser alone refuses these.
        if (parses(json)) expect(valid).toBe(true)
        else if (valid) expect(disordered(given)).toBe(true)
      }),
      { numRuns: 5000, seed: 1 },
    )
    // Neither side may be empty, or this would prove nothing.
    expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(200)
  })
})

/** Whether a value has a pair in the wrong order somewhere. */
function disordered(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return (Array.isArray(value) && value.length === 2 && value[0] > value[1]) || Object.values(value).some(disordered)
}
