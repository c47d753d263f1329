import { orientationOf, transformPoint } from '@voxaug/core'
import { obliqueGrid } from '@voxaug/core/testing'
import { expect, test } from 'vitest'
import { middleVoxel, orientations, reoriented } from './orientation.ts'

test('there are 48 codes, each with one letter of each pair', () => {
  expect(new Set(orientations).size).toBe(48)
  for (const code of orientations) {
    expect([...code].map((letter) => ['LR', 'PA', 'IS'].findIndex((pair) => pair.includes(letter))).sort()).toEqual([
      0, 1, 2,
    ])
  }
})

test('a grid in another order has that order, and its corners where they were', () => {
  const grid = obliqueGrid([4, 6, 5])
  for (const code of orientations) {
    const { shape, affine } = reoriented(grid, code)
    expect(orientationOf(affine)).toBe(code)
    const corners = (of: typeof grid) =>
      Array.from({ length: 8 }, (_, n) =>
        transformPoint(of.affine, [
          n & 1 ? of.shape[0] - 1 : 0,
          n & 2 ? of.shape[1] - 1 : 0,
          n & 4 ? of.shape[2] - 1 : 0,
        ])
          .map((x) => x.toFixed(6))
          .join(),
      ).sort()
    expect(corners({ shape, affine })).toEqual(corners(grid))
  }
})

test('the middle voxel is ⌊(n − 1) / 2⌋', () => expect(middleVoxel([4, 5, 1])).toEqual([1, 2, 0]))
