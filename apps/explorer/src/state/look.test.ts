import { beforeEach, describe, expect, test } from 'vitest'
import {
  bringLook,
  firstLook,
  look,
  lookAtAnother,
  setChannel,
  setLook,
  setWindowAfter,
  setWindowBefore,
} from './look.ts'

const windows = () => [look.value.windowBefore, look.value.windowAfter]

beforeEach(() => {
  look.value = firstLook
  lookAtAnother(false)
})

describe('windows', () => {
  test('of after are those of a layout; before has the same values in each', () => {
    setWindowBefore([1, 5])
    setWindowAfter([2, 6])
    setLook({ labels: false, wipe: 20 })
    expect(windows()).toEqual([
      [1, 5],
      [2, 6],
    ])
    setLook({ layout: 'wipe' })
    expect(windows()).toEqual([[1, 5], undefined])
  })

  test('of a difference are as far from 0 on both sides', () => {
    setLook({ layout: 'difference' })
    setWindowAfter([-3, 8])
    expect(look.value.windowAfter).toEqual([-5.5, 5.5])
    setWindowAfter(undefined)
    expect(look.value.windowAfter).toBeUndefined()
  })

  test('are those of a channel', () => {
    setWindowBefore([1, 5])
    setWindowAfter([2, 6])
    setChannel(2)
    expect(look.value.channel).toBe(2)
    expect(windows()).toEqual([undefined, undefined])
  })
})

describe('another scan', () => {
  const linked = { ...firstLook, channel: 3, windowBefore: [1, 5] as const, windowAfter: [2, 6] as const }

  test('is seen in its own values, from wherever one looked before', () => {
    look.value = { ...linked, view: 'axial', crosshair: [1, 2, 3] }
    lookAtAnother(true)
    expect(look.value).toEqual({ ...firstLook, view: 'axial', crosshair: [1, 2, 3] })
  })

  test('is the one that a link speaks of where it comes after the head, whatever else was moved, and the next one is not', () => {
    bringLook(linked)
    setLook({ crosshair: [1, 2, 3], grid: true })
    lookAtAnother(true)
    expect(look.value).toEqual({ ...linked, crosshair: [1, 2, 3], grid: true })
    lookAtAnother(true)
    expect(windows()).toEqual([undefined, undefined])
  })

  test('is not where a scan was there already', () => {
    bringLook(linked)
    lookAtAnother(false)
    expect(look.value).toEqual(firstLook)
  })

  test.each([{ windowBefore: [1, 6] as const }, { windowAfter: undefined }, { channel: 1 }])(
    'nor where somebody set %o since',
    (change) => {
      bringLook(linked)
      setLook(change)
      lookAtAnother(true)
      expect(look.value).toEqual(firstLook)
    },
  )
})
