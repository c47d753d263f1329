import { points, run, type Vec3, volume } from '@voxaug/core'
import { obliqueGrid } from '@voxaug/core/testing'
import { describe, expect, test } from 'vitest'
import { Shift } from './index.ts'

const grid = obliqueGrid([4, 5, 6])
const image = volume({ ...grid, data: Int16Array.from({ length: 120 }, (_, n) => n + 1) })
type Options = Parameters<typeof Shift>[0]
const shifted = (options: Options) => run(Shift({ fill: 0, ...options }), image, { seed: 1 }).output

describe('along the frame’s voxel axes', () => {
  test('by voxels: whole ones are copied, towards larger indices', () => {
    const { data, dtype } = shifted({ voxels: [1, -2, 3] })
    expect(dtype).toBe('int16')
    for (let n = 0; n < 120; n++) {
      const [i, j, k] = [(n % 4) - 1, (Math.floor(n / 4) % 5) + 2, Math.floor(n / 20) - 3]
      expect(data[n]).toBe(i < 0 || j > 4 || k < 0 ? 0 : 1 + i + 4 * (j + 5 * k))
    }
  })
  test('by a fraction of the frame’s size', () => {
    expect(shifted({ fraction: [0.25, -0.4, 0.5] }).data).toEqual(shifted({ voxels: [1, -2, 3] }).data)
  })
  test('by parts of a voxel, between its voxels', () => {
    // 0.75 · 1 + 0.25 · 2, one voxel to the left.
    expect(shifted({ voxels: [-0.25, 0, 0] }).data[0]).toBe(1.25)
  })
})

test('by mm it goes along the world’s axes', () => {
  const { output } = run(Shift({ mm: [1.5, -2, 0.25] }), { image, p: points([[1, 2, 3]]) }, { seed: 1 })
  expect(output.p.positions).toEqual([[2.5, 0, 3.25]])
  const straight = volume({
    data: Int16Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
    shape: [3, 2, 2],
    spacingMm: [2, 1, 1],
  })
  expect([...run(Shift({ mm: [2, 0, 0] }), straight).output.data].slice(0, 6)).toEqual([1, 1, 2, 1, 4, 5])
})

test('one range is drawn anew for each axis', () => {
  const { params } = run(Shift({ fraction: [-0.2, 0.2] }), image, { seed: 1, compute: false }).trace.steps[0]!
  expect(new Set(params['fraction'] as unknown as Vec3).size).toBe(3)
})

test('in a plane, what leaves it is dropped', () => {
  const slice = volume({ data: Int16Array.from({ length: 20 }, (_, n) => n), shape: [4, 5, 1], spacingMm: [1, 1, 1] })
  for (const options of [{ voxels: [0, 0, 5] }, { mm: [0, 0, 5] }, { fraction: [0, 0, 0.5] }] as const)
    expect(run(Shift(options), slice).output).toBe(slice)
})

describe('is refused:', () => {
  test('no amount, or two', () => {
    expect(() => Shift({} as never)).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/Shift: exactly one of fraction, voxels, mm must be given, got none.]`,
    )
    expect(() => Shift({ mm: 1, voxels: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/Shift: exactly one of fraction, voxels, mm must be given, got voxels and mm.]`,
    )
  })
  test('more than the frame', () =>
    expect(() => Shift({ fraction: 40 })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/Shift: fraction must be a number, [min, max] with min ≤ max, or three of these, from -1 to 1, got 40.]`,
    ))
})
