import { afterEach, expect, test, vi } from 'vitest'
import { latest } from './latest.ts'

afterEach(() => void vi.unstubAllGlobals())

/** Work that ends when told. */
function manual() {
  const begun: { value: string; isLast: () => boolean; end: () => void; fail: (error: unknown) => void }[] = []
  const say = latest(
    (value: string, isLast) =>
      new Promise<void>((end, fail) => {
        begun.push({ value, isLast, end, fail })
      }),
  )
  return { begun, say, values: () => begun.map(({ value }) => value) }
}

/** Lets promises that are settled have their say. */
const rest = () => new Promise((done) => setTimeout(done))

test('work begins at once', () => {
  const { say, values } = manual()
  say('a')
  expect(values()).toEqual(['a'])
})

test('of the values that come meanwhile, only the last is worked on, once the first is done', async () => {
  const { say, begun, values } = manual()
  for (const value of ['a', 'b', 'c', 'd']) say(value)
  await rest()
  expect(values()).toEqual(['a'])
  begun[0]!.end()
  await rest()
  expect(values()).toEqual(['a', 'd'])
  begun[1]!.end()
  await rest()
  expect(values()).toEqual(['a', 'd'])
})

test('a value that comes when all is done is worked on too', async () => {
  const { say, begun, values } = manual()
  say('a')
  begun[0]!.end()
  await rest()
  say('b')
  expect(values()).toEqual(['a', 'b'])
})

test('work is told whether another value waits', async () => {
  const { say, begun } = manual()
  say('a')
  expect(begun[0]!.isLast()).toBe(true)
  say('b')
  expect(begun[0]!.isLast()).toBe(false)
  begun[0]!.end()
  await rest()
  expect(begun[1]!.isLast()).toBe(true)
})

test('undefined is a value', async () => {
  const seen: unknown[] = []
  const say = latest<undefined | number>(async (value) => void seen.push(value))
  say(1)
  say(undefined)
  await rest()
  expect(seen).toEqual([1, undefined])
})

test('work that fails is reported, and the next value is worked on all the same', async () => {
  const reportError = vi.fn()
  vi.stubGlobal('reportError', reportError)
  const { say, begun, values } = manual()
  say('a')
  say('b')
  begun[0]!.fail(new Error('the picture could not be drawn'))
  await rest()
  expect(values()).toEqual(['a', 'b'])
  expect(reportError.mock.calls).toEqual([[new Error('the picture could not be drawn')]])
  begun[1]!.fail(new Error('again'))
  await rest()
  say('c')
  expect(values()).toEqual(['a', 'b', 'c'])
})
