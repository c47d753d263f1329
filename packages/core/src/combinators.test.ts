import { describe, expect, expectTypeOf, test } from 'vitest'
import { Compose, OneOf, RandomApply, SomeOf } from './combinators.ts'
import { run } from './run.ts'
import { Add, Shift } from './testing/toys.ts'
import type { Transform } from './transform.ts'
import { volume } from './volume.ts'

const image = volume({ data: Float32Array.of(0, 1, 2, 3), shape: [2, 2, 1] })
const [a, b, c] = [Add({ by: 1 }), Add({ by: 10 }), Add({ by: 100 })]
const after = (transform: Transform, seed: number) => run(transform, image, { seed }).output.data[0]!
const paths = (transform: Transform, seed: number) =>
  run(transform, image, { seed, compute: false }).trace.steps.map(({ path }) => path)

const count = 4000
const seeds = Array.from({ length: count }, (_, seed) => seed)
/** Five standard errors of a rate over fixed seeds. */
const near = (got: number, p: number) => expect(Math.abs(got - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / count))

describe('Compose', () => {
  test('of nothing changes nothing', () => {
    expect(run(Compose([]), image, { seed: 1 }).output).toBe(image)
  })
  test('runs its steps in the order written', () => {
    expect(after(Compose([a, b, c]), 1)).toBe(111)
    expect(paths(Compose([a, Compose([b, c])]), 1)).toEqual([
      'Compose[0]',
      'Compose[1] > Compose[0]',
      'Compose[1] > Compose[1]',
    ])
  })
  test('keeps its own list', () => {
    const list = [a, b]
    const both = Compose(list)
    list.pop()
    expect(both.children).toEqual([a, b])
    expect(both.children[0]).toBe(a)
  })
})

describe('OneOf', () => {
  test('runs one of its steps, each as often', () => {
    const got = seeds.map((seed) => after(OneOf([a, b, c]), seed))
    for (const value of [1, 10, 100]) near(got.filter((x) => x === value).length / count, 1 / 3)
  })
  test('runs each as often as its weight, and one of weight 0 never', () => {
    const weighted = OneOf([a, b, c], { weights: [1, 0, 3] })
    const got = seeds.map((seed) => after(weighted, seed))
    near(got.filter((x) => x === 1).length / count, 1 / 4)
    near(got.filter((x) => x === 100).length / count, 3 / 4)
    expect(got).not.toContain(10)
  })
  test('takes weights in any unit', () => {
    for (const scale of [1e-300, 1, 1e300]) {
      const got = seeds.slice(0, 100).map((seed) => after(OneOf([a, b], { weights: [scale, scale] }), seed))
      expect(got).toEqual(seeds.slice(0, 100).map((seed) => after(OneOf([a, b]), seed)))
    }
  })
  test('says in the path which one ran', () => {
    expect(paths(OneOf([a, b], { weights: [0, 1] }), 1)).toEqual(['OneOf[1]'])
  })
})

describe('SomeOf', () => {
  test('runs each subset of its size as often, in the order written', () => {
    const got = seeds.map((seed) => paths(SomeOf([a, b, c], { count: 2 }), seed).join())
    const subsets = ['SomeOf[0],SomeOf[1]', 'SomeOf[0],SomeOf[2]', 'SomeOf[1],SomeOf[2]']
    for (const subset of subsets) near(got.filter((x) => x === subset).length / count, 1 / 3)
  })
  test('draws how many, too', () => {
    const got = seeds.map((seed) => paths(SomeOf([a, b, c], { count: [0, 2] }), seed).length)
    for (const size of [0, 1, 2]) near(got.filter((x) => x === size).length / count, 1 / 3)
  })
  test('of all runs all', () => {
    expect(after(SomeOf([a, b, c], { count: 3 }), 1)).toBe(111)
    expect(after(SomeOf([a, b, c], { count: 0 }), 1)).toBe(0)
  })
})

describe('RandomApply', () => {
  test('runs its step as often as it says, half the time where it does not', () => {
    near(seeds.filter((seed) => after(RandomApply(a), seed) === 1).length / count, 1 / 2)
    const rare = RandomApply(a, { probability: 0.1 })
    near(seeds.filter((seed) => after(rare, seed) === 1).length / count, 1 / 10)
  })
  test('of probability 0 never runs, of 1 always', () => {
    for (const seed of seeds.slice(0, 50)) {
      expect(after(RandomApply(a, { probability: 0 }), seed)).toBe(0)
      expect(after(RandomApply(a, { probability: 1 }), seed)).toBe(1)
    }
  })
})

describe('include and exclude of a combinator', () => {
  test('hold for all that is in it', () => {
    const subject = { one: image, two: image, three: image }
    const both = Compose([Add({ by: 1, exclude: ['two'] }), Shift({ by: 1 })], { include: ['one', 'two'] })
    const { output, trace } = run(both, subject, { seed: 1 })
    expect(trace.steps.map(({ entries }) => entries)).toEqual([['one'], ['one', 'two']])
    expect(output.three).toBe(image)
    expect([output.one.data[0], output.two.data[0]]).toEqual([1, 0])
  })
})

describe('what is wrong is refused:', () => {
  test('steps that are none', () => {
    expect(() => Compose([Add as never])).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: core/Compose: transforms must be a list of transforms, got ["[object Function]"].]`,
    )
    expect(() => Compose(undefined as never)).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: core/Compose: transforms must be a list of transforms, got undefined.]`,
    )
    expect(() => OneOf([])).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: core/OneOf: transforms must be a list of transforms that is not empty, got [].]`,
    )
    expect(() => RandomApply([a] as never)).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: core/RandomApply: transforms must be one transform, got [[{"definition":{"name":"test/Add", "help":"Adds.", "chan….]`,
    )
    expect(() => RandomApply.create({ transforms: [a, b] })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: core/RandomApply: transforms must be one transform, got [{"definition":{"name":"test/Add", "help":"Adds.", "chang….]`,
    )
  })
  test('weights', () => {
    expect(() => OneOf([a, b], { weights: [1] })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: core/OneOf: weights must be one for each of 2 steps, got [1].]`,
    )
    expect(() => OneOf([a, b], { weights: [0, 0] })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: core/OneOf: weights must be numbers from 0 up, one for each step and not all 0, got [0, 0].]`,
    )
    expect(() => OneOf([a, b], { weights: [-1, 2] })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: core/OneOf: weights must be numbers from 0 up, one for each step and not all 0, got [-1, 2].]`,
    )
    expect(() => OneOf([a, b], { weights: [1, Infinity] })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: core/OneOf: weights must be numbers from 0 up, one for each step and not all 0, got [1, Infinity].]`,
    )
  })
  test('a count', () => {
    expect(() => SomeOf([a, b], { count: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: core/SomeOf: count must be at most the 2 steps there are, got [3, 3].]`,
    )
    expect(() => SomeOf([a, b], { count: [2, 1] })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: core/SomeOf: count must be a whole number from 0 up or [min, max] of these with min ≤ max, got [2, 1].]`,
    )
    expect(() => SomeOf([a, b], { count: 0.5 })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: core/SomeOf: count must be a whole number from 0 up or [min, max] of these with min ≤ max, got 0.5.]`,
    )
    expect(() => SomeOf([a, b], {} as never)).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: core/SomeOf: count must be a whole number from 0 up or [min, max] of these with min ≤ max, got undefined.]`,
    )
  })
  test('a probability', () => {
    expect(() => RandomApply(a, { probability: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: core/RandomApply: probability must be a number from 0 to 1, got 1.5.]`,
    )
  })
})

test('types', () => {
  expectTypeOf(Compose).toBeCallableWith([a, OneOf([b])], { id: 'x' })
  expectTypeOf(RandomApply).toBeCallableWith(a)
  expectTypeOf(SomeOf).toBeCallableWith([a, b], { count: [0, 2] })
  // @ts-expect-error count must be given
  expect(() => SomeOf([a])).toThrow()
  // @ts-expect-error a factory is no transform
  expect(() => Compose([Add])).toThrow()
})
