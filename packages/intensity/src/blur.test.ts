import { Compose, run, volume } from '@voxaug/core'
import { countPasses, obliqueGrid, smoothNoise } from '@voxaug/core/testing'
import { describe, expect, test } from 'vitest'
import { Blur, ClipRange, ZScore } from './index.ts'

const spike = (spacingMm: readonly number[]) => {
  const data = new Int16Array(21 * 21 * 21)
  data[10 + 21 * (10 + 21 * 10)] = 1000
  return volume({ data, shape: [21, 21, 21], spacingMm })
}

test('of 0 mm it leaves the very object', () => {
  const image = spike([1, 1, 1])
  expect(run(Blur({ sigmaMm: 0 }), image, { seed: 1 }).output).toBe(image)
})

test('sigma is in mm: as many times wider in voxels as they are finer', () => {
  const { data } = run(Blur({ sigmaMm: 2 }), spike([1, 2, 4]), { seed: 1 }).output
  const along = (step: number, away: number) =>
    data[10 + 21 * (10 + 21 * 10) + step * away]! / data[10 + 21 * (10 + 21 * 10)]!
  // Deviations of 2, 1 and 0.5 voxels.
  expect(along(1, 2)).toBeCloseTo(Math.exp(-0.5), 5)
  expect(along(21, 1)).toBeCloseTo(Math.exp(-0.5), 5)
  expect(along(441, 1)).toBeCloseTo(Math.exp(-2), 5)
})

test('the sum of voxels stays, also where the Gaussian reaches beyond the image', () => {
  const image = smoothNoise(obliqueGrid(), 1)
  const sum = (data: ArrayLike<number>) => Array.from(data).reduce((a, b) => a + b, 0)
  expect(sum(run(Blur({ sigmaMm: 30 }), image, { seed: 1 }).output.data)).toBeCloseTo(sum(image.data), 1)
})

test('is drawn anew for each axis, unless three are given', () => {
  const { params } = run(Blur({ sigmaMm: [0.5, 2] }), spike([1, 1, 1]), { seed: 1 }).trace.steps[0]!
  expect(new Set(params['sigmaMm'] as readonly number[]).size).toBe(3)
})

test('a slice is not smoothed across', () => {
  const slice = volume({ data: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [3, 2, 1], spacingMm: [1, 1, 1] })
  expect(run(Blur({ sigmaMm: [0, 0, 5] }), slice, { seed: 1 }).output).toBe(slice)
})

test('channels never mix', () => {
  const [a, b] = [smoothNoise(obliqueGrid(), 1), smoothNoise(obliqueGrid(), 2)]
  const both = volume({ ...a, channels: 2, data: Float32Array.of(...a.data, ...b.data) })
  const blurred = (on: typeof a) => run(Blur({ sigmaMm: 2 }), on, { seed: 1 }).output.data
  expect(blurred(both)).toEqual(Float32Array.of(...blurred(a), ...blurred(b)))
})

describe('in a queue', () => {
  const image = smoothNoise(obliqueGrid(), 3)
  const steps = [ClipRange({ min: -0.5, max: 0.6 }), Blur({ sigmaMm: 1.5 }), ZScore(), Blur({ sigmaMm: 1 })]
  test('has the bits of its steps one by one, in one pass', () => {
    const fused = () => run(Compose(steps), image, { seed: 1 }).output
    expect(countPasses(fused)).toEqual({ intensity: 1 })
    const one = steps.reduce((before, step) => run(step, before, { seed: 1 }).output, image)
    expect(fused()).toEqual(one)
  })
})

test.each([-1, Number.NaN, Infinity, [2, 1]])('%s mm is refused', (sigmaMm) => {
  expect(() => Blur({ sigmaMm: sigmaMm as number })).toThrow(
    'intensity/Blur: sigmaMm must be a number, [min, max] with min ≤ max, or three of these',
  )
})
