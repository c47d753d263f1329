import { expect, test } from 'vitest'
import { edgeAligned, regrid, roundHalfEven } from './rescale.ts'

test('halves go to the even number, as Python’s round', () => {
  expect([0.5, 1.5, 2.5, 3.5, 2.4999, 2.5001, 7].map(roundHalfEven)).toEqual([0, 2, 2, 4, 2, 3, 7])
})

test('a voxel twice as long as another, with its outer edge, is centred half a voxel further in', () => {
  expect(edgeAligned(2)).toBe(0.5)
  expect(edgeAligned(0.5)).toBe(-0.25)
})

test('a grid along another’s axes starts at an index of it, and steps by its voxels', () => {
  const affine = [0, -2, 0, 10, 3, 0, 0, 20, 0, 0, 5, 30, 0, 0, 0, 1]
  expect(regrid({ shape: [9, 9, 9], affine }, [4, 5, 6], [2, 0.5, 1], [1, -1, 0.5])).toEqual({
    shape: [4, 5, 6],
    affine: [0, -1, 0, 12, 6, 0, 0, 23, 0, 0, 5, 32.5, 0, 0, 0, 1],
  })
})
