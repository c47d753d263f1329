import { choice, normal, points, replay, run, type Vec3, volume } from '@voxaug/core'
import { obliqueGrid } from '@voxaug/core/testing'
import { describe, expect, test } from 'vitest'
import { ElasticDeformation, unet2015 } from './index.ts'

// What ElasticDeformation draws its displacements from.

const grid = obliqueGrid()
const image = volume({ ...grid, data: new Uint8Array(8640) })
type Options = Parameters<typeof ElasticDeformation>[0]
const drawn = (options: Options, name = 'displacementsMm'): readonly Vec3[] => {
  const { params } = run(ElasticDeformation(options), image, { seed: 1, compute: false }).trace.steps[0]!
  const flat = params[name] as readonly number[]
  return Array.from({ length: flat.length / 3 }, (_, n) => flat.slice(3 * n, 3 * n + 3) as unknown as Vec3)
}

test('in mm along the world’s axes, from any range', () => {
  for (const d of drawn({ controlPoints: 6, displacementMm: choice(-2, 3), lockedBorders: 0 }))
    for (const x of d) expect(x).toBeOneOf([-2, 3])
  const three = drawn({ controlPoints: 6, displacementMm: [1, choice(-2, 2), 0], lockedBorders: 0 })
  expect(three.every(([x, , z]) => x === 1 && z === 0)).toBe(true)
})

test('in voxels along the frame’s axes', () => {
  const options = { controlPoints: 4, displacementVoxels: [1, 0, choice(-2, 2)], lockedBorders: 0 } as const
  for (const [x, y, z] of drawn(options, 'displacementsVoxels')) expect([x, y, Math.abs(z)]).toEqual([1, 0, 2])
  // The B-spline's sum is 1 well inside, so that all control points alike shift by as much.
  const shifted = { ...options, displacementVoxels: [1, 0, 2] as const }
  const middle = points([[0, 4, 8].map((row) => affineAt(row, [9, 7, 5])) as unknown as Vec3])
  const { output } = run(ElasticDeformation(shifted), { image, middle }, { seed: 1 })
  for (const axis of [0, 1, 2] as const) {
    expect(output.middle.positions[0]![axis]).toBeCloseTo(affineAt(4 * axis, [8, 7, 3]), 4)
  }
})

const affineAt = (row: number, [i, j, k]: Vec3) =>
  grid.affine[row]! * i + grid.affine[row + 1]! * j + grid.affine[row + 2]! * k + grid.affine[row + 3]!

test('voxels are those of whatever subject a draw is replayed on', () => {
  const options = { controlPoints: 5, displacementVoxels: [-2, 2], lockedBorders: 0 } as const
  const at = (spacingMm: number) =>
    volume({
      data: Uint8Array.from({ length: 720 }, (_, n) => (n * 7919) % 251),
      shape: [10, 9, 8],
      spacingMm: [spacingMm, spacingMm, 2 * spacingMm],
    })
  const { trace, output } = run(ElasticDeformation(options), at(1), { seed: 3 })
  expect(replay(trace, at(3)).output.data).toEqual(output.data)
})

test('the U-Net paper’s preset: 5³ points, of which none is locked, a deviation of 10 voxels', () => {
  expect(unet2015).toEqual({ controlPoints: 5, displacementVoxels: normal(0, 10), lockedBorders: 0 })
  const unit = volume({ data: new Uint8Array(60), shape: [3, 4, 5], spacingMm: [1, 1, 1] })
  let [sum, squares, count] = [0, 0, 0]
  for (let seed = 0; seed < 20; seed++) {
    const { params } = run(ElasticDeformation(unet2015), unit, { seed, compute: false }).trace.steps[0]!
    for (const x of params['displacementsVoxels'] as readonly number[]) {
      sum += x
      squares += x * x
      count++
    }
  }
  expect(count).toBe(20 * 375)
  expect(Math.abs(sum / count)).toBeLessThan(0.5)
  expect(Math.sqrt(squares / count)).toBeCloseTo(10, 0)
})

describe('is refused:', () => {
  test('more than one amount, be one of them the default', () => {
    expect(() => ElasticDeformation({ maxDisplacementMm: 7.5, displacementMm: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: elastic/ElasticDeformation: at most one of maxDisplacementMm, displacementMm, displacementVoxels may be given, got maxDisplacementMm and displacementMm.]`,
    )
    expect(() => ElasticDeformation({ displacementMm: 1, displacementVoxels: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: elastic/ElasticDeformation: at most one of maxDisplacementMm, displacementMm, displacementVoxels may be given, got displacementMm and displacementVoxels.]`,
    )
  })
})
