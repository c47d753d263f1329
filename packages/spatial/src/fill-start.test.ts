import { Compose, run, volume } from '@voxaug/core'
import { expect, test } from 'vitest'
import { shift, warpStep } from './test-steps.ts'
import { affineWarp } from './warp.ts'

test('a fill by statistics speaks of the volume before the run, also where the run takes several passes', () => {
  const image = volume({
    data: Float32Array.from({ length: 60 }, (_, n) => n % 10),
    shape: [10, 3, 2],
    spacingMm: [1, 2, 3],
  })
  const second = (fill: 'mean' | 'minimum') => {
    const steps = [
      warpStep(affineWarp(shift(4.5)), { fill: -100 }),
      warpStep(affineWarp(shift(0, 3)), { fill, interpolation: 'nearest' }),
    ]
    const { output, trace } = run(Compose(steps), image, { seed: 1 })
    expect(trace.passes['image']).toHaveLength(2)
    return output.data[0]
  }
  // The first row is left by a push of a voxel and a half; the mean of 0 … 9 is 4.5, the least of them 0.
  expect(second('mean')).toBe(4.5)
  expect(second('minimum')).toBe(0)
})
