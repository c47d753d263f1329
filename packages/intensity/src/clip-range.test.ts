import { run, volume } from '@voxaug/core'
import { describe, expect, test } from 'vitest'
import { ClipRange } from './index.ts'

const image = volume({ data: Int16Array.of(-5, 0, 1, 7, 30, 4), shape: [3, 2, 1] })
const clipped = (min: number, max: number, of = image) => [...run(ClipRange({ min, max }), of).output.data]

test('limits that nothing passes change nothing', () => {
  expect(clipped(-5, 30)).toEqual([...image.data])
})

test('what lies beyond a limit becomes the limit', () => {
  expect(clipped(0, 4)).toEqual([0, 0, 1, 4, 4, 4])
  expect(clipped(2.5, 2.5)).toEqual([2.5, 2.5, 2.5, 2.5, 2.5, 2.5])
})

test('limits are rounded as voxels are: to float32', () => {
  expect(clipped(0.1, 30)[0]).toBe(Math.fround(0.1))
})

test('infinite voxels become the limits, and NaN stays', () => {
  const odd = volume({ data: Float32Array.of(-Infinity, NaN, Infinity, -0), shape: [4, 1, 1] })
  expect(clipped(-1, 1, odd)).toEqual([-1, NaN, 1, -0])
})

test('the widest limits leave finite voxels finite', () => {
  const most = 3.4028234663852886e38
  const wide = volume({ data: Float64Array.of(-most, most, 1e-45), shape: [3, 1, 1] })
  expect(clipped(-most, most, wide)).toEqual([-most, most, Math.fround(1e-45)])
})

describe('wrong options are refused:', () => {
  const refuse = (given: object) => expect(() => ClipRange(given as never))
  test('min above max', () =>
    refuse({ min: 2, max: 1 }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: intensity/ClipRange: min must be at most max, got 2 and 1.]`,
    ))
  test('one missing', () =>
    refuse({ min: 2 }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: intensity/ClipRange: max must be a number from -3.4028234663852886e+38 to 3.4028234663852886e+38, got undefined.]`,
    ))
  test('none given', () =>
    refuse({}).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: intensity/ClipRange: min must be a number from -3.4028234663852886e+38 to 3.4028234663852886e+38, got undefined.]`,
    ))
  test('what float32 cannot hold', () =>
    refuse({ min: 0, max: 1e39 }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: intensity/ClipRange: max must be a number from -3.4028234663852886e+38 to 3.4028234663852886e+38, got 1e+39.]`,
    ))
})
