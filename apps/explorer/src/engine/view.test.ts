import {
  type Affine,
  inverse,
  orientationOf,
  type Shape,
  spacingOf,
  transformPoint,
  type Vec3,
  type Volume,
  volume,
  voxelsOf,
} from '@voxaug/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { onGridOf, onlyWithin, reducedShape, viewOf } from './view.ts'

// Voxel axes that run to the back, down and to the left, tilted: no two entries can be mixed up.
const oblique: Affine = [-0.2, 0.1, -3, 40, -2, 0.3, 0.4, 50, 0.1, -4, 0.5, 60, 0, 0, 0, 1]

const shape: Shape = [3, 4, 5]
const two = volume({
  data: Float32Array.from({ length: 120 }, (_, n) => n * n - 7),
  shape,
  affine: oblique,
  channels: 2,
})

/** Where each voxel of a volume is, with its value. */
const placed = ({ data, shape: [nx, ny, nz], affine }: Volume, channel = 0) =>
  Array.from({ length: nx * ny * nz }, (_, n) => {
    const index: Vec3 = [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))]
    return { mm: transformPoint(affine, index), value: data[n + channel * nx * ny * nz]! }
  })

describe('a view', () => {
  test('is the channel that was asked for, RAS, each value where it was in the world', () => {
    for (const channel of [0, 1]) {
      const view = viewOf(two, channel)
      expect([orientationOf(view.affine), view.channels, view.shape]).toEqual(['RAS', 1, [5, 3, 4]])
      const toIndex = inverse(oblique)
      for (const { mm, value } of placed(view)) {
        const index = transformPoint(toIndex, mm)
        const [i, j, k] = index.map(Math.round) as [number, number, number]
        for (const [axis, x] of [i, j, k].entries()) expect(index[axis]).toBeCloseTo(x, 9)
        expect(value).toBe(two.data[i + 3 * (j + 4 * k) + 60 * channel])
      }
    }
  })

  test('of what is RAS has the same voxels and grid', () => {
    const affine: Affine = [2, 0, 0.1, -3, 0, 3, 0, -5, -0.1, 0, 4, 7, 0, 0, 0, 1]
    const one = volume({ data: Int16Array.from({ length: 60 }, (_, n) => n - 30), shape, affine })
    const view = viewOf(one, 0)
    expect([view.data, view.affine, view.dtype]).toEqual([one.data, affine, 'int16'])
  })

  test('of labels has labels', () => {
    const label = volume({
      data: Uint8Array.from({ length: 60 }, (_, n) => n % 7),
      shape,
      affine: oblique,
      kind: 'label',
    })
    const view = viewOf(label, 0)
    expect(view.kind).toBe('label')
    expect([...view.data].sort()).toEqual([...label.data].sort())
  })

  test('of what is too long is smaller, and spans the same part of the world', () => {
    const affine: Affine = [-0.5, 0, 0, 3, 0, 2, 0, 5, 0, 0, 4, 7, 0, 0, 0, 1]
    const long = volume({ data: Float32Array.from({ length: 6180 }, (_, n) => n % 1030), shape: [1030, 2, 3], affine })
    const view = viewOf(long, 0)
    expect([view.shape, orientationOf(view.affine), spacingOf(view.affine)]).toEqual([[515, 2, 3], 'RAS', [1, 2, 4]])
    // The outer faces of the first and the last voxels: from 3.25 mm down to 3.25 − 515 mm.
    const [low, high] = [transformPoint(view.affine, [-0.5, 0, 0])[0], transformPoint(view.affine, [514.5, 0, 0])[0]]
    expect([low, high]).toEqual([expect.closeTo(-511.75, 6), expect.closeTo(3.25, 6)])
  })

  test('of labels that are too long has labels that were there', () => {
    const data = Uint8Array.from({ length: 6180 }, (_, n) => (n % 1030 < 515 ? 2 : 9))
    const view = viewOf(volume({ data, shape: [1030, 3, 2], kind: 'label' }), 0)
    expect([view.kind, view.shape, [...new Set(view.data)].sort()]).toEqual(['label', [515, 3, 2], [2, 9]])
  })
})

describe('a shape that is shown', () => {
  test('is the very same where it is small enough', () => {
    for (const small of [
      [3, 4, 5],
      [1024, 2, 1],
      [271, 271, 272],
    ] as const)
      expect(reducedShape(small)).toBe(small)
  })

  test('has its longest sides halved, rounded up, until it is small enough', () => {
    expect(reducedShape([1025, 3, 2])).toEqual([513, 3, 2])
    expect(reducedShape([300, 301, 302])).toEqual([300, 301, 151])
    expect(reducedShape([1500, 2001, 8])).toEqual([750, 1001, 8])
    expect(reducedShape([512, 512, 2100])).toEqual([256, 256, 263])
  })

  test('has at most 20 million voxels and 1024 along a side, and is no smaller than it has to be', () => {
    const side = fc.integer({ min: 1, max: 5000 })
    const isShown = (one: Shape) => voxelsOf(one) <= 20_000_000 && Math.max(...one) <= 1024
    fc.assert(
      fc.property(fc.tuple(side, side, side), (whole) => {
        const small = reducedShape(whole)
        expect(isShown(small)).toBe(true)
        for (const [axis, n] of small.entries()) {
          const times = Math.log2(whole[axis]! / n)
          expect(n).toBe(Math.ceil(whole[axis]! / 2 ** Math.round(times)))
          expect(n).toBeGreaterThanOrEqual(1)
        }
        // No side was halved that was not the longest then: what was halved is at least half of the others.
        const halved = small.filter((n, axis) => n < whole[axis]!)
        for (const n of halved) expect(2 * n + 1).toBeGreaterThanOrEqual(Math.max(...small))
      }),
    )
  })
})

describe('on the grid of another', () => {
  const affine: Affine = [2, 0, 0, -1, 0, 3, 0, -2, 0, 0, 4, -3, 0, 0, 0, 1]
  const grid = volume({ data: new Float32Array(60), shape, affine })
  const further: Affine = [2, 0, 0, 1, 0, 3, 0, -2, 0, 0, 4, 1, 0, 0, 0, 1]

  test('a volume that is there already stays the same object', () => {
    const one = volume({ data: Float32Array.from({ length: 60 }, (_, n) => n), shape, affine: [...affine] })
    expect(onGridOf(grid, one)).toBe(one)
  })

  test('each voxel is where it was, and beyond the edges is the least value', () => {
    const one = volume({ data: Float32Array.from({ length: 60 }, (_, n) => 100 - n), shape, affine: further })
    const moved = onGridOf(grid, one)
    expect([moved.shape, moved.affine]).toEqual([shape, affine])
    // One voxel farther along the first axis and the last.
    const value = (i: number, j: number, k: number) => moved.data[i + 3 * (j + 4 * k)]
    expect(value(0, 1, 2)).toBe(100 - 59)
    expect(value(1, 2, 0)).toBe(100 - 59)
    expect(value(1, 2, 3)).toBe(100 - (0 + 3 * (2 + 4 * 2)))
    expect(value(2, 0, 4)).toBe(100 - (1 + 3 * (0 + 4 * 3)))
  })

  test('labels stay labels, and beyond the edges is 0', () => {
    const data = Uint8Array.from({ length: 60 }, (_, n) => 1 + n)
    const moved = onGridOf(grid, volume({ data, shape, affine: further, kind: 'label' }))
    expect(moved.kind).toBe('label')
    expect(moved.data[0]).toBe(0)
    expect(moved.data[1 + 3 * (2 + 4 * 3)]).toBe(data[0 + 3 * (2 + 4 * 2)])
  })

  test('a volume of another shape gets the grid’s', () => {
    const one = volume({ data: new Int16Array(2 * 3 * 7), shape: [2, 3, 7], affine: further })
    expect(onGridOf(grid, one).shape).toEqual(shape)
  })
})

describe('onlyWithin', () => {
  const plain = volume({ data: Float32Array.from({ length: 60 }, (_, n) => n + 1), shape, spacingMm: [2, 3, 4] })

  test('a view on its own grid stays the same object', () => {
    expect(onlyWithin(plain, plain)).toBe(plain)
  })

  test('on a larger grid there is NaN beyond the edges, and the values within', () => {
    // The voxels 1 … 2, 0 … 2 and 2 … 4 of the whole.
    const affine = plain.affine.with(3, plain.affine[3]! + 2).with(11, plain.affine[11]! + 8)
    const part = volume({ data: Float32Array.from({ length: 18 }, (_, n) => n + 100), shape: [2, 3, 3], affine })
    const shown = onlyWithin(part, onGridOf(plain, part))
    const expected = Float32Array.from({ length: 60 }, (_, n) => {
      const [i, j, k] = [(n % 3) - 1, Math.floor(n / 3) % 4, Math.floor(n / 12) - 2]
      return i >= 0 && j < 3 && k >= 0 ? 100 + i + 2 * (j + 3 * k) : Number.NaN
    })
    expect(shown.data).toEqual(expected)
    expect(shown.shape).toEqual(plain.shape)
  })
})
