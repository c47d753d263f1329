import { expect, test } from 'vitest'
import { Compose, OneOf } from './combinators.ts'
import { parseRange } from './range.ts'
import { replay, run } from './run.ts'
import { asymmetricSubject } from './testing/fixtures.ts'
import type { Trace } from './trace.ts'

test.each([
  [null],
  [{}],
  [{ path: '', transform: 'a/B', params: null, grids: {} }],
  [{ path: '', transform: 'a/B', params: {} }],
])('a trace read from data with the step %j is refused before anything is done', (step) => {
  const trace = { voxaug: 1, seed: 0, key: '', copy: 0, passes: {}, warnings: [], steps: [step] } as unknown as Trace
  expect(() => replay(trace, asymmetricSubject())).toThrow(
    /^step 0 of a trace must be a record with path, transform, params and grids, got /,
  )
})

test('what is no transform is refused by name', () => {
  expect(() => run({} as never, asymmetricSubject())).toThrow('run needs a transform, got {}.')
})

test('a normal range takes no other key, and weights no sum past the largest number', () => {
  expect(parseRange({ normal: { mean: 0, std: 1, foo: 1 } }, [-9, 9])).toBeUndefined()
  expect(() => OneOf([Compose([]), Compose([])], { weights: [1e308, 1e308] })).toThrow('weights must be')
})
