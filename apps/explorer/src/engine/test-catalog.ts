import { Compose, createRegistry, OneOf, RandomApply, SomeOf, type StepJson } from '@voxaug/core'
import elastic from '@voxaug/elastic/plugin'
import geometry from '@voxaug/geometry/plugin'
import intensity from '@voxaug/intensity/plugin'
import fc from 'fast-check'
import { catalogOf } from './catalog.ts'

/** What ../plugins.ts has, without the virtual module that only the explorer's own build knows. */
export const sources = [
  { module: '@voxaug/core', plugin: [Compose, OneOf, SomeOf, RandomApply] },
  { module: '@voxaug/geometry', plugin: geometry },
  { module: '@voxaug/elastic', plugin: elastic },
  { module: '@voxaug/intensity', plugin: intensity },
]

export const catalog = new Map(catalogOf(sources).map((info) => [info.name, info]))

export const registry = createRegistry(geometry, elastic, intensity)

type Options = NonNullable<StepJson['options']>

/** Lists of steps: every transform's example, some with an id, within combinators within combinators. */
export const anySteps: fc.Arbitrary<readonly StepJson[]> = fc.letrec<{ step: StepJson; steps: StepJson[] }>((tie) => {
  const leaf = fc
    .record({
      step: fc.constantFrom(...[...catalog.values()].filter(({ steps }) => !steps).map(({ example }) => example)),
      id: fc.option(fc.constantFrom('first', "it's", '"2"'), { nil: undefined }),
    })
    .map(({ step, id }) => ({ ...step, ...(id !== undefined && { id }) }))
  const list = (least: number, most: number) => fc.array(tie('step'), { minLength: least, maxLength: most })
  const combinator = fc.oneof(
    list(0, 3).map((transforms) => ({ transform: 'core/Compose', options: { transforms } })),
    list(0, 2).map((transforms) => ({ transform: 'core/Compose', id: 'all', options: { transforms } })),
    list(1, 3).map((transforms) => ({ transform: 'core/OneOf', options: { transforms } })),
    fc
      .array(fc.tuple(tie('step'), fc.double({ min: 0.1, max: 9, noNaN: true })), { minLength: 1, maxLength: 3 })
      .map((pairs) => ({
        transform: 'core/OneOf',
        options: { transforms: pairs.map(([step]) => step), weights: pairs.map(([, weight]) => weight) },
      })),
    list(1, 3).map((transforms) => ({ transform: 'core/SomeOf', options: { transforms, count: [0, 1] } })),
    list(1, 1).map((transforms) => ({ transform: 'core/RandomApply', options: { transforms, probability: 0.25 } })),
  ) as fc.Arbitrary<StepJson & { options: Options }>
  return {
    step: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, combinator),
    steps: fc.array(tie('step'), { maxLength: 4 }),
  }
}).steps
