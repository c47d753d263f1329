import {
  type Json,
  type PipelineJson,
  pipelineFromJson,
  pipelineToJson,
  run,
  type StepJson,
  volume,
} from '@voxaug/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { problemOf } from '../engine/problem.ts'
import { anySteps, catalog, registry } from '../engine/test-catalog.ts'
import { emit, isEmpty, nodesFrom, placesOff, shortName } from './pipeline.ts'
import { allSteps, findStep, type StepNode, updateStep } from './steps.ts'

const node = (key: number, transform: string, rest: Partial<StepNode> = {}): StepNode => ({
  key,
  transform,
  on: true,
  options: {},
  ...rest,
})
const flip = (key: number, rest: Partial<StepNode> = {}) =>
  node(key, 'geometry/Flip', { options: { axes: ['z'] }, ...rest })
const flipJson: StepJson = { transform: 'geometry/Flip', options: { axes: ['z'] } }

/** A pipeline as it is written once it was checked. */
const checked = (steps: readonly StepJson[]): PipelineJson =>
  pipelineToJson(pipelineFromJson({ voxaug: 1, pipeline: steps }, registry))

const pipelineOf = (nodes: readonly StepNode[]) => emit(nodes, catalog).json.pipeline

/** The same steps, those at some of the places switched off. */
const switchedOff = (nodes: readonly StepNode[], chances: readonly boolean[]): readonly StepNode[] =>
  allSteps(nodes).reduce<readonly StepNode[]>(
    (now, { key }, n) => updateStep(now, key, (one) => ({ ...one, on: !chances[n % chances.length] })),
    nodes,
  )

const someOff = fc.array(fc.boolean(), { minLength: 1, maxLength: 9 })

describe('emitting', () => {
  test('a pipeline without steps has none', () => {
    expect(emit([], catalog)).toEqual({ json: { voxaug: 1, pipeline: [] }, keys: new Map() })
  })

  test('a step has what it was given: no key, nothing that is not set', () => {
    const nodes = [flip(11), node(12, 'intensity/Gamma', { id: 'g' })]
    expect(JSON.stringify(emit(nodes, catalog).json)).toBe(
      '{"voxaug":1,"pipeline":[{"transform":"geometry/Flip","options":{"axes":["z"]}},{"transform":"intensity/Gamma","id":"g"}]}',
    )
  })

  test('steps that are off are left out, unless all are asked for', () => {
    const nodes = [
      flip(11, { on: false }),
      node(12, 'core/Compose', { children: [flip(13, { on: false }), flip(14, { id: 'b' })] }),
      node(15, 'core/Compose', { on: false, children: [flip(16)] }),
    ]
    expect(pipelineOf(nodes)).toEqual([
      { transform: 'core/Compose', options: { transforms: [{ ...flipJson, id: 'b' }] } },
    ])
    expect(emit(nodes, catalog, true).json.pipeline).toEqual([
      flipJson,
      { transform: 'core/Compose', options: { transforms: [flipJson, { ...flipJson, id: 'b' }] } },
      { transform: 'core/Compose', options: { transforms: [flipJson] } },
    ])
  })

  test('combinators that hold too few steps are left out, and those that thereby do; a Compose may hold none', () => {
    const nodes = [
      node(11, 'core/RandomApply', { children: [] }),
      node(12, 'core/OneOf', { children: [node(13, 'core/SomeOf', { options: { count: 1 }, children: [] })] }),
      node(14, 'core/OneOf', { children: [flip(15, { on: false })] }),
      node(16, 'core/Compose', { children: [] }),
      node(17, 'core/OneOf'),
    ]
    expect(pipelineOf(nodes)).toEqual([{ transform: 'core/Compose', options: { transforms: [] } }])
    expect(nodes.filter((one) => isEmpty(one, catalog)).map(({ key }) => key)).toEqual([11, 12, 14, 17])
    expect(allSteps(nodesFrom(emit(nodes, catalog, true).json.pipeline, catalog))).toHaveLength(7)
  })

  test('a combinator that is off is not called empty', () => {
    expect(isEmpty(node(11, 'core/OneOf', { on: false, children: [] }), catalog)).toBe(false)
  })

  test('weights are those of the steps that are left, and 1 where one has none', () => {
    const children = [
      flip(12, { weight: 4, on: false }),
      flip(13, { weight: 5 }),
      node(14, 'core/OneOf', { weight: 6, children: [] }),
      flip(15),
      flip(16, { weight: 7 }),
    ]
    const options = { transforms: [flipJson, flipJson, flipJson], weights: [5, 1, 7] }
    expect(pipelineOf([node(11, 'core/OneOf', { children })])).toEqual([{ transform: 'core/OneOf', options }])
  })

  test('no weights are written where none of the steps that are left has one, nor for what draws without', () => {
    const children = [flip(12, { weight: 4, on: false }), flip(13)]
    expect(pipelineOf([node(11, 'core/OneOf', { children })])).toEqual([
      { transform: 'core/OneOf', options: { transforms: [flipJson] } },
    ])
    expect(pipelineOf([node(11, 'core/Compose', { children: [flip(12, { weight: 2 })] })])).toEqual([
      { transform: 'core/Compose', options: { transforms: [flipJson] } },
    ])
  })

  test('a transform that nobody knows is written as it is', () => {
    expect(pipelineOf([node(11, 'other/Thing', { options: { a: [1, { b: null }] } })])).toEqual([
      { transform: 'other/Thing', options: { a: [1, { b: null }] } },
    ])
  })
})

describe('reading', () => {
  test('children, weights and what is off come from their places', () => {
    const steps = [
      flipJson,
      {
        transform: 'core/OneOf',
        id: 'o',
        options: { transforms: [flipJson, { transform: 'intensity/Gamma' }], weights: [3, 4] },
      },
    ]
    const [first, second] = nodesFrom(steps, catalog, { off: new Set(['0', '1.1', '2']) })
    expect(first).toMatchObject({ transform: 'geometry/Flip', on: false, options: { axes: ['z'] } })
    expect(first!.children).toBeUndefined()
    expect(second).toMatchObject({
      on: true,
      id: 'o',
      options: {},
      children: [
        { transform: 'geometry/Flip', on: true, weight: 3 },
        { transform: 'intensity/Gamma', on: false, weight: 4 },
      ],
    })
  })

  test('every step has a key of its own', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const keys = allSteps(nodesFrom(steps, catalog)).map(({ key }) => key)
        expect(new Set(keys).size).toBe(keys.length)
      }),
    )
  })

  test('a pipeline that is read is written as it was', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const json = checked(steps)
        expect(emit(nodesFrom(json.pipeline, catalog), catalog).json).toEqual(json)
      }),
    )
  })
})

describe('places of what is off', () => {
  test('are counted among all steps', () => {
    const nodes = [
      node(11, 'core/OneOf', { children: [] }),
      flip(12, { on: false }),
      node(13, 'core/Compose', {
        children: [node(14, 'core/RandomApply', { children: [] }), flip(15), flip(16, { on: false })],
      }),
    ]
    expect(placesOff(nodes)).toEqual(['1', '2.2'])
  })

  test('bring back which steps are on, so that the same pipeline runs', () => {
    fc.assert(
      fc.property(anySteps, someOff, (steps, chances) => {
        const nodes = switchedOff(nodesFrom(steps, catalog), chances)
        const linked = emit(nodes, catalog, true).json.pipeline
        const read = nodesFrom(linked, catalog, { off: new Set(placesOff(nodes)) })
        expect(allSteps(read).map(({ on }) => on)).toEqual(allSteps(nodes).map(({ on }) => on))
        expect(emit(read, catalog).json).toEqual(emit(nodes, catalog).json)
      }),
    )
  })
})

describe('with steps off', () => {
  /** The same, done to JSON: what is off goes, with its weight, and so does a combinator that holds nothing but a Compose. */
  const without = (
    steps: readonly StepJson[],
    isOff: ReadonlySet<string>,
    at = '',
  ): readonly (StepJson | undefined)[] =>
    steps.map((step, n) => {
      if (isOff.has(`${at}${n}`)) return undefined
      const { transforms, weights, ...options } = (step.options ?? {}) as Record<string, Json>
      if (!transforms) return step
      const all = without(transforms as unknown as readonly StepJson[], isOff, `${at}${n}.`)
      const kept = all.filter((one) => one !== undefined)
      if (kept.length === 0 && step.transform !== 'core/Compose') return undefined
      const left = (weights as readonly number[] | undefined)?.filter((_, m) => all[m])
      return { ...step, options: { ...options, transforms: kept, ...(left && { weights: left }) } as never }
    })

  test('the pipeline is what is left of the JSON', () => {
    fc.assert(
      fc.property(anySteps, someOff, (steps, chances) => {
        const nodes = switchedOff(nodesFrom(steps, catalog), chances)
        const isOff = new Set(placesOff(nodes))
        const left = without(steps, isOff).filter((one) => one !== undefined)
        expect(pipelineOf(nodes)).toEqual(left)
        // What is left can be run.
        expect(() => checked(left)).not.toThrow()
      }),
    )
  })
})

describe('keys', () => {
  test('stand at the path of their step, as often as there are steps', () => {
    fc.assert(
      fc.property(anySteps, someOff, (steps, chances) => {
        const nodes = switchedOff(nodesFrom(steps, catalog), chances)
        const { json, keys } = emit(nodes, catalog)
        const count = (list: readonly StepJson[]): number =>
          list.reduce((sum, { options }) => sum + 1 + count((options?.['transforms'] ?? []) as readonly StepJson[]), 0)
        expect(keys.size).toBe(count(json.pipeline))
        expect(new Set(keys.values()).size).toBe(keys.size)
        for (const key of keys.values()) expect(findStep(nodes, key)!.on).toBe(true)
      }),
    )
  })

  test('are found by the path of what the check refuses, whichever step is wrong', () => {
    fc.assert(
      fc.property(anySteps, someOff, fc.nat(), (steps, chances, which) => {
        const nodes = switchedOff(nodesFrom(steps, catalog), chances)
        const emitted = [...emit(nodes, catalog).keys.values()]
        fc.pre(emitted.length > 0)
        const wrong = emitted[which % emitted.length]!
        const broken = updateStep(nodes, wrong, (one) => ({ ...one, options: { ...one.options, nonsense: 1 } }))
        const { json, keys } = emit(broken, catalog)
        let path = ''
        try {
          pipelineFromJson(json, registry)
        } catch (error) {
          path = problemOf(error).path
        }
        expect(keys.get(path)).toBe(wrong)
      }),
    )
  })

  test('are found by the path of what a run refuses', () => {
    const gamma = node(17, 'intensity/Gamma', { options: { include: ['elsewhere'] } })
    const nodes = [
      flip(11, { on: false }),
      flip(12),
      node(13, 'core/RandomApply', {
        options: { probability: 1 },
        children: [
          node(14, 'core/SomeOf', {
            options: { count: 2 },
            children: [node(15, 'core/OneOf', { children: [] }), flip(16), gamma],
          }),
        ],
      }),
    ]
    const { json, keys } = emit(nodes, catalog)
    const image = volume({ data: Float32Array.from({ length: 60 }, (_, n) => n * n), shape: [3, 4, 5] })
    let problem = problemOf(undefined)
    try {
      run(pipelineFromJson(json, registry), { image }, { seed: 1 })
    } catch (error) {
      problem = problemOf(error)
    }
    expect(problem).toMatchObject({ code: 'unknown-entry', path: 'Compose[1] > RandomApply[0] > SomeOf[1]' })
    expect(keys.get(problem.path)).toBe(17)
  })
})

test('a short name is what stands behind the package', () => {
  expect(shortName('geometry/Flip')).toBe('Flip')
  expect(shortName('Flip')).toBe('Flip')
})
