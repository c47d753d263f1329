import { expect, test } from 'vitest'
import { isVoxaugError, locate, show, VoxaugError } from './error.ts'

test('an error says where, what and what was got, and carries them', () => {
  const cause = new Error('below')
  const details = { transform: 'intensity/Gamma', option: 'logGamma', received: [1], cause }
  const error = new VoxaugError('invalid-option', 'logGamma must be a number, got [1].', details)
  expect(error.message).toBe('intensity/Gamma: logGamma must be a number, got [1].')
  expect(error).toMatchObject({ name: 'VoxaugError', code: 'invalid-option', ...details })
  expect(error).toBeInstanceOf(Error)
})

test('an error of another copy of the package is known by its brand', () => {
  expect(isVoxaugError(Object.assign(new Error(), { [Symbol.for('voxaug.error')]: true }))).toBe(true)
  expect(isVoxaugError(new VoxaugError('x', 'y'))).toBe(true)
})

test.each([new Error('VoxaugError'), { name: 'VoxaugError', code: 'x' }, 'text', null, undefined])(
  '%s is no error of voxaug',
  (value) => {
    expect(isVoxaugError(value)).toBe(false)
  },
)

test('paths are put before a message from the inside out, and foreign errors stay as they are', () => {
  const error = new VoxaugError('x', 'broken.', { transform: 'test/Step' })
  expect(locate(locate(locate(error, ''), 'OneOf[0]'), 'Compose[2]')).toBe(error)
  expect(error.message).toBe('Compose[2] > OneOf[0] > test/Step: broken.')
  const foreign = new Error('boom')
  locate(foreign, 'Compose[0]')
  expect(foreign.message).toBe('boom')
})

const circle: { self?: object } = {}
circle.self = circle

test('voxels, and a value nested deeper than the stack, are shown by their kind', () => {
  expect(show({ data: new Float32Array(1e6) })).toBe('{"data":"[object Float32Array]"}')
  expect(show(JSON.parse(`${'['.repeat(1e5)}${']'.repeat(1e5)}`))).toBe('[object Array]')
})

test.each([
  [0.3, '0.3'],
  [[0.3, -0.3], '[0.3, -0.3]'],
  [{ choice: [1, 2] }, '{"choice":[1, 2]}'],
  ['text', '"text"'],
  ['NaN', '"NaN"'],
  ['a,b', '"a,b"'],
  [Number.NaN, 'NaN'],
  [-0, '0'],
  [Infinity, 'Infinity'],
  [[Number.NaN, -Infinity], '[NaN, -Infinity]'],
  [null, 'null'],
  [undefined, 'undefined'],
  [true, 'true'],
  [12n, '12'],
  [Symbol('s'), 'Symbol(s)'],
  [() => 1, '[object Function]'],
  [[undefined, 12n], '["undefined", "12"]'],
  [circle, '[object Object]'],
  [Float64Array.of(1, 2), '{"0":1, "1":2}'],
  ['a'.repeat(70), `"${'a'.repeat(56)}…`],
  ['a\u009b2J\u007f\u202eb\u2028\n', '"a?2J??b?\\n"'],
  [{ 'a\u009b': '\u200b' }, '{"a?":"?"}'],
])('%o is shown as %s', (value, text) => {
  expect(show(value)).toBe(text)
})
