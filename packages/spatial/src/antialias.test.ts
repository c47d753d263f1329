import { Compose, type Grid, multiply, run, type Vec3, type Volume, volume } from '@voxaug/core'
import { countPasses, obliqueGrid, smoothNoise } from '@voxaug/core/testing'
import { describe, expect, test } from 'vitest'
import { smoothingOf } from './antialias.ts'
import { boxStep, gridStep, warpStep } from './test-steps.ts'
import { affineWarp } from './warp.ts'

const diagonal = ([x, y, z]: Vec3) => [x, 0, 0, 0, 0, y, 0, 0, 0, 0, z, 0, 0, 0, 0, 1]
const coarser = ({ affine }: Grid, shape: Vec3, step: Vec3): Grid => ({
  shape,
  affine: multiply(affine, diagonal(step)),
})

describe('the smoothing that a coarser grid asks for', () => {
  const grid = obliqueGrid()
  test('is √(k² − 1) / (2 √(2 ln 2)) along an axis whose voxels become k times as long', () => {
    const [x, y, z] = smoothingOf(grid, coarser(grid, [5, 5, 5], [2, 1, 3]))!
    expect(x).toBeCloseTo(Math.sqrt(3) / 2.354820045, 9)
    expect(y).toBe(0)
    expect(z).toBeCloseTo(Math.sqrt(8) / 2.354820045, 9)
  })
  test('is none where no axis gets coarser, not even by a rounding', () => {
    expect(smoothingOf(grid, grid)).toBeUndefined()
    expect(smoothingOf(grid, coarser(grid, [5, 5, 5], [0.5, 1, 1 + 1e-12]))).toBeUndefined()
    const turned = multiply(grid.affine, [0.6, -0.8, 0, 3, 0.8, 0.6, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1])
    expect(smoothingOf(grid, { shape: grid.shape, affine: turned })).toBeUndefined()
  })
  test('goes by the axes before, in whatever order the new ones stand', () => {
    const swapped = {
      shape: grid.shape,
      affine: multiply(grid.affine, [0, 0, 1, 0, 1, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 1]),
    }
    expect(smoothingOf(grid, swapped)).toEqual([0, 0, expect.closeTo(Math.sqrt(15) / 2.354820045, 9)])
  })
  test('leaves an axis of one voxel alone', () => {
    expect(smoothingOf({ ...grid, shape: [9, 9, 1] }, coarser(grid, [3, 3, 1], [1, 1, 5]))).toBeUndefined()
  })
})

describe('a step that smooths', () => {
  const image = smoothNoise(obliqueGrid(), 6)
  const shrink = (antialias: boolean, settings = {}) =>
    gridStep((place) => coarser(place.grid, [8, 10, 7], [2.4, 2.3, 2.5]), settings, antialias)
  const turn = warpStep(
    affineWarp([
      [0.98, -0.16, 0, 1.5],
      [0.16, 0.98, 0, -2],
      [0, 0, 1, 0.4],
      [0, 0, 0, 1],
    ]),
  )
  const at = (steps: readonly Parameters<typeof run>[0][], on: Volume = image) => run(Compose(steps), on, { seed: 1 })

  test('lets through a checkerboard’s mean, where sampling takes its squares', () => {
    const board = volume({
      data: Float32Array.from({ length: 24 * 24 * 24 }, (_, n) => (n + Math.floor(n / 24) + Math.floor(n / 576)) % 2),
      shape: [24, 24, 24],
      spacingMm: [1, 1, 1],
    })
    const spread = (antialias: boolean) => {
      const { data } = at([gridStep(({ grid }) => coarser(grid, [8, 8, 8], [3, 3, 3]), {}, antialias)], board).output
      return Math.max(...data) - Math.min(...data)
    }
    expect(spread(false)).toBe(1)
    expect(spread(true)).toBeLessThan(0.05)
  })

  test('begins a pass, which later steps join; a crop of it has its bits', () => {
    const { output: all, trace } = at([turn, shrink(true), turn])
    expect(trace.passes['image']?.map(({ why }) => why)).toEqual([
      'the first spatial step',
      'voxels are smoothed before the grid gets coarser',
    ])
    const steps = [turn, shrink(true), turn, boxStep([1, 2, 3], [5, 6, 4])]
    expect(countPasses(() => at(steps))).toEqual({ spatial: 2 })
    const { output: part } = at(steps)
    for (let n = 0; n < part.data.length; n++) {
      const [i, j, k] = [n % 5, Math.floor(n / 5) % 6, Math.floor(n / 30)]
      expect(part.data[n]).toBe(all.data[i + 1 + 8 * (j + 2 + 10 * (k + 3))])
    }
  })

  test('does not where nearest is asked for, nor for label maps', () => {
    const label = volume({ ...image, data: Uint8Array.from(image.data, (x) => (x > 0 ? 3 : 0)), kind: 'label' })
    expect(at([shrink(true)], label).output).toEqual(at([shrink(false)], label).output)
    const near = { interpolation: 'nearest' } as const
    expect(at([shrink(true, near)]).output).toEqual(at([shrink(false, near)]).output)
    expect(at([shrink(true)]).output).not.toEqual(at([shrink(false)]).output)
  })

  test('smooths what comes back to the same voxels, too', () => {
    const back = gridStep(() => ({ shape: image.shape, affine: image.affine }))
    // Where the coarser grid reaches.
    const inner = ({ data }: Volume) =>
      data.filter((_, n) => n % 20 < 16 && Math.floor(n / 20) % 24 < 20 && n < 14 * 480)
    expect(inner(at([shrink(false), back]).output)).toEqual(inner(image))
    expect(inner(at([shrink(true), back]).output)).not.toEqual(inner(image))
  })
})
