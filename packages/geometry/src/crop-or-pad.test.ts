import { run, transformPoint, type Vec3, volume } from '@voxaug/core'
import { obliqueGrid } from '@voxaug/core/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CropOrPad } from './index.ts'

const numbered = (shape: Vec3) =>
  volume({ ...obliqueGrid(shape), data: Int32Array.from({ length: shape[0] * shape[1] * shape[2] }, (_, n) => n + 1) })

test('to the shape that there is, it leaves the very object', () => {
  const image = numbered([3, 4, 5])
  expect(run(CropOrPad({ shape: [3, 4, 5], at: 'random' }), image, { seed: 1 }).output).toBe(image)
  expect(run(CropOrPad({ shape: [null, 4, null] }), image, { seed: 1 }).output).toBe(image)
})

test('by hand: an axis is cropped, another padded, in the middle', () => {
  const { output } = run(CropOrPad({ shape: [2, 5, 1], fill: 0 }), numbered([5, 2, 1]), { seed: 1 })
  // x from ⌊(5 − 2) / 2⌋ = 1 on; of three voxels more along y two go before.
  expect([...output.data]).toEqual([0, 0, 0, 0, 2, 3, 7, 8, 0, 0])
})

test('random places are each as likely, and what is added before and after is what is missing', () => {
  const counts = new Map<number, number>()
  for (let seed = 0; seed < 400; seed++) {
    const { output } = run(CropOrPad({ shape: [7, 1, 1], at: 'random', fill: 0 }), numbered([4, 1, 1]), { seed })
    const before = output.data.findIndex((x) => x !== 0)
    expect([...output.data].filter((x) => x !== 0)).toEqual([1, 2, 3, 4])
    counts.set(before, (counts.get(before) ?? 0) + 1)
  }
  expect([...counts.keys()].sort()).toEqual([0, 1, 2, 3])
  for (const count of counts.values()) expect(count).toBeGreaterThan(60)
})

test('whatever the shapes: the shape is the one asked for, and world points keep their place', () => {
  const side = fc.integer({ min: 1, max: 9 })
  fc.assert(
    fc.property(fc.tuple(side, side, side), fc.tuple(side, side, side), fc.nat(), (from, to, seed) => {
      const image = numbered(from)
      const { output } = run(CropOrPad({ shape: to, at: 'random', fill: 0 }), image, { seed })
      expect(output.shape).toEqual(to)
      const [nx, ny] = to
      for (const [n, value] of output.data.entries()) {
        if (value === 0) continue
        const [p, q] = [
          transformPoint(output.affine, [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))]),
          transformPoint(image.affine, [
            (value - 1) % from[0],
            Math.floor((value - 1) / from[0]) % from[1],
            Math.floor((value - 1) / (from[0] * from[1])),
          ]),
        ]
        for (const axis of [0, 1, 2] as const) expect(p[axis]).toBeCloseTo(q[axis], 9)
      }
      const kept = from.reduce((product, n, axis) => product * Math.min(n, to[axis]!), 1)
      expect(output.data.filter((x) => x !== 0)).toHaveLength(kept)
    }),
  )
})

describe('is refused:', () => {
  test('no voxel along an axis', () =>
    expect(() => CropOrPad({ shape: [0, 1, 1] })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/CropOrPad: shape must be three whole numbers from 1, null where an axis stays whole, got [0, 1, 1].]`,
    ))
})
