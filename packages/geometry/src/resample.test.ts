import {
  Compose,
  inverse,
  orientationOf,
  run,
  spacingOf,
  transformPoint,
  type Vec3,
  type Volume,
  volume,
} from '@voxaug/core'
import { obliqueGrid, worldRamp } from '@voxaug/core/testing'
import { describe, expect, test } from 'vitest'
import { CropOrPad, Resample } from './index.ts'

const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
const row = volume({ data: Float32Array.of(0, 10, 20, 30), shape: [4, 1, 1], affine: identity })
type Options = Parameters<typeof Resample>[0]
const resampled = (options: Options, on: Volume = row): Volume => run(Resample(options), on, { seed: 1 }).output

describe('along the volume’s own axes', () => {
  test('by hand: n′ = round(n · s / s′), from the first voxel’s outer edge on', () => {
    const { data, affine, shape } = resampled({ spacingMm: [1.5, 1, 1] })
    // 4 / 1.5 = 2.67: three voxels, from −0.5 mm to 4 mm.
    expect(shape).toEqual([3, 1, 1])
    expect([affine[0], affine[3]]).toEqual([1.5, 0.25])
    expect([...data]).toEqual([2.5, 17.5, 30])
  })
  test('there is one voxel at least', () => expect(resampled({ spacingMm: [100, 1, 1] }).shape).toEqual([1, 1, 1]))
  test('directions and the first edge stay, and so does what stands where', () => {
    const ramp = worldRamp(obliqueGrid())
    const output = resampled({ spacingMm: [1, 1.9, 0.8] }, ramp)
    expect(output.shape).toEqual([26, 13, 38])
    expect(spacingOf(output.affine).map((s) => Math.round(1e9 * s) / 1e9)).toEqual([1, 1.9, 0.8])
    const edge = (of: Volume) => transformPoint(of.affine, [-0.5, -0.5, -0.5])
    for (const axis of [0, 1, 2] as const) expect(edge(output)[axis]).toBeCloseTo(edge(ramp)[axis], 10)
    assertInPlace(output, ramp)
  })
})

describe('along the world’s axes', () => {
  test('encloses the corner voxels’ centres, as nibabel’s resample_to_output', () => {
    const ramp = worldRamp(obliqueGrid())
    const output = resampled({ spacingMm: [2, 1.5, 3], axes: 'world', fill: -999 }, ramp)
    expect(orientationOf(output.affine)).toBe('RAS')
    expect(spacingOf(output.affine)).toEqual([2, 1.5, 3])
    const corners = [0, 1, 2, 3, 4, 5, 6, 7].map((n) =>
      transformPoint(ramp.affine, ramp.shape.map((m, axis) => (n & (1 << axis) ? m - 1 : 0)) as unknown as Vec3),
    )
    for (const axis of [0, 1, 2] as const) {
      const along = corners.map((p) => p[axis])
      expect(output.affine[4 * axis + 3]).toBe(Math.min(...along))
      expect(output.shape[axis]).toBe(Math.ceil((Math.max(...along) - Math.min(...along)) / [2, 1.5, 3][axis]!) + 1)
    }
    assertInPlace(output, ramp)
  })
})

test('smooths what gets coarser only where asked', () => {
  const noisy = volume({
    data: Float32Array.from({ length: 40 }, (_, n) => n % 2),
    shape: [40, 1, 1],
    affine: identity,
  })
  const spread = (antialias?: boolean) => {
    const { data } = resampled({ spacingMm: [3, 1, 1], ...(antialias && { antialias }) }, noisy)
    return Math.max(...data) - Math.min(...data)
  }
  expect(spread()).toBe(1)
  expect(spread(true)).toBeLessThan(0.2)
})

test('each volume by its own grid; with CropOrPad after it, a batch has one shape', () => {
  const batch = [obliqueGrid([20, 24, 18], [1.3, 1, 1.7]), obliqueGrid([11, 30, 9], [2, 0.8, 3])].map((grid) =>
    volume({ ...grid, data: new Int16Array(grid.shape[0] * grid.shape[1] * grid.shape[2]) }),
  )
  const steps = Compose([Resample({ spacingMm: 1.2 }), CropOrPad({ shape: [20, 22, 24] })])
  for (const image of batch) {
    const { output, trace } = run(steps, image, { seed: 1 })
    expect(output.shape).toEqual([20, 22, 24])
    expect(trace.passes['image']).toHaveLength(1)
  }
})

describe('is refused:', () => {
  test('a spacing of 0', () =>
    expect(() => Resample({ spacingMm: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/Resample: spacingMm must be a number, [min, max] with min ≤ max, or three of these, from 0.001 to 1000, got 0.]`,
    ))
  test('a spacing that asks for more voxels than fit', () => {
    const large = volume({ data: new Uint8Array(64), shape: [4, 4, 4], spacingMm: [50, 50, 50] })
    expect(() => resampled({ spacingMm: 0.001 }, large)).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/Resample: the grid after the step must have at most 1073741824 voxels, got 200000 × 200000 × 200000.]`,
    )
  })
  test('axes that there are not', () =>
    expect(() => Resample({ spacingMm: 1, axes: 'constructor' as never })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/Resample: axes must be 'own' or 'world', got "constructor".]`,
    ))
})

/** Each voxel that comes from between voxel centres holds its own place in the world. */
function assertInPlace(output: Volume, ramp: Volume): void {
  const size = output.data.length / 3
  const [nx, ny] = output.shape
  let compared = 0
  for (let n = 0; n < size; n += 3) {
    const p = transformPoint(output.affine, [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))])
    const before = transformPoint(inverse(ramp.affine), p)
    if (before.some((x, axis) => x < 0 || x > ramp.shape[axis]! - 1)) continue
    compared++
    for (const axis of [0, 1, 2] as const) expect(Math.abs(output.data[n + axis * size]! - p[axis])).toBeLessThan(4e-4)
  }
  expect(compared).toBeGreaterThan(300)
}
