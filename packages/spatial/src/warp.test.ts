import { inverse, multiply, run, transformPoint, type Vec3, VoxaugError } from '@voxaug/core'
import { obliqueGrid, worldRamp } from '@voxaug/core/testing'
import { describe, expect, test } from 'vitest'
import { pushPoints } from './points.ts'
import { shift, warpStep, waves } from './test-steps.ts'
import { affineWarp, composeWarps, inverseWarp, latticeWarp, type Warp } from './warp.ts'

const matrix = [
  [0.9, -0.2, 0.1, 12],
  [0.3, 1.1, -0.05, -7],
  [0, 0.2, 0.8, 3],
  [0, 0, 0, 1],
]
const turn = affineWarp(matrix)
const bend = waves(1, 2, [-20, -20, -20], [20, 25, 30])
const somewhere: readonly Vec3[] = [
  [1, 2, 3],
  [-7.5, 11, 0.25],
  [14, -3, 19],
]

const apart = (p: Vec3, q: Vec3) => Math.max(...p.map((x, axis) => Math.abs(x - q[axis]!)))

describe('nothing', () => {
  test('moves nothing', () => {
    expect(pushPoints([], somewhere)).toEqual(somewhere)
    expect(composeWarps()).toEqual([])
    expect(inverseWarp([])).toEqual([])
  })
})

describe('by hand', () => {
  test('an affine is a push', () => {
    expect(pushPoints(affineWarp(shift(1, -2, 3)), [[10, 20, 30]])).toEqual([[11, 18, 33]])
  })
  test('a lattice is a pull: what a displacement of +1 mm names is found 1 mm before', () => {
    const everywhere = latticeWarp({
      shape: [12, 12, 12],
      toLattice: [0.1, 0, 0, 5, 0, 0.1, 0, 5, 0, 0, 0.1, 5, 0, 0, 0, 1],
      displacementsMm: Array.from({ length: 3 * 12 ** 3 }, (_, n) => [1, -2, 0.5][n % 3]!),
    })
    const [p] = pushPoints(everywhere, [[10, 20, 30]])
    expect(apart(p!, [9, 22, 29.5])).toBeLessThan(1e-12)
    expect(apart(pushPoints(inverseWarp(everywhere), [p!])[0]!, [10, 20, 30])).toBeLessThan(1e-12)
  })
})

describe('composition', () => {
  test('of affines is one matrix, the first written the innermost', () => {
    const second = affineWarp(shift(1, 2, 3))
    const both = composeWarps(turn, second)
    expect(both).toEqual([{ type: 'affine', matrix: multiply(shift(1, 2, 3).flat(), matrix.flat()) }])
  })
  test('joins only neighbours', () => {
    expect(composeWarps(turn, bend, turn, turn).map(({ type }) => type)).toEqual(['affine', 'lattice', 'affine'])
  })
  test('moves points as one warp after the other does', () => {
    const both = pushPoints(composeWarps(turn, bend, turn), somewhere)
    const each = pushPoints(turn, pushPoints(bend, pushPoints(turn, somewhere)))
    for (const [n, p] of both.entries()) expect(apart(p, each[n]!)).toBeLessThan(1e-12)
  })
})

describe('the inverse', () => {
  test('of an affine is exact', () => {
    expect(inverseWarp(turn)).toEqual([{ type: 'affine', matrix: inverse(matrix.flat()) }])
  })
  test('of an inverse is the warp', () => expect(inverseWarp(inverseWarp(bend))).toEqual(bend))
  test('undoes points to 1e-5 mm', () => {
    const all = composeWarps(bend, turn, inverseWarp(waves(2, 1, [-20, -20, -20], [20, 25, 30])))
    const back = pushPoints(inverseWarp(all), pushPoints(all, somewhere))
    for (const [n, p] of back.entries()) expect(apart(p, somewhere[n]!)).toBeLessThan(1e-5)
  })
})

describe('voxels of an inverse', () => {
  const grid = obliqueGrid([20, 18, 22], [2, 1.5, 1.8])
  const ramp = worldRamp(grid)
  const [low, high] = [
    [-30, -30, -10],
    [40, 40, 60],
  ] as const

  test.each([
    ['small', waves(3, 1, low, high)],
    ['steep', waves(4, 5, low, high)],
    ['between affines', composeWarps(turn, waves(5, 3, low, high), inverseWarp(turn))],
  ] as const)('are where the points are, to 1e-3 voxel: %s', (_, warp: Warp) => {
    const { data } = run(warpStep(inverseWarp(warp)), ramp, { seed: 1 }).output
    const size = data.length / 3
    const places = Array.from({ length: size }, (_, n) =>
      transformPoint(grid.affine, [n % 20, Math.floor(n / 20) % 18, Math.floor(n / 360)]),
    )
    let compared = 0
    let worst = 0
    // Undoing the warp, the output at p has what the warp took p to.
    for (const [n, from] of pushPoints(warp, places).entries()) {
      if (transformPoint(inverse(grid.affine), from).some((x, axis) => x < 0 || x > grid.shape[axis]! - 1)) continue
      compared++
      worst = Math.max(worst, apart([data[n]!, data[n + size]!, data[n + 2 * size]!], from))
    }
    expect(compared).toBeGreaterThan(1500)
    expect(worst).toBeLessThan(1e-3 * 1.5)
  })
})

describe('errors', () => {
  test('a matrix that is none', () => {
    expect(() => affineWarp([[1, 2, 3]])).toThrow(VoxaugError)
    expect(() => affineWarp([[1, 2, 3]])).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: matrix must be an invertible 4×4 matrix in rows, the last one 0 0 0 1, got [[1, 2, 3]].]`,
    )
    expect(() => affineWarp(shift(Number.NaN))).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: matrix must be an invertible 4×4 matrix in rows, the last one 0 0 0 1, got [[1, 0, 0, NaN], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]].]`,
    )
  })
  test('points through a field that folds', () => {
    const folding = waves(1, 30, [0, 0, 0], [20, 20, 20])
    expect(() => pushPoints(folding, somewhere)).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: the displacement folds space, so points and inverses have no answer; use smaller displacements or fewer control points.]`,
    )
    // The way back needs no inverse of the field.
    expect(pushPoints(inverseWarp(folding), somewhere)).toHaveLength(3)
  })
})
