import { type Affine, type VoxelArray, volume } from '@voxaug/core'
import { expect, test } from 'vitest'
import { differenceOf, limitOf } from './difference.ts'

const affine: Affine = [2, 0.5, 0, -1, 0, 3, 0, -2, 0, 0, 4, -3, 0, 0, 0, 1]
const view = (data: VoxelArray) => volume({ data, shape: [1, data.length, 1], affine })

test('a difference is what is shown minus what was there, on the same grid, in float32', () => {
  const found = differenceOf(view(Uint8Array.from([5, 7, 0])), view(Int16Array.from([9, 6, -300])))
  expect(found.data).toEqual(Float32Array.from([-4, 1, 300]))
  expect([found.shape, found.affine, found.dtype, found.kind]).toEqual([[1, 3, 1], affine, 'float32', 'image'])
})

test('what is nowhere in either is nowhere in the difference', () => {
  const { data } = differenceOf(
    view(Float32Array.from([Number.NaN, 1, 3])),
    view(Float32Array.from([1, Number.NaN, 1])),
  )
  expect([...data]).toEqual([Number.NaN, Number.NaN, 2])
})

test('both volumes stay as they were', () => {
  const [a, b] = [view(Float32Array.from([1, 2])), view(Float32Array.from([3, 5]))]
  differenceOf(a, b)
  expect([[...a.data], [...b.data]]).toEqual([
    [1, 2],
    [3, 5],
  ])
})

test('the strongest colour is at the 99th percentile of what differs in either direction', () => {
  const up = Float32Array.from({ length: 201 }, (_, n) => (n % 2 === 0 ? n : -n))
  expect(limitOf(view(up))).toBe(198)
})

test('the strongest colour is at the greatest difference where nearly nothing differs', () => {
  const data = new Float32Array(1000)
  data[7] = -3
  expect(limitOf(view(data))).toBe(3)
})

test('where nothing differs, or all is nowhere, there is a limit all the same', () => {
  expect(limitOf(view(new Float32Array(5)))).toBe(1)
  expect(limitOf(view(Float32Array.from([Number.NaN, Number.NaN])))).toBe(1)
})
