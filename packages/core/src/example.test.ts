import { describe, expect, test } from 'vitest'
import { Compose } from './combinators.ts'
import { exampleStep } from './example.ts'
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
import { pipelineFromJson } from './pipeline.ts'
import { createRegistry } from './registry.ts'
import { type Definition, define, type Named } from './transform.ts'

const help = 'Help.'
const made = (options: Options, more: Partial<Definition> = {}): Named =>
  define({
    name: 'test/Still',
    help,
    changes: 'intensity',
    options,
    sample: () => ({}),
    apply: (selected) => selected,
    ...more,
  })

/** The options of the example, which a pipeline was made of. */
function exampleOf(factory: Named): unknown {
  const step = exampleStep(factory.definition)
  pipelineFromJson(JSON.parse(JSON.stringify({ voxaug: 1, pipeline: [step] })), createRegistry([factory]))
  expect(step.transform).toBe('test/Still')
  return step.options
}

test('a step has the example of its transform, whatever the options are', () => {
  const example = { factor: 3 }
  expect(exampleOf(made({ factor: range({ default: 1, help }) }, { example }))).toBe(example)
  expect(exampleOf(made({ factor: range({ default: 1, help }) }, { example: {} }))).toEqual({})
  expect(exampleStep(Compose.definition)).toEqual({ transform: 'core/Compose', options: Compose.definition.example })
})

describe('without an example a step has', () => {
  test('no options where there are none', () => expect(exampleOf(made({}))).toEqual({}))

  test('the first option where none need be given', () =>
    expect(exampleOf(made({ a: range({ default: [0, 2], help }), b: flag({ default: true, help }) }))).toEqual({
      a: [0, 2],
    }))

  test('the options that must be given, and no others', () =>
    expect(exampleOf(made({ a: flag({ default: true, help }), b: entry({ help }), c: number({ help }) }))).toEqual({
      b: 'image',
      c: 1,
    }))

  test('the first of alternatives', () => {
    const alternatives = ['mm', 'voxels']
    const relate = ({ mm, voxels }: { readonly [key: string]: unknown }) =>
      mm === undefined && voxels === undefined ? 'one must be given' : undefined
    const options = { mm: optional(range({ help })), voxels: optional(range({ help })) }
    expect(exampleOf(made(options, { alternatives, relate }))).toEqual({ mm: [-10, 10] })
  })

  test('for the steps of a combinator a step of ours', () => {
    const { transforms } = Compose.definition.options
    expect(exampleStep(made({ transforms: transforms! }).definition).options).toEqual({
      transforms: [{ transform: 'geometry/Flip', options: { axes: ['left-right'] } }],
    })
  })

  const fields = {
    of: entry({ help }),
    share: number({ bounds: [0.1, 0.9], help }),
    more: flag({ default: true, help }),
  }
  test.each([
    ['range', range({ help }), [-10, 10]],
    ['range from 0 up', range({ bounds: [0, Infinity], help }), [1, 2]],
    ['range within a unit', range({ bounds: [0, 1], help }), 1],
    ['range elsewhere', range({ bounds: [20, 30], help }), [20, 30]],
    ['perAxis', perAxis({ help }), [-10, 10]],
    ['number', number({ help }), 1],
    ['number elsewhere', number({ bounds: [-8, -2], whole: true, help }), -8],
    ['word', word({ words: ['left', 'right'], help }), 'left'],
    ['words', words({ words: ['left', 'right'], help }), ['left']],
    ['flag', flag({ help }), true],
    ['size', size({ least: 1, help }), [64, 64, 64]],
    ['mask', mask({ help }), 'all'],
    ['matrix', matrix({ help }), [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]],
    ['interval', interval({ help }), [-10, 10]],
    ['interval within a unit', interval({ bounds: [0, 1], help }), [0, 1]],
    ['margins', margins({ help }), 1],
    ['entry', entry({ help }), 'image'],
    ['odds', odds({ help }), [1, 2]],
    ['record', record({ fields, help }), { of: 'image', share: 0.1 }],
    ['either', either({ of: [flag({ help }), size({ least: 1, help })], help }), true],
  ])('what it accepts of a %s', (_, option, value) => {
    expect(exampleOf(made({ option }))).toEqual({ option: value })
  })
})
