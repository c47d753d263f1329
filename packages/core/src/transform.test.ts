import { describe, expect, expectTypeOf, test } from 'vitest'
import { isVoxaugError } from './error.ts'
import { matrix, number, perAxis, range, size, word } from './option.ts'
import type { Subject } from './subject.ts'
import { thrownBy } from './testing/options.ts'
import { type Arguments, type Common, define, type Factory, type Transform } from './transform.ts'

const definition = {
  name: 'intensity/Gamma',
  help: 'Help.',
  changes: 'intensity',
  sample: () => ({}),
  apply: (selected: Subject) => selected,
} as const
const Gamma = define({
  ...definition,
  options: { logGamma: range({ default: [-0.3, 0.3], bounds: [-3, 3], help: 'Log.' }) },
})
const Many = define({
  ...definition,
  name: 'test/Many',
  options: {
    low: number({ bounds: [0, Infinity], help: 'Low.' }),
    high: number({ default: 5, bounds: [0, 9], whole: true, help: 'High.' }),
    turn: perAxis({ default: 0, bounds: [-360, 360], help: 'Turn.' }),
    how: word({ words: ['a', 'b', 'c'], default: 'a', help: 'How.' }),
    shape: size({ least: 1, nullable: true, default: [1, 1, 1], help: 'Shape.' }),
    move: matrix({ default: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], help: 'Move.' }),
  },
  relate: ({ low, high }) => (low <= high ? undefined : `low must be at most high, got ${low} and ${high}.`),
})

test('a transform holds what was given as it was given, and what holds then', () => {
  const made = Many({ low: 1, turn: [1, 2] })
  expect(made.given).toEqual({ low: 1, turn: [1, 2] })
  expect(made.options).toMatchObject({ low: 1, high: 5, turn: { each: [1, 2] }, how: 'a', shape: [1, 1, 1] })
  expect(made.common).toEqual({ id: undefined, include: undefined, exclude: undefined })
  expect(made.children).toEqual([])
  expect(made.definition).toBe(Many.definition)
})

test('undefined is as good as not given', () => {
  expect(Gamma({ logGamma: undefined, id: undefined })).toEqual(Gamma())
})

test('what every transform takes stands apart from its own options', () => {
  const made = Gamma({ logGamma: 1, id: 'one', include: ['t1'], exclude: ['t2', 't3'] })
  expect(made.given).toEqual({ logGamma: 1 })
  expect(made.common).toEqual({ id: 'one', include: ['t1'], exclude: ['t2', 't3'] })
})

test('data makes the same transform as code', () => {
  expect(Gamma.create({ logGamma: [0, 1], id: 'a' })).toEqual(Gamma({ logGamma: [0, 1], id: 'a' }))
})

test('neither what was given nor what was checked can be changed later', () => {
  const logGamma: [number, number] = [0, 1]
  const made = Gamma({ logGamma })
  logGamma[0] = 2
  expect(made.given['logGamma']).toEqual([0, 1])
  for (const part of [made, made.given, made.options, made.common, made.given['logGamma'], made.options['logGamma']])
    expect(Object.isFrozen(part)).toBe(true)
})

describe('a wrong option is refused with its whole story:', () => {
  const refuse = (given: object) => expect(() => Many.create({ low: 0, ...given }))
  test('the example of the design', () => {
    expect(() => Gamma({ logGamma: [0.3, -0.3] })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: intensity/Gamma: logGamma must be a number or [min, max] with min ≤ max, got [0.3, -0.3].]`,
    )
  })
  test('bounds are told where a number broke them', () => {
    expect(() => Gamma({ logGamma: 4 })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: intensity/Gamma: logGamma must be a number or [min, max] with min ≤ max, from -3 to 3, got 4.]`,
    )
    expect(() => Gamma({ logGamma: { normal: { mean: 0, std: 7 } } })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: intensity/Gamma: logGamma must be a number or [min, max] with min ≤ max, from -3 to 3, got {"normal":{"mean":0, "std":7}}.]`,
    )
    refuse({ turn: [0, 1, 361] }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: test/Many: turn must be a number, [min, max] with min ≤ max, or three of these, from -360 to 360, got [0, 1, 361].]`,
    )
    refuse({ low: -1 }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: test/Many: low must be a number from 0 up, got -1.]`,
    )
    refuse({ high: 9.5 }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: test/Many: high must be a whole number from 0 to 9, got 9.5.]`,
    )
    refuse({ high: Infinity }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: test/Many: high must be a whole number from 0 to 9, got Infinity.]`,
    )
  })
  test('another type', () => {
    refuse({ turn: '5' }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: test/Many: turn must be a number, [min, max] with min ≤ max, or three of these, got "5".]`,
    )
    refuse({ how: 'd' }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: test/Many: how must be 'a', 'b' or 'c', got "d".]`,
    )
    refuse({ shape: [1, 0, 1] }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: test/Many: shape must be three whole numbers from 1, null where an axis stays whole, got [1, 0, 1].]`,
    )
    refuse({ move: [[1]] }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: test/Many: move must be an invertible 4×4 matrix in rows, the last one 0 0 0 1, got [[1]].]`,
    )
    refuse({ how: null }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: test/Many: how must be 'a', 'b' or 'c', got null.]`,
    )
  })
  test('one that is missing', () => {
    refuse({ low: undefined }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: test/Many: low must be a number from 0 up, got undefined.]`,
    )
  })
  test('one that there is not, whatever its name', () => {
    refuse({ gama: 1 }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: test/Many: there is no option gama; there are low, high, turn, how, shape, move, id, include, exclude, got 1.]`,
    )
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'transform'])
      expect(() => Gamma.create(JSON.parse(`{"${name}": 1}`))).toThrow(`intensity/Gamma: there is no option ${name}; `)
  })
  test('options that go together badly', () => {
    refuse({ low: 7 }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: test/Many: low must be at most high, got 7 and 5.]`,
    )
  })
  test('what every transform takes', () => {
    refuse({ id: '' }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: test/Many: id must be a string that is not empty, got "".]`,
    )
    refuse({ include: 'image' }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: test/Many: include must be a list of names of entries, got "image".]`,
    )
    refuse({ exclude: [] }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: test/Many: exclude must be a list of names of entries, got [].]`,
    )
  })
  test('options that are no record', () => {
    for (const given of [null, 5, 'x', [1]])
      expect(() => Many.create(given as never)).toThrow(/^test\/Many: options must be a record, got /)
  })
  test('and carries them', () => {
    expect(thrownBy(() => Gamma({ logGamma: 4 }))).toMatchObject({
      code: 'invalid-option',
      transform: 'intensity/Gamma',
      option: 'logGamma',
      received: 4,
    })
  })
  test('be it nested deeper than the stack, or in a circle', () => {
    const circle: unknown[] = []
    circle.push(circle)
    for (const logGamma of [JSON.parse(`${'['.repeat(1e5)}${']'.repeat(1e5)}`), circle])
      expect(isVoxaugError(thrownBy(() => Gamma.create({ logGamma })))).toBe(true)
  })
})

test('types: options without a default must be given, the others need not', () => {
  expectTypeOf<Parameters<typeof Gamma>>().toExtend<[options?: object]>()
  expectTypeOf(Gamma).toBeCallableWith()
  expectTypeOf(Gamma).toBeCallableWith({ logGamma: [0, 1], id: 'x' })
  expectTypeOf(Gamma).returns.toEqualTypeOf<Transform>()
  expectTypeOf(Many).toBeCallableWith({ low: 1 })
  // @ts-expect-error low must be given
  expect(() => Many({})).toThrow('low must be')
  // @ts-expect-error options must be given
  expect(() => Many()).toThrow('low must be')
  // @ts-expect-error there is no such option
  expect(() => Gamma({ gamma: 1 })).toThrow('there is no option gamma')
  // @ts-expect-error there is no such word
  expect(() => Many({ low: 1, how: 'd' })).toThrow("how must be 'a', 'b' or 'c'")
  expectTypeOf<Factory<Arguments<Record<never, never>>>>().toBeCallableWith({ include: ['a'] } as Common)
})
