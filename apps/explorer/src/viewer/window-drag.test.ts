import { describe, expect, test } from 'vitest'
import type { Window } from '../engine/picture.ts'
import { windowByDrag } from './window-drag.ts'

/** What a pointer does over an element, and the windows that came of it. */
function dragging(window: Window | undefined, button = 2) {
  const target = new EventTarget()
  const windows: Window[] = []
  const say = (type: string, clientX: number, clientY: number) =>
    target.dispatchEvent(Object.assign(new Event(type), { clientX, clientY }))
  const down = { button, currentTarget: target, clientX: 100, clientY: 50 } as unknown as PointerEvent
  windowByDrag(down, window, (one) => windows.push(one))
  return { say, windows }
}

describe('the right button', () => {
  test('to the right makes the window wider, to the left narrower: twice or half in 150 pixels', () => {
    const { say, windows } = dragging([10, 30])
    say('pointermove', 250, 50)
    say('pointermove', -50, 50)
    say('pointermove', 100, 50)
    expect(windows).toEqual([
      [0, 40],
      [15, 25],
      [10, 30],
    ])
  })

  test('upwards shows lower values, which is brighter, downwards higher ones', () => {
    const { say, windows } = dragging([10, 30])
    say('pointermove', 100, 20)
    say('pointermove', 100, 200)
    expect(windows).toEqual([
      [8, 28],
      [20, 40],
    ])
  })

  test('both ways at once change both', () => {
    const { say, windows } = dragging([-4, 4])
    say('pointermove', 250, 125)
    expect(windows).toEqual([[-6, 10]])
  })

  test('that is let go, or taken away, changes nothing more', () => {
    for (const end of ['pointerup', 'pointercancel']) {
      const { say, windows } = dragging([10, 30])
      say('pointermove', 100, 20)
      say(end, 100, 20)
      say('pointermove', 300, 20)
      expect(windows).toEqual([[8, 28]])
    }
  })
})

test('another button changes nothing, nor does any where there is no window', () => {
  for (const { say, windows } of [dragging([10, 30], 0), dragging([10, 30], 1), dragging(undefined)]) {
    say('pointermove', 250, 20)
    expect(windows).toEqual([])
  }
})
