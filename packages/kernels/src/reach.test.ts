import { describe, expect, test } from 'vitest'
import { reachOf } from './reach.ts'
import type { Matrix, Shape, Stage } from './stage.ts'

// That it bounds what any pass reads and leaves is shown in resample.test.ts, by poisoning all else.

const stage = (matrix: Matrix, box: Shape): Stage => ({ matrix, box, fill: 0 })
const shifted = (x: number, y = 0, z = 0): Matrix => [1, 0, 0, x, 0, 1, 0, y, 0, 0, 1, z]
const window = (base: Shape, shape: Shape) => ({ base, step: [1, 1, 1], shape }) as const

test('of a shift, the voxels under it, and one more at each end where rounding might tell', () => {
  const { first, shape, leaves } = reachOf([stage(shifted(2.5, 1, -3), [20, 20, 20])], window([4, 5, 6], [3, 2, 1]))
  expect(first).toEqual([6, 5, 2])
  expect(shape).toEqual([4, 4, 3])
  expect(leaves).toEqual([false])
})

test('all is fill where the source is out of reach', () => {
  const { shape, leaves } = reachOf([stage(shifted(100), [20, 20, 20])], window([0, 0, 0], [3, 3, 3]))
  expect(shape).toEqual([0, 0, 0])
  expect(leaves).toEqual([true])
})

test('an intermediate box cuts what lies behind it', () => {
  const stages = [stage(shifted(0), [4, 4, 4]), stage(shifted(10), [50, 50, 50])]
  const { first, shape, leaves } = reachOf(stages, window([0, 0, 0], [40, 4, 4]))
  expect([first[0], first[0] + shape[0]]).toEqual([9, 15])
  expect(leaves).toEqual([true, false])
})

test('a lattice reaches as far as its control points', () => {
  const nodes = new Float64Array(4 * 343)
  nodes.set([4, -2, 0, 0], 4 * 171)
  const toDisplacement: Matrix = [0.1, 0, 0, 2, 0, 0.1, 0, 2, 0, 0, 0.1, 2]
  const through = (inverse: boolean) =>
    reachOf(
      [{ ...stage(shifted(0), [40, 40, 40]), displacement: { shape: [7, 7, 7], nodes, toDisplacement, inverse } }],
      window([20, 20, 20], [1, 1, 1]),
    )
  expect(through(false).first).toEqual([19, 17, 19])
  expect(through(false).shape).toEqual([7, 5, 3])
  expect(through(true).first).toEqual([15, 19, 19])
  expect(through(true).shape).toEqual([7, 5, 3])
})

describe('leaves', () => {
  test.each([
    [-0.5, false],
    [-0.500001, true],
    [-0.50005, true],
    [-0.4999, false],
    [0.5, false],
    [0.50005, true],
    [0, false],
  ])('of a shift by %d voxels: %s', (x, leaves) => {
    expect(reachOf([stage(shifted(x), [5, 5, 5])], window([0, 0, 0], [5, 5, 5])).leaves).toEqual([leaves])
  })
})
