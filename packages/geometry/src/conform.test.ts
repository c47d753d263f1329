import { orientationOf, run, spacingOf, transformPoint, volume } from '@voxaug/core'
import { asymmetricSubject, obliqueGrid } from '@voxaug/core/testing'
import { expect, test } from 'vitest'
import { Conform } from './index.ts'

test('by hand: middle voxels ⌊(n − 1) / 2⌋ stay together, on an axis-aligned grid', () => {
  const image = volume({
    data: Int16Array.from({ length: 60 }, (_, n) => n),
    shape: [3, 4, 5],
    affine: [-2, 0, 0, 7, 0, 1, 0, -3, 0, 0, 3, 4, 0, 0, 0, 1],
  })
  const { output } = run(Conform({ shape: [4, 4, 4], spacingMm: 1, fill: -1 }), image, { seed: 1 })
  // Index 1 of 3 at x = 5 becomes index 1 of 4, index 1 of 4 at y = −2 index 1 of 4, index 2 of 5 at z = 10 index 1 of 4.
  expect(output.affine).toEqual([1, 0, 0, 4, 0, 1, 0, -3, 0, 0, 1, 9, 0, 0, 0, 1])
  expect(output.data[1 + 4 * (1 + 4 * 1)]).toBe(image.data[1 + 3 * (1 + 4 * 2)])
})

test('it has the shape, spacing and orientation asked for, and keeps its obliqueness', () => {
  const grid = obliqueGrid()
  const image = volume({ ...grid, data: new Uint8Array(20 * 24 * 18) })
  const options = { shape: [17, 18, 19], spacingMm: [1.1, 1.2, 1.3], orientation: 'LIA' } as const
  const { output } = run(Conform(options), image, { seed: 1 })
  expect(output.shape).toEqual([17, 18, 19])
  expect(spacingOf(output.affine).map((s) => Math.round(1e9 * s) / 1e9)).toEqual([1.1, 1.2, 1.3])
  expect(orientationOf(output.affine)).toBe('LIA')
  // The middle voxel of 20, turned round along x: number 20 − 1 − ⌊19 / 2⌋ before.
  const middle = transformPoint(output.affine, [8, 8, 9])
  for (const axis of [0, 1, 2] as const)
    expect(middle[axis]).toBeCloseTo(transformPoint(grid.affine, [10, 11, 9])[axis], 9)
})

test('all entries have one grid, whatever theirs was', () => {
  const { output } = run(Conform({ shape: [20, 20, 20], spacingMm: 1.5 }), asymmetricSubject(), { seed: 1 })
  expect(output.label.shape).toEqual([20, 20, 20])
  expect(output.label.affine).toEqual(output.image.affine)
  expect(output.label.dtype).toBe('uint8')
})

test('256³ voxels of 1 mm, RAS, unless told', () => {
  const image = volume({ data: new Uint8Array(1), shape: [1, 1, 1], spacingMm: [1, 1, 1] })
  const { output } = run(Conform(), image, { seed: 1, compute: false })
  expect([output.shape, spacingOf(output.affine), orientationOf(output.affine)]).toEqual([
    [256, 256, 256],
    [1, 1, 1],
    'RAS',
  ])
})

test('an orientation that is none is refused', () => {
  expect(() => Conform({ orientation: 'RAR' })).toThrowErrorMatchingInlineSnapshot(
    `[VoxaugError: geometry/Conform: orientation must be three letters of L or R, A or P, and I or S, such as 'RAS', got "RAR".]`,
  )
})
