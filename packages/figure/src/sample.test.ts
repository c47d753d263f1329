import { expect, test } from 'vitest'
import { sampler } from './sample.ts'

/** 10 i + j on 3 × 2 × 1 voxels. */
const data = [0, 10, 20, 1, 11, 21]
const shape = [3, 2, 1] as const

test('is linear between the neighbours', () => {
  const sample = sampler(data, shape, 'clamp')
  expect(sample(1, 1, 0)).toBe(11)
  expect(sample(0.25, 0.5, 0)).toBe(3)
})

test('stays as it is beyond the outer voxel centres, or goes on', () => {
  expect(sampler(data, shape, 'clamp')(2.25, -0.5, 0.25)).toBe(20)
  expect(sampler(data, shape, 'extend')(2.25, -0.5, 0.25)).toBe(22)
})

test('is nowhere beyond half a voxel, and beside a NaN unless that has no weight', () => {
  const sample = sampler([0, Number.NaN, 20, 1, 11, 21], shape, 'extend')
  expect([sample(-0.51, 1, 0), sample(2.5, 1, 0), sample(2, 0, -0.6), sample(Number.NaN, 0, 0)]).toEqual(
    new Array(4).fill(Number.NaN),
  )
  expect([sample(-0.5, 1, 0), sample(2.49, 1, 0)]).toEqual([-4, expect.closeTo(25.9, 10)])
  expect(sample(0.5, 0.5, 0)).toBeNaN()
  expect([sample(0, 0.5, 0), sample(1.5, 1, 0)]).toEqual([0.5, 16])
})
