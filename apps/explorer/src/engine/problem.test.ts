import { locate, pipelineFromJson, VoxaugError } from '@voxaug/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answer, problemOf } from './problem.ts'
import { registry } from './test-catalog.ts'

const thrown = (work: () => unknown): unknown => {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}
const step = (transform: string, options: object) => ({ transform, options })
const pipeline = (...steps: readonly object[]) => ({ voxaug: 1, pipeline: steps })

describe('an error of voxaug', () => {
  test('is told apart into its path, its option and its sentence', () => {
    const json = pipeline(
      step('geometry/Flip', { axes: ['x'] }),
      step('core/OneOf', {
        transforms: [step('geometry/Flip', { axes: ['y'] }), step('intensity/Gamma', { logGamma: 7 })],
      }),
    )
    expect(problemOf(thrown(() => pipelineFromJson(json, registry)))).toMatchInlineSnapshot(`
      {
        "code": "invalid-option",
        "message": "intensity/Gamma: logGamma must be a number or [min, max] with min ≤ max, from -3 to 3, got 7.",
        "option": "logGamma",
        "path": "Compose[1] > OneOf[1]",
      }
    `)
  })

  test('that is not of a step has no path', () => {
    expect(problemOf(thrown(() => pipelineFromJson({}, registry)))).toMatchInlineSnapshot(`
      {
        "code": "invalid-pipeline",
        "message": "a pipeline must be {"voxaug": 1, "pipeline": [ … ]}, got {}.",
        "option": undefined,
        "path": "",
      }
    `)
  })

  test('keeps what looks like a path where it is not one, and its lines', () => {
    const error = new VoxaugError('odd', 'got "Compose[0] > x".\nOr Compose[1] > y.')
    expect(problemOf(error)).toEqual({ code: 'odd', message: error.message, path: '', option: undefined })
    expect(problemOf(locate(new VoxaugError('odd', 'a > b.\nc'), 'Compose[12]'))).toMatchObject({
      message: 'a > b.\nc',
      path: 'Compose[12]',
    })
  })

  test('gives back the path that it was given', () => {
    const part = fc.tuple(fc.constantFrom('Compose', 'OneOf', 'SomeOf', 'RandomApply'), fc.nat({ max: 12 }))
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), fc.string(), (parts, message) => {
        const path = parts.map(([name, n]) => `${name}[${n}]`).join(' > ')
        const error = locate(new VoxaugError('odd', message, { transform: 'intensity/Gamma' }), path)
        expect(problemOf(error)).toMatchObject({ path, message: `intensity/Gamma: ${message}` })
      }),
    )
  })
})

describe('another error', () => {
  test('is unexpected, and says what it is', () => {
    expect(problemOf(new RangeError('Invalid array length'))).toEqual({
      code: 'unexpected',
      message: 'Something went wrong: Invalid array length',
      path: '',
    })
    expect(problemOf('no').message).toBe('Something went wrong: "no"')
    expect(problemOf(undefined).message).toBe('Something went wrong: undefined')
  })
})

describe('an answer', () => {
  test('is the value of work, at once or to come, also where that is undefined', async () => {
    expect(await answer(() => 3)).toEqual({ value: 3 })
    expect(await answer(async () => [4])).toEqual({ value: [4] })
    expect(await answer(() => undefined)).toEqual({ value: undefined })
  })

  test('is the problem of work that throws, at once or later', async () => {
    const fail = (): never => {
      throw new VoxaugError('empty-file', 'the file is empty.')
    }
    const problem = { code: 'empty-file', message: 'the file is empty.', path: '', option: undefined }
    expect(await answer(fail)).toEqual({ problem })
    expect(await answer(async () => fail())).toEqual({ problem })
  })

  test('is plain data, that a worker can send', async () => {
    const got = await answer(() => {
      throw locate(new VoxaugError('odd', 'wrong.', { received: () => 3, option: 'to' }), 'Compose[0]')
    })
    expect(structuredClone(got)).toEqual({
      problem: { code: 'odd', message: 'wrong.', path: 'Compose[0]', option: 'to' },
    })
  })
})
