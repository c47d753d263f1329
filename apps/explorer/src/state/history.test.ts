import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createHistory } from './history.ts'

test('a history begins with nothing to undo or redo', () => {
  const history = createHistory('a')
  expect([history.value.value, history.canUndo.value, history.canRedo.value]).toEqual(['a', false, false])
  history.undo()
  history.redo()
  expect(history.value.value).toBe('a')
})

test('each change is undone by itself, and redone in the same order', () => {
  const history = createHistory('a')
  for (const value of ['b', 'c', 'd']) history.set(value)
  history.undo()
  history.undo()
  expect([history.value.value, history.canUndo.value, history.canRedo.value]).toEqual(['b', true, true])
  history.redo()
  expect(history.value.value).toBe('c')
  history.redo()
  expect([history.value.value, history.canUndo.value, history.canRedo.value]).toEqual(['d', true, false])
})

test('a change after an undo drops what could be redone', () => {
  const history = createHistory('a')
  history.set('b')
  history.undo()
  history.set('c')
  expect(history.canRedo.value).toBe(false)
  history.undo()
  expect(history.value.value).toBe('a')
})

test('changes of one gesture are undone together', () => {
  const history = createHistory(0)
  history.set(1)
  for (const value of [2, 3, 4]) history.set(value, 'slider')
  history.undo()
  expect(history.value.value).toBe(1)
  history.redo()
  expect(history.value.value).toBe(4)
})

test('another gesture, a change without one, an end and an undo each begin a new change', () => {
  const between: readonly ((history: ReturnType<typeof createHistory<number>>) => void)[] = [
    (history) => history.set(5, 'another'),
    (history) => history.set(5),
    (history) => {
      history.set(5)
      history.undo()
    },
    (history) => history.undo(),
    (history) => history.endGesture(),
  ]
  for (const way of between) {
    const history = createHistory(0)
    history.set(1, 'slider')
    way(history)
    const now = history.value.value
    history.set(2, 'slider')
    history.undo()
    expect(history.value.value).toBe(now)
  }
})

test('a gesture that goes on after a redo begins a new change', () => {
  const history = createHistory(0)
  history.set(1, 'slider')
  history.undo()
  history.redo()
  history.set(2, 'slider')
  history.undo()
  expect(history.value.value).toBe(1)
})

test('the last 500 changes can be undone', () => {
  const history = createHistory(0)
  for (let value = 1; value <= 600; value++) history.set(value)
  let steps = 0
  while (history.canUndo.value) {
    history.undo()
    steps++
  }
  expect([steps, history.value.value]).toEqual([500, 100])
  while (history.canRedo.value) history.redo()
  expect(history.value.value).toBe(600)
})

test('a history goes back and forth as a list with a place in it does', () => {
  const action = fc.oneof(
    fc.nat({ max: 99 }).map((value) => ({ value })),
    fc.constantFrom('undo' as const, 'redo' as const),
  )
  fc.assert(
    fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
      const history = createHistory(-1)
      let [list, at] = [[-1], 0]
      for (const one of actions) {
        if (one === 'undo') {
          history.undo()
          at = Math.max(0, at - 1)
        } else if (one === 'redo') {
          history.redo()
          at = Math.min(list.length - 1, at + 1)
        } else {
          history.set(one.value)
          list = [...list.slice(0, ++at), one.value]
        }
        expect([history.value.value, history.canUndo.value, history.canRedo.value]).toEqual([
          list[at],
          at > 0,
          at < list.length - 1,
        ])
      }
    }),
  )
})

test('one that begins anew has nothing to go back to', () => {
  const history = createHistory(1)
  history.set(2)
  history.undo()
  history.begin(5)
  expect([history.value.value, history.canUndo.value, history.canRedo.value]).toEqual([5, false, false])
})
