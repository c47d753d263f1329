import { choice, normal, run, type Vec3, volume } from '@voxaug/core'
import { obliqueGrid } from '@voxaug/core/testing'
import { describe, expect, test } from 'vitest'
import { ElasticDeformation, unet2015 } from './index.ts'

// What ElasticDeformation draws its displacements from.

const grid = obliqueGrid()
const image = volume({ ...grid, data: new Uint8Array(8640) })
const drawn = (options: Parameters<typeof ElasticDeformation>[0], seed = 1): readonly Vec3[] => {
  const { params } = run(ElasticDeformation(options), image, { seed, compute: false }).trace.steps[0]!
  const flat = params['displacementsMm'] as readonly number[]
  return Array.from({ length: flat.length / 3 }, (_, n) => flat.slice(3 * n, 3 * n + 3) as unknown as Vec3)
}

test('in mm along the world’s axes, from any range', () => {
  for (const d of drawn({ controlPoints: 6, displacementMm: choice(-2, 3), lockedBorders: 0 }))
    for (const x of d) expect(x).toBeOneOf([-2, 3])
  const three = drawn({ controlPoints: 6, displacementMm: [1, choice(-2, 2), 0], lockedBorders: 0 })
  expect(three.every(([x, , z]) => x === 1 && z === 0)).toBe(true)
})

test('in voxels along the frame’s axes', () => {
  const [d] = drawn({ controlPoints: 4, displacementVoxels: [1, 0, 2], lockedBorders: 0 })
  for (const axis of [0, 1, 2] as const) {
    expect(d![axis]).toBeCloseTo(grid.affine[4 * axis]! + 2 * grid.affine[4 * axis + 2]!, 12)
  }
})

test('the U-Net paper’s preset: 5³ points, of which none is locked, a deviation of 10 voxels', () => {
  expect(unet2015).toEqual({ controlPoints: 5, displacementVoxels: normal(0, 10), lockedBorders: 0 })
  const unit = volume({ data: new Uint8Array(60), shape: [3, 4, 5], spacingMm: [1, 1, 1] })
  let [sum, squares, count] = [0, 0, 0]
  for (let seed = 0; seed < 20; seed++) {
    const { params } = run(ElasticDeformation(unet2015), unit, { seed, compute: false }).trace.steps[0]!
    for (const x of params['displacementsMm'] as readonly number[]) {
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
  test.each([
    { maxDisplacementMm: 3, displacementMm: 1 },
    { displacementMm: 1, displacementVoxels: 1 },
  ])('two kinds: %o', (options) =>
    expect(() => ElasticDeformation(options)).toThrow(
      'elastic/ElasticDeformation: at most one of maxDisplacementMm, displacementMm and displacementVoxels may be given.',
    ),
  )
})
