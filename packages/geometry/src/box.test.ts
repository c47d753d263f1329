import { type Grid, inverse, multiply, transformPoint, type Vec3 } from '@voxaug/core'
import { obliqueGrid } from '@voxaug/core/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boxOn, toBox, within } from './box.ts'

const frame = obliqueGrid()

test('on the frame’s own grid a box is itself', () => {
  const box = { start: [1, -2, 3], size: [4, 5, 6] } as const
  expect(boxOn(frame, frame, box)).toBe(box)
})

test('by hand: of voxels twice as small, those that cover it', () => {
  const fine = {
    shape: [40, 48, 36],
    affine: multiply(frame.affine, [0.5, 0, 0, -0.25, 0, 0.5, 0, -0.25, 0, 0, 0.5, -0.25, 0, 0, 0, 1]),
  }
  expect(boxOn(fine as unknown as Grid, frame, { start: [1, 0, 2], size: [3, 1, 2] })).toEqual({
    start: [2, 0, 4],
    size: [6, 2, 4],
  })
})

test('a box on another grid covers it, and by no whole voxel more', () => {
  const side = fc.integer({ min: 1, max: 12 })
  const start = fc.integer({ min: -6, max: 10 })
  fc.assert(
    fc.property(
      fc.tuple(start, start, start),
      fc.tuple(side, side, side),
      fc.tuple(...[1, 2, 3].map(() => fc.double({ min: 0.4, max: 3, noNaN: true }))) as unknown as fc.Arbitrary<Vec3>,
      (from, size, spacing) => {
        const other = obliqueGrid([9, 9, 9], spacing, [-7.3, -11.1, 3.7])
        const box = boxOn(other, frame, { start: from, size })
        const toOther = multiply(inverse(other.affine), frame.affine)
        for (const axis of [0, 1, 2] as const) {
          const along = [0, 1, 2, 3, 4, 5, 6, 7].map(
            (n) =>
              transformPoint(toOther, from.map((x, a) => x - 0.5 + (n & (1 << a) ? size[a]! : 0)) as unknown as Vec3)[
                axis
              ],
          )
          const [low, high] = [Math.min(...along), Math.max(...along)]
          expect(box.start[axis] - 0.5).toBeLessThanOrEqual(low + 1.001e-3)
          expect(box.start[axis] + 0.5).toBeGreaterThan(low)
          expect(box.start[axis] + box.size[axis] - 0.5).toBeGreaterThanOrEqual(high - 1.001e-3)
          expect(box.start[axis] + box.size[axis] - 1.5).toBeLessThan(Math.max(high, low + 1))
        }
      },
    ),
  )
})

test('a box within a grid is cut to it, and none is undefined', () => {
  const grid = { shape: [4, 5, 6], affine: frame.affine } as const
  expect(within(grid, { start: [-2, 3, 0], size: [4, 9, 6] })).toEqual({ start: [0, 3, 0], size: [2, 2, 6] })
  expect(within(grid, { start: [4, 0, 0], size: [2, 2, 2] })).toBeUndefined()
  expect(within(grid, { start: [0, -3, 0], size: [2, 3, 2] })).toBeUndefined()
})

test('the whole frame asks nothing of any entry', () => {
  const other = obliqueGrid([3, 3, 3], [5, 5, 5])
  expect(toBox({ frame, grid: other }, { start: [0, 0, 0], size: frame.shape })).toEqual({})
  expect(toBox({ frame, grid: frame }, { start: [0, 0, 1], size: frame.shape }).grid?.shape).toEqual(frame.shape)
})
