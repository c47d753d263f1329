import { type PipelineJson, pipelineFromJson, pipelineToJson, type StepJson } from '@voxaug/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anySteps, catalog, registry } from '../engine/test-catalog.ts'
import { emit, nodesFrom } from './pipeline.ts'
import { withStandIns } from './stand-ins.ts'
import { allSteps, removeStep, type StepNode } from './steps.ts'

const linked = (pipeline: unknown) => withStandIns({ voxaug: 1, pipeline }, catalog)
const checked = (json: unknown): PipelineJson => pipelineToJson(pipelineFromJson(json, registry))

/** The same steps, as somebody reads them who gets a link to them. */
function through(nodes: readonly StepNode[]): readonly StepNode[] {
  const { json, standIns } = linked(emit(nodes, catalog, true).json.pipeline)
  return nodesFrom(checked(json).pipeline as readonly StepJson[], catalog, { standIns })
}

/** Steps without their keys. */
const bare = (nodes: readonly StepNode[]): unknown =>
  nodes.map(({ key: _, children, ...node }) => ({ ...node, children: children && bare(children) }))

describe('combinators that hold too few steps', () => {
  test('come through a link, with their options and weights, wherever they stand', () => {
    fc.assert(
      fc.property(anySteps, fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }), (steps, chances) => {
        const whole = nodesFrom(checked({ voxaug: 1, pipeline: steps }).pipeline as readonly StepJson[], catalog)
        const nodes = allSteps(whole)
          .filter((_, n) => chances[n % chances.length])
          .reduce((now, { key }) => removeStep(now, key), whole)
        expect(bare(through(nodes))).toEqual(bare(nodes))
      }),
    )
  })

  test('may count on steps that are not there yet', () => {
    const steps = [{ transform: 'core/SomeOf', options: { transforms: [], count: [2, 3] } }]
    expect(bare(through(nodesFrom(steps as never, catalog)))).toMatchObject([
      { transform: 'core/SomeOf', options: { count: [2, 3] }, children: [] },
    ])
  })

  test('are filled up at their ends, and by no more than they may hold', () => {
    const { json, standIns } = linked([
      { transform: 'core/RandomApply' },
      { transform: 'core/OneOf', options: { transforms: [{ transform: 'core/RandomApply', options: {} }] } },
    ])
    expect([...standIns]).toEqual(['0.0', '1.0.0'])
    expect(() => checked(json)).not.toThrow()
  })

  test('are all that is filled', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const { json, standIns } = linked(steps)
        expect(standIns.size).toBe(0)
        expect(checked(json)).toEqual(checked({ voxaug: 1, pipeline: steps }))
      }),
    )
  })
})

describe('what is no pipeline', () => {
  test('is left to the check, and nothing is made up for it', () => {
    for (const pipeline of [
      null,
      3,
      'core/OneOf',
      {},
      [null],
      [[]],
      [{ transform: 'x/Y' }],
      [{ transform: ['core/OneOf'] }],
    ])
      expect(linked(pipeline)).toEqual({ json: { voxaug: 1, pipeline }, standIns: new Set() })
    for (const options of [null, 7, [], { transforms: null }, { transforms: { length: 0 } }]) {
      const pipeline = [{ transform: 'core/OneOf', options }]
      expect(linked(pipeline)).toEqual({ json: { voxaug: 1, pipeline }, standIns: new Set() })
    }
  })

  test('stays what it is where it is wrong beside', () => {
    const own = JSON.parse('{"transform":"core/OneOf","options":{"transforms":[],"__proto__":{"hacked":1}}}')
    expect(() => checked(linked([own]).json)).toThrow('there is no option __proto__')
    expect(() => checked(linked([{ transform: 'core/OneOf', options: { transforms: [], odds: 1 } }]).json)).toThrow(
      'odds',
    )
    expect(({} as Record<string, unknown>)['hacked']).toBeUndefined()
  })

  test('is not filled without end', () => {
    const { standIns } = linked(new Array(30_000).fill({ transform: 'core/OneOf' }))
    expect(standIns.size).toBeLessThan(10_100)
  })

  test('is refused with a sentence however deep it nests', () => {
    let deep: unknown = { transform: 'core/OneOf' }
    for (let n = 0; n < 20_000; n++) deep = { transform: 'core/OneOf', options: { transforms: [deep] } }
    expect(() => checked(linked([deep]).json)).toThrow('nest at most')
  })
})
