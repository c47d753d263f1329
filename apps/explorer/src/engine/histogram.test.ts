import { type VoxelArray, volume } from '@voxaug/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { histogramOf } from './histogram.ts'

const of = (data: VoxelArray) => histogramOf(volume({ data, shape: [data.length, 1, 1] }))

test('voxels are counted from the least value to the greatest, which is in the last step', () => {
  const { min, max, counts } = of(Int16Array.from([-64, -64, -63, 0, 0, 0, 63, 64]))!
  expect([min, max, counts.length]).toEqual([-64, 64, 128])
  expect([...counts.entries()].filter(([, n]) => n > 0)).toEqual([
    [0, 2],
    [1, 1],
    [64, 3],
    [127, 2],
  ])
})

test('what is not finite is not counted', () => {
  const { min, max, counts } = of(Float32Array.from([Infinity, 1, Number.NaN, 3, -Infinity, 2]))!
  expect([min, max]).toEqual([1, 3])
  expect([...counts.entries()].filter(([, n]) => n > 0)).toEqual([
    [0, 1],
    [64, 1],
    [127, 1],
  ])
})

test('there is none of no finite voxel', () => {
  expect(of(Float32Array.from([Number.NaN, -Infinity]))).toBeUndefined()
})

test('one value is in the first step', () => {
  const { min, max, counts } = of(Float32Array.from([7, 7, Infinity, 7]))!
  expect([min, max, counts[0], counts.reduce((sum, n) => sum + n)]).toEqual([7, 7, 3, 3])
})

test('the counts are those that one gets one by one', () => {
  const value = fc.oneof(
    fc.float({ min: -2000, max: 2000, noNaN: true }),
    fc.constantFrom(Infinity, -Infinity, Number.NaN, 0),
  )
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 300 }), (values) => {
      const finite = values.filter(Number.isFinite)
      fc.pre(finite.length > 0)
      const { min, max, counts } = of(Float32Array.from(values))!
      expect([min, max]).toEqual([Math.min(...finite), Math.max(...finite)])
      const naive = new Array<number>(128).fill(0)
      const scale = 128 / (max - min || Infinity)
      for (const x of finite) naive[Math.min(127, Math.floor((x - min) * scale))]!++
      expect([...counts]).toEqual(naive)
    }),
  )
})
