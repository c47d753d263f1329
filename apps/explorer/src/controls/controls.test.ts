import { flag, number, type Option, odds, record, word } from '@voxaug/core'
import { describe, expect, test } from 'vitest'
import type { OptionInfo } from '../engine/catalog.ts'
import { controlOf, fits, startOf } from './controls.ts'
import { JsonControl } from './json-control.tsx'
import { RangeControl } from './range-control.tsx'
import { allOptions, type Described } from './test-options.ts'

const help = ''
const pathsOf = (some: readonly Described[]) => some.map(({ path }) => path)
const info = (type: string, rest: Partial<OptionInfo> = {}): OptionInfo => ({
  type,
  help,
  accepts: '',
  required: false,
  default: undefined,
  schema: {},
  ...rest,
})

describe('every option of every transform', () => {
  test('is there, with those within it', () => {
    expect(pathsOf(allOptions)).toContain('geometry/Affine.rotationDegrees')
    expect(pathsOf(allOptions)).toContain('geometry/Crop.at|2.label')
    expect(allOptions.length).toBeGreaterThan(200)
  })

  test('has a control of its own, not that for any JSON', () => {
    expect(pathsOf(allOptions.filter((one) => controlOf(one.info) === JsonControl))).toEqual([])
  })

  test('fits its default', () => {
    const given = allOptions.filter((one) => one.info.default !== undefined)
    expect(given.length).toBeGreaterThan(100)
    expect(pathsOf(given.filter((one) => !fits(one.info, one.info.default)))).toEqual([])
  })

  test('starts from a value that it accepts and that its control shows', () => {
    for (const entries of [['image'], ['image', 'label', 'pet'], []])
      for (const { path, info, option } of allOptions) {
        const start = startOf(info, entries)
        expect(option.parse(start), `${path} from ${JSON.stringify(start)}`).toBeDefined()
        expect(fits(info, start), path).toBe(true)
      }
  })

  test('starts from its default where there is one', () => {
    for (const { info, path } of allOptions)
      if (info.default !== undefined) expect(startOf(info, ['image']), path).toEqual(info.default)
  })
})

describe('a start without a default', () => {
  test('lies within the bounds', () => {
    expect(startOf(info('range', { bounds: [3, 8] }), [])).toBe(3)
    expect(startOf(info('number', { bounds: [-9, -2] }), [])).toBe(-2)
    expect(startOf(info('perAxis'), [])).toBe(1)
    expect(startOf(info('size', { least: 80 }), [])).toEqual([80, 80, 80])
    expect(startOf(info('interval', { bounds: [2, 5] }), [])).toEqual([2, 2])
    expect(startOf(info('interval', { bounds: [-5, 0.5] }), [])).toEqual([0, 0.5])
    expect(startOf(info('interval', { bounds: [-Infinity, -3] }), [])).toEqual([-3, -3])
  })

  test('is the first word, and the newest entry', () => {
    expect(startOf(info('word', { words: ['b', 'a'] }), [])).toBe('b')
    expect(startOf(info('words', { words: ['b', 'a'] }), [])).toEqual(['b'])
    expect(startOf(info('entry'), ['image', 'pet'])).toBe('pet')
    expect(startOf(info('entry'), [])).toBe('image')
  })

  test('of a record has what it needs and no more', () => {
    const option = record({
      help,
      fields: { way: word({ words: ['up', 'down'], help }), much: number({ help, default: 3 }), of: odds({ help }) },
    })
    const start = startOf(option as unknown as OptionInfo, [])
    expect(start).toEqual({ way: 'up', of: { 1: 1 } })
    expect(option.parse(start)).toBeDefined()
  })

  test('that is false or 0 is kept', () => {
    expect(startOf(flag({ help, default: false }) as Option<boolean> as unknown as OptionInfo, [])).toBe(false)
    expect(startOf(number({ help, default: 0 }) as unknown as OptionInfo, [])).toBe(0)
  })
})

describe('what fits', () => {
  const takes = (one: OptionInfo, values: readonly unknown[]) => values.filter((value) => fits(one, value))

  test('an amount in each way that it is drawn, and nothing else', () => {
    const amounts = [3, [1, 2], { choice: [1] }, { normal: { mean: 0, std: 1 } }, { logUniform: [1, 2] }]
    const no = ['3', null, undefined, [1], [1, 2, 3], { poisson: 3 }, true]
    expect(takes(info('range'), [...amounts, ...no])).toEqual(amounts)
    expect(takes(info('perAxis'), [...amounts, ...no])).toEqual([...amounts, [1, 2, 3]])
  })

  test('of words, those that are among them', () => {
    expect(takes(info('word', { words: ['x', 'y'] }), ['x', 'z', 3, undefined])).toEqual(['x'])
    expect(takes(info('word'), ['x'])).toEqual([])
  })

  test('of sizes, three numbers or nulls', () => {
    expect(takes(info('size'), [[1, 2, 3], [1, null, 3], [1, 2], 64, [1, '2', 3]])).toEqual([
      [1, 2, 3],
      [1, null, 3],
    ])
  })

  test('of masks, two words and a label map', () => {
    expect(takes(info('mask'), ['all', 'nonzero', { label: 'seg' }, 'some', {}, ['all']])).toEqual([
      'all',
      'nonzero',
      { label: 'seg' },
    ])
  })

  test('of records, those whose every key is a field, and none that every object has', () => {
    const one = info('record', { fields: { a: info('number') } })
    expect(takes(one, [{ a: 1 }, {}, { a: 1, b: 2 }, { toString: 1 }, [], null])).toEqual([{ a: 1 }, {}])
  })

  test('of several kinds, what one of them takes', () => {
    const one = info('either', { of: [info('number'), info('word', { words: ['mean'] })] })
    expect(takes(one, [3, 'mean', 'median', [3]])).toEqual([3, 'mean'])
  })

  test('of a kind that nobody knows, anything, as JSON', () => {
    for (const type of ['spline', 'constructor', '__proto__']) {
      expect(controlOf(info(type))).toBe(JsonControl)
      expect(fits(info(type), { any: ['thing'] })).toBe(true)
    }
    expect(controlOf(info('range'))).toBe(RangeControl)
  })
})
