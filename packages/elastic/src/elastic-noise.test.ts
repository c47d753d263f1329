import { type Grid, pendingOf, run, type Trace, type Vec3, volume } from '@voxaug/core'
import { obliqueGrid } from '@voxaug/core/testing'
import { displacementAt, type FieldPart, type LatticePart } from '@voxaug/spatial'
import { describe, expect, test } from 'vitest'
import { ElasticNoise } from './elastic-noise.ts'
import { fullNoise } from './full-noise.ts'
import { latticeNoise } from './lattice-noise.ts'

const straight: Grid = { shape: [40, 36, 32], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] }
const noise = (seed: number, alpha = 1, std: Vec3 = [7, 6.5, 6]) =>
  ({ alpha, std, inVoxels: false, stream: [seed, 99, 0, 0] }) as const

/** What some seeds have on average: products of displacements at places along the frame's middle, a lag apart. */
function covariances(
  make: (seed: number) => LatticePart | FieldPart,
  places: readonly Vec3[],
  lags: readonly number[],
): number[] {
  const sums = lags.map(() => 0)
  const seeds = 160
  for (let seed = 0; seed < seeds; seed++) {
    const part = make(seed)
    for (const p of places) {
      const here = displacementAt(part, p)
      for (const [n, lag] of lags.entries()) {
        const there = displacementAt(part, [p[0] + lag, p[1], p[2]])
        for (const axis of [0, 1, 2] as const) sums[n]! += (here[axis] * there[axis]) / (3 * seeds * places.length)
      }
    }
  }
  return sums
}

describe('the lattice', () => {
  const places: readonly Vec3[] = [
    [14, 18, 16],
    [17.3, 16.2, 14.7],
    [20, 20, 18],
  ]
  // Of white noise of variance ⅓ a voxel: Π (2 √π σ)⁻¹, and exp(−lag² / 4σ²) of it at a distance.
  const variance = 1 / 3 / (8 * Math.PI ** 1.5 * 7 * 6.5 * 6)
  const lags = [0, 3, 7, 12]
  const wanted = lags.map((lag) => variance * Math.exp((-lag * lag) / (4 * 49)))

  test.each([
    ['has', (seed: number) => latticeNoise(straight, noise(seed))[0] as LatticePart],
    ['as the dense field has', (seed: number) => fullNoise(straight, noise(seed))[0] as FieldPart],
  ])('%s the variance and correlation of smoothed noise', (_, make) => {
    // 160 draws of three components at three places that are near one another: deviations of 7 %, to four of them.
    for (const [n, got] of covariances(make, places, lags).entries()) {
      expect(Math.abs(got - wanted[n]!)).toBeLessThan(0.28 * variance)
    }
  })

  test('has components that know nothing of each other', () => {
    let [same, cross] = [0, 0]
    for (let seed = 0; seed < 160; seed++) {
      const [x, y, z] = displacementAt(latticeNoise(straight, noise(seed))[0] as LatticePart, [18, 17, 15])
      same += x * x + y * y + z * z
      cross += x * y + y * z + z * x
    }
    expect(Math.abs(cross / same)).toBeLessThan(0.2)
  })

  test('fades beyond the frame, as noise that ends there does', () => {
    const at = (x: number) =>
      covariances((seed) => latticeNoise(straight, noise(seed))[0] as LatticePart, [[x, 18, 16]], [0])[0]!
    const middle = at(18)
    // At an outer face half of the noise is missing.
    expect(at(-0.5) / middle).toBeGreaterThan(0.3)
    expect(at(-0.5) / middle).toBeLessThan(0.7)
    expect(at(-60)).toBe(0)
  })
})

describe('the dense field', () => {
  test('is alpha times smoothed noise in [−1, 1], whatever the frame’s axes, in mm', () => {
    const grid = obliqueGrid([9, 8, 7])
    const [one] = fullNoise(grid, noise(3, 1, [0, 0, 0])) as [FieldPart]
    const [ten] = fullNoise(grid, noise(3, 10, [0, 0, 0])) as [FieldPart]
    expect(Math.max(...one.millimetres)).toBeLessThanOrEqual(1)
    expect(Math.min(...one.millimetres)).toBeLessThan(-0.98)
    for (const [n, x] of one.millimetres.entries()) expect(ten.millimetres[n]).toBeCloseTo(10 * x, 5)
  })
  test('goes along the frame’s voxel axes where it is in voxels', () => {
    const affine = [0, 0, 3, 0, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1]
    const shape = [3, 4, 5] as const
    const [mm] = fullNoise({ shape, affine }, noise(3, 1, [0, 0, 0])) as [FieldPart]
    const [voxels] = fullNoise({ shape, affine }, { ...noise(3, 1, [0, 0, 0]), inVoxels: true }) as [FieldPart]
    for (let n = 0; n < 60; n++) {
      const [i, j, k] = [0, 1, 2].map((axis) => mm.millimetres[n + 60 * axis]!) as [number, number, number]
      expect(voxels.millimetres[n]).toBeCloseTo(3 * k, 6)
      expect(voxels.millimetres[n + 60]).toBeCloseTo(2 * i, 6)
      expect(voxels.millimetres[n + 120]).toBeCloseTo(j, 6)
    }
  })
  test('keeps within the plane of a slice', () => {
    const { shape, affine } = obliqueGrid([20, 24, 1])
    for (const inVoxels of [true, false]) {
      const [part] = fullNoise({ shape, affine }, { ...noise(1, 50, [3, 3, 0]), inVoxels }) as [FieldPart]
      const normal = [affine[2]!, affine[6]!, affine[10]!]
      for (let n = 0; n < 480; n++) {
        const across = normal.reduce((sum, x, axis) => sum + x * part.millimetres[n + 480 * axis]!, 0)
        expect(Math.abs(across)).toBeLessThan(1e-5)
      }
    }
  })
})

describe('ElasticNoise', () => {
  const image = volume({ ...obliqueGrid(), data: Int16Array.from({ length: 8640 }, (_, n) => n % 97) })
  const stepOf = (options: Parameters<typeof ElasticNoise>[0], seed = 1): Trace['steps'][0] =>
    run(ElasticNoise(options), image, { seed, compute: false }).trace.steps[0]!

  test('draws amounts and a stream, no field: the trace stays small', () => {
    const { params } = stepOf({ alpha: [20, 40], sigmaMm: [3, 9] })
    expect(Object.keys(params)).toEqual(['alpha', 'sigmaMm', 'noise', 'stream'])
    expect(new Set(params['sigmaMm'] as readonly number[]).size).toBe(1)
  })
  test('an alpha of 0 leaves the very object', () => {
    expect(run(ElasticNoise({ alpha: 0, sigmaVoxels: 8 }), image, { seed: 1 }).output).toBe(image)
  })
  test('is dense where a sigma is below 6 voxels', () => {
    const dense = (options: Parameters<typeof ElasticNoise>[0]) =>
      run(ElasticNoise(options), image, { seed: 1 }).output.data
    const fine = { alpha: 9, sigmaVoxels: [5.9, 8, 8] } as const
    expect(dense(fine)).toEqual(dense({ ...fine, noise: 'full' }))
    const coarse = { alpha: 200, sigmaVoxels: [6, 8, 8] } as const
    expect(dense(coarse)).not.toEqual(dense({ ...coarse, noise: 'full' }))
  })
  test('sigma in mm, divided by the spacing, is sigma in voxels', () => {
    const straightImage = volume({ data: image.data, shape: image.shape, spacingMm: [2, 1, 0.5] })
    const at = (options: Parameters<typeof ElasticNoise>[0]) =>
      run(ElasticNoise({ ...options, noise: 'full', interpolation: 'nearest' }), straightImage, {
        seed: 1,
        compute: false,
      })
    const [mm, voxels] = [at({ alpha: 9, sigmaMm: 4 }), at({ alpha: 9, sigmaVoxels: [2, 4, 8] })].map(
      ({ output }) => (pendingOf(output) as unknown as { moves: [{ warp: [FieldPart] }] }).moves[0].warp[0].millimetres,
    )
    // The same noise, in mm and in voxels of 2, 1 and 0.5 mm.
    for (let n = 0; n < 8640; n += 11) {
      for (const [axis, s] of [2, 1, 0.5].entries()) {
        expect(voxels![n + 8640 * axis]).toBeCloseTo(s * mm![n + 8640 * axis]!, 6)
      }
    }
  })
  test('is refused without a sigma, or with two', () => {
    expect(() => ElasticNoise({ alpha: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: elastic/ElasticNoise: exactly one of sigmaMm, sigmaVoxels must be given, got none.]`,
    )
    expect(() => ElasticNoise({ alpha: 1, sigmaMm: 1, sigmaVoxels: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: elastic/ElasticNoise: exactly one of sigmaMm, sigmaVoxels must be given, got sigmaMm and sigmaVoxels.]`,
    )
    expect(() => ElasticNoise({ alpha: -1, sigmaMm: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: elastic/ElasticNoise: alpha must be a number or [min, max] with min ≤ max, from 0 to 1000000, got -1.]`,
    )
  })
})

test('a sigma far above the frame’s size costs no more, and is as the dense field is', () => {
  const places: readonly Vec3[] = [
    [14, 18, 16],
    [20, 20, 18],
  ]
  const wide = (seed: number) => noise(seed, 1, [60, 70, 80])
  const [lattice] = covariances((seed) => latticeNoise(straight, wide(seed))[0] as LatticePart, places, [0])
  const [dense] = covariances((seed) => fullNoise(straight, wide(seed))[0] as FieldPart, places, [0])
  // 160 draws of three components that are much the same all over: deviations of 9 % each, to four of them.
  expect(Math.abs(lattice! / dense! - 1)).toBeLessThan(0.5)
  const image = volume({ data: new Int16Array(1320).fill(3), shape: [10, 11, 12] })
  const { output } = run(ElasticNoise({ alpha: 1, sigmaVoxels: 1e4 }), image, { seed: 1 })
  expect(new Set(output.data)).toEqual(new Set([3]))
})
