import { describe, expect, test } from 'vitest'
import { Compose, OneOf, RandomApply, SomeOf } from './combinators.ts'
import { isVoxaugError } from './error.ts'
import { pipelineFromJson, pipelineToJson } from './pipeline.ts'
import { choice, logUniform, normal } from './range.ts'
import { createRegistry } from './registry.ts'
import { run } from './run.ts'
import type { Subject } from './subject.ts'
import { thrownBy } from './testing/options.ts'
import { Add, adds, Shift } from './testing/toys.ts'
import { define, type Transform } from './transform.ts'
import { volume } from './volume.ts'

const Gamma = define({ ...adds, name: 'intensity/Gamma' })
const registry = createRegistry([Add, Shift, Gamma])
const image = volume({ data: Int16Array.of(0, 1, 2, 3), shape: [2, 2, 1] })
const subject: Subject = { image, label: volume({ ...image, kind: 'label' }) }
const there = (transform: Transform) => JSON.stringify(pipelineToJson(transform))
const back = (json: string) => pipelineFromJson(JSON.parse(json), registry)

const whole = Compose([
  Add({ by: [1, 2], id: 'first' }),
  Compose([Shift({ include: ['image', 'label'], exclude: ['label'] })], { id: 'inner' }),
  OneOf([Add(), RandomApply(Shift({ by: normal(0, 1) }), { probability: 0.25 })], { weights: [2, 1] }),
  SomeOf([Add({ by: choice(1, 2) }), Compose([]), Add({ by: logUniform(1, 2) })], {
    count: [1, 2],
    include: ['image'],
  }),
])

test('a pipeline in JSON reads like this', () => {
  expect(there(whole)).toMatchInlineSnapshot(
    `"{"voxaug":1,"pipeline":[{"transform":"test/Add","id":"first","options":{"by":[1,2]}},{"transform":"core/Compose","id":"inner","options":{"transforms":[{"transform":"test/Shift","options":{"include":["image","label"],"exclude":["label"]}}]}},{"transform":"core/OneOf","options":{"transforms":[{"transform":"test/Add"},{"transform":"core/RandomApply","options":{"transforms":[{"transform":"test/Shift","options":{"by":{"normal":{"mean":0,"std":1}}}}],"probability":0.25}}],"weights":[2,1]}},{"transform":"core/SomeOf","options":{"transforms":[{"transform":"test/Add","options":{"by":{"choice":[1,2]}}},{"transform":"core/Compose","options":{"transforms":[]}},{"transform":"test/Add","options":{"by":{"logUniform":[1,2]}}}],"count":[1,2],"include":["image"]}}]}"`,
  )
})

test('it comes back exactly, draws the same and computes the same', () => {
  const again = back(there(whole))
  expect(there(again)).toBe(there(whole))
  for (let seed = 0; seed < 8; seed++) {
    const [one, two] = [whole, again].map((transform) => run(transform, subject, { seed }))
    expect(two).toEqual(one)
  }
})

test.each([
  ['one transform', Add({ by: 3 })],
  ['one of an id', Add({ id: 'a' })],
  ['one combinator', OneOf([Add(), Shift()])],
  ['a Compose with an id', Compose([Add()], { id: 'a' })],
  ['a Compose with entries', Compose([Add()], { exclude: ['label'] })],
  ['a Compose in a Compose', Compose([Compose([Add()])])],
  ['nothing', Compose([])],
])('%s comes back to draw the same', (_, transform) => {
  const json = there(transform)
  expect(there(back(json))).toBe(json)
  const [one, two] = [transform, back(json)].map((x) => run(x, subject, { seed: 3 }))
  expect(two!.output).toEqual(one!.output)
})

test('a schema may be named', () => {
  expect(back('{"$schema": "https://example.org/x.json", "voxaug": 1, "pipeline": []}').children).toEqual([])
})

describe('wrong JSON is refused with its place:', () => {
  const refuse = (pipeline: unknown, more = {}) =>
    expect(() => pipelineFromJson({ voxaug: 1, pipeline, ...more }, registry))
  const step = (transform: unknown, options?: unknown) => ({ transform, ...(options !== undefined && { options }) })
  test('the example of the design', () => {
    const deep = step('core/OneOf', { transforms: [step('intensity/Gamma', { by: [0.3, -0.3] })] })
    refuse([step('test/Add'), step('test/Add'), deep]).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: Compose[2] > OneOf[0] > intensity/Gamma: by must be a number or [min, max] with min ≤ max, got [0.3, -0.3].]`,
    )
  })
  test('no pipeline', () => {
    for (const json of [null, 5, 'x', [], {}, { voxaug: 2, pipeline: [] }, { voxaug: 1, pipeline: {} }])
      expect(() => pipelineFromJson(json, registry)).toThrow(
        /^a pipeline must be \{"voxaug": 1, "pipeline": \[ … \]\}, got /,
      )
  })
  test('unknown keys', () => {
    refuse([], { name: 'x' }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: there is no key "name" here; there are voxaug, pipeline, $schema, got "name".]`,
    )
    refuse([{ transform: 'test/Add', opions: {} }]).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: Compose[0] > there is no key "opions" here; there are transform, id, options, got "opions".]`,
    )
    refuse([step('test/Add', { bye: 1 })]).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: Compose[0] > test/Add: there is no option bye; there are by, id, include, exclude, got 1.]`,
    )
  })
  test('no step', () => {
    for (const wrong of [null, 5, 'test/Add', [], {}, { transform: 5 }])
      refuse([wrong]).toThrow(/^Compose\[0\] > a step must be \{"transform": "package\/Factory", …\}, got /)
  })
  test('a name that nothing has', () => {
    refuse([step('test/Ad')]).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: Compose[0] > there is no transform "test/Ad".]`,
    )
    refuse([step('geometry/add')]).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: Compose[0] > there is no transform "geometry/add" (did you mean test/Add?).]`,
    )
    for (const name of ['__proto__', 'constructor', 'toString', ''])
      refuse([step(name)]).toThrow(`Compose[0] > there is no transform "${name}".`)
  })
  test('options', () => {
    refuse([step('test/Add', [])]).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: Compose[0] > test/Add: options must be a record, got [].]`,
    )
    refuse([step('test/Add', null)]).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: Compose[0] > test/Add: options must be a record, got null.]`,
    )
    refuse([step('test/Add', { id: 'a' })]).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: Compose[0] > test/Add: id stands beside options, not in them.]`,
    )
    refuse([{ transform: 'test/Add', id: 5 }]).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: Compose[0] > test/Add: id must be a string that is not empty, got 5.]`,
    )
    refuse([step('test/Add', { transforms: [] })]).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: Compose[0] > test/Add: there is no option transforms; there are by, id, include, exclude, got [].]`,
    )
    refuse([step('core/OneOf', { transforms: {} })]).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: Compose[0] > core/OneOf: transforms must be a list of transforms that is not empty, got {}.]`,
    )
    refuse([step('core/OneOf')]).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: Compose[0] > core/OneOf: transforms must be a list of transforms that is not empty, got undefined.]`,
    )
    refuse([step('core/RandomApply', { transforms: [step('test/Add'), step('test/Add')] })]).toThrow(
      'Compose[0] > core/RandomApply: transforms must be one transform, got ',
    )
  })
})

describe('hostile JSON', () => {
  const hostile = (json: string) => {
    const error = thrownBy(() => back(json))
    expect(isVoxaugError(error) && error.message).toBeTruthy()
    return String((error as Error).message)
  }
  const one = (step: string) => `{"voxaug": 1, "pipeline": [${step}]}`
  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'with the key %s anywhere is refused',
    (key) => {
      hostile(`{"voxaug": 1, "pipeline": [], "${key}": {}}`)
      hostile(one(`{"transform": "test/Add", "${key}": {"options": {}}}`))
      hostile(one(`{"transform": "test/Add", "options": {"${key}": {"by": 1}}}`))
      hostile(one(`{"transform": "test/Add", "options": {"by": {"${key}": [1]}}}`))
      hostile(one(`{"transform": "test/Add", "options": {"by": {"choice": [1], "${key}": [1]}}}`))
      hostile(`{"${key}": {"voxaug": 1, "pipeline": []}}`)
      expect(({} as { by?: unknown }).by).toBeUndefined()
    },
  )
  test('with numbers that are none is refused', () => {
    expect(hostile(one('{"transform": "test/Add", "options": {"by": 1e999}}'))).toMatchInlineSnapshot(
      `"Compose[0] > test/Add: by must be a number or [min, max] with min ≤ max, from -100 to 100, got Infinity."`,
    )
    hostile(one('{"transform": "test/Add", "options": {"by": [-1e999, 1]}}'))
    hostile(one('{"transform": "test/Add", "options": {"by": null}}'))
    hostile(one('{"transform": "core/SomeOf", "options": {"transforms": [{"transform": "test/Add"}], "count": 1e300}}'))
  })
  test('nested deeper than anybody writes is refused, and deeper than the stack', () => {
    const nested = (depth: number) =>
      '{"transform": "core/Compose", "options": {"transforms": ['.repeat(depth) + ']}}'.repeat(depth)
    expect(back(one(nested(31))).children).toHaveLength(1)
    const path = `Compose[0] > ${'Compose[0] > '.repeat(32)}`
    expect(hostile(one(nested(40)))).toBe(`${path}steps must nest at most 32 deep, got 33.`)
    expect(hostile(one(nested(20_000)))).toBe(`${path}steps must nest at most 32 deep, got 33.`)
    hostile(one(`{"transform": "test/Add", "options": {"by": ${'['.repeat(1e5)}${']'.repeat(1e5)}}}`))
    hostile(`${'['.repeat(1e5)}${']'.repeat(1e5)}`)
  })
  test('of more steps than anybody writes is refused before they are made', () => {
    const steps = (n: number) => Array.from({ length: n }, () => '{"transform": "test/Add"}').join()
    expect(back(one(steps(10_000))).children).toHaveLength(10_000)
    expect(hostile(one(steps(10_001)))).toBe('Compose[10000] > a pipeline must have at most 10000 steps, got 10001.')
    const spread = Array.from(
      { length: 101 },
      () => `{"transform": "core/Compose", "options": {"transforms": [${steps(99)}]}}`,
    )
    expect(hostile(one(spread.join()))).toContain('a pipeline must have at most 10000 steps')
  })
  test('with a key twice has the last, as JSON has', () => {
    const twice = back(one('{"transform": "test/Nothing", "transform": "test/Add", "options": {"by": 1, "by": 2}}'))
    expect(twice.children[0]!.given).toEqual({ by: 2 })
  })
})
