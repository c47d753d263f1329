import { type Grid, inverse, run, spacingOf, transformPoint, type Vec3, type Volume, volume } from '@voxaug/core'
import { obliqueGrid, smoothNoise, worldRamp } from '@voxaug/core/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Resize } from './index.ts'

const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
const row = volume({ data: Float32Array.of(0, 10, 20, 30), shape: [4, 1, 1], affine: identity })
type Options = Parameters<typeof Resize>[0]
const resized = (options: Options, on: Volume = row): Volume => run(Resize(options), on, { seed: 1 }).output

describe('by hand', () => {
  test('edges: two voxels to one each, halfway between, the outer ones as they are', () => {
    const { data, affine } = resized({ shape: [8, null, null] })
    expect([...data]).toEqual([0, 2.5, 7.5, 12.5, 17.5, 22.5, 27.5, 30])
    expect([affine[0], affine[3]]).toEqual([0.5, -0.25])
  })
  test('corners: the outer voxels keep their centres', () => {
    const { data, affine } = resized({ shape: [7, null, null], align: 'corners' })
    expect([...data]).toEqual([0, 5, 10, 15, 20, 25, 30])
    expect([affine[0], affine[3]]).toEqual([0.5, 0])
  })
  test('shrinking without smoothing samples; with it, it smooths first', () => {
    expect([...resized({ factor: [0.5, 1, 1], antialias: false }).data]).toEqual([5, 25])
    const smooth = resized({ factor: [0.5, 1, 1] }).data
    expect(smooth[0]).toBeGreaterThan(5)
    expect(smooth[1]).toBeLessThan(25)
  })
  test('nearest takes voxels as they are', () => {
    const image = volume({ data: Int16Array.of(-5, 6, 7), shape: [3, 1, 1], affine: identity })
    const { data } = resized({ factor: [2, 1, 1], interpolation: 'nearest' }, image)
    // Nearest of ⌊x + ½⌋: places −0.25, 0.25, 0.75 ….
    expect([...data]).toEqual([-5, -5, 6, 6, 7, 7])
  })
})

describe('the number of voxels', () => {
  const shapeAfter = (options: Options, shape: Vec3 = [20, 25, 13]) =>
    run(Resize(options), volume({ data: new Uint8Array(shape[0] * shape[1] * shape[2]), shape, affine: identity }), {
      seed: 1,
      compute: false,
    }).output.shape

  test('is round(n · f), halves to the even one', () => {
    expect(shapeAfter({ factor: 0.5 })).toEqual([10, 12, 6])
    expect(shapeAfter({ factor: [1.5, 0.1, 2] })).toEqual([30, 2, 26])
  })
  test('is the shape, null keeping an axis', () => expect(shapeAfter({ shape: [7, null, 30] })).toEqual([7, 25, 30]))
  test('has the longest side that is asked for, the others in proportion and never none', () => {
    expect(shapeAfter({ longest: 50 })).toEqual([40, 50, 26])
    expect(shapeAfter({ longest: 10 }, [40, 100, 1])).toEqual([4, 10, 1])
  })
  test('is drawn once for all axes, unless three ranges are given', () => {
    for (let seed = 0; seed < 5; seed++) {
      const { params } = run(Resize({ factor: [0.5, 2] }), row, { seed, compute: false }).trace.steps[0]!
      const [x, y, z] = params['factor'] as unknown as Vec3
      expect([y, z]).toEqual([x, x])
    }
  })
})

test('the field of view stays: outer edges with edges, outer centres with corners', () => {
  fc.assert(
    fc.property(
      fc.tuple(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 2, max: 30 }), fc.integer({ min: 2, max: 30 })),
      fc.constantFrom('edges', 'corners'),
      (shape, align) => {
        const grid = obliqueGrid()
        const image = volume({ ...grid, data: new Uint8Array(20 * 24 * 18) })
        const { output } = run(Resize({ shape, align }), image, { seed: 1, compute: false })
        const out = align === 'edges' ? 0.5 : 0
        for (const corner of [0, 1, 2, 4, 7]) {
          const at = (of: Grid) =>
            transformPoint(
              of.affine,
              of.shape.map((n, axis) => (corner & (1 << axis) ? n - 1 + out : -out)) as unknown as Vec3,
            )
          for (const axis of [0, 1, 2] as const) expect(at(output)[axis]).toBeCloseTo(at(image)[axis], 9)
        }
      },
    ),
  )
})

test('what stands where in the world stays there', () => {
  const ramp = worldRamp(obliqueGrid())
  for (const align of ['edges', 'corners'] as const) {
    const output = resized({ factor: [1.3, 0.8, 1.7], align, antialias: false }, ramp)
    const size = output.data.length / 3
    const [nx, ny, nz] = output.shape
    for (let n = 0; n < size; n += 7) {
      const index = [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))] as const
      const p = transformPoint(output.affine, index)
      const before = transformPoint(inverse(ramp.affine), p)
      // Outer voxels' edges clamp.
      if (before.some((x, axis) => x < 0 || x > ramp.shape[axis]! - 1)) continue
      for (const axis of [0, 1, 2] as const)
        expect(Math.abs(output.data[n + axis * size]! - p[axis])).toBeLessThan(4e-4)
    }
    expect([nx, ny, nz]).toEqual([26, 19, 31])
  }
})

test('an entry on another grid has the frame’s factor along its own axes', () => {
  const image = smoothNoise(obliqueGrid([20, 24, 18]), 1)
  const other = volume({ ...obliqueGrid([9, 11, 30], [3, 2, 1]), data: new Uint8Array(2970), kind: 'label' })
  const { output } = run(Resize({ shape: [10, 48, 18] }), { image, other }, { seed: 1 })
  expect(output.other.shape).toEqual([4, 22, 30])
  // 9 · ½ = 4.5 goes to 4, over the same 27 mm.
  expect(spacingOf(output.other.affine).map((s) => Math.round(1e6 * s) / 1e6)).toEqual([6.75, 1, 1])
})

test('an axis of one voxel is aligned by its edges, also with corners', () => {
  const thin = volume({ data: Float32Array.of(1, 2, 3), shape: [3, 1, 1], affine: identity })
  const { data, affine } = resized({ shape: [5, 4, 1], align: 'corners' }, thin)
  expect([affine[0], affine[5], affine[7]]).toEqual([0.5, 0.25, -0.375])
  expect([...data].slice(0, 5)).toEqual([1, 1.5, 2, 2.5, 3])
  expect([...data].slice(15)).toEqual([1, 1.5, 2, 2.5, 3])
})

describe('is refused:', () => {
  const refuse = (options: Options) => expect(() => Resize(options))
  test('none of the three', () =>
    refuse({} as never).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/Resize: exactly one of factor, shape, longest must be given, got none.]`,
    ))
  test('two of them', () =>
    refuse({ factor: 2, longest: 30 }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/Resize: exactly one of factor, shape, longest must be given, got factor and longest.]`,
    ))
  test('a factor of 0', () =>
    refuse({ factor: 0 }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/Resize: factor must be a number, [min, max] with min ≤ max, or three of these, from 0.001 to 1000, got 0.]`,
    ))
  test('a factor that leaves an axis no voxel', () =>
    expect(() => resized({ factor: [0.1, 1, 1] })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/Resize: each axis must keep a voxel; 4 along x would become none.]`,
    ))
  test('more voxels than fit', () =>
    expect(() => resized({ shape: [100_000, 100_000, 100_000] })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/Resize: the grid after the step must have at most 1073741824 voxels, got 100000 × 100000 × 100000.]`,
    ))
})
