import { points, run, type Vec3, volume } from '@voxaug/core'
import { obliqueGrid, smoothNoise } from '@voxaug/core/testing'
import { expect, test } from 'vitest'
import { Affine, Scale } from './index.ts'

const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
/** Four rows alike, so that no axis is one voxel thick. */
const line = [0, 10, 20, 30, 40]
const row = volume({ data: Float32Array.of(...line, ...line, ...line, ...line), shape: [5, 2, 2], affine: identity })
const scaled = (options: Parameters<typeof Scale>[0]) => [...run(Scale(options), row).output.data].slice(0, 5)

test('by hand: twice as large about the centre', () => {
  expect(scaled({ factor: [2, 1, 1] })).toEqual([10, 15, 20, 25, 30])
})

test('from the first voxel on, as the article’s affine_transform with diag(1 / factor)', () => {
  expect(scaled({ factor: [2, 1, 1], anchor: 'corner' })).toEqual([0, 5, 10, 15, 20])
  expect(scaled({ factor: [0.5, 1, 1], anchor: 'corner', fill: -1 })).toEqual([0, 20, 40, -1, -1])
})

test('about the centre it is Affine’s scale', () => {
  const image = smoothNoise(obliqueGrid(), 1)
  for (const factor of [1.2, [0.8, 1.1, 1.3] as const]) {
    expect(run(Scale({ factor }), image).output).toEqual(run(Affine({ scale: factor }), image).output)
  }
})

test('the corner stays, and other points go away from it', () => {
  const image = volume({
    data: new Uint8Array(60),
    shape: [3, 4, 5],
    affine: [2, 0, 0, 10, 0, 3, 0, 20, 0, 0, 1, 30, 0, 0, 0, 1],
  })
  const given = points([
    [10, 20, 30],
    [11, 22, 33],
  ])
  const { output } = run(Scale({ factor: [2, 3, 0.5], anchor: 'corner' }), { image, given })
  expect(output.given.positions).toEqual([
    [10, 20, 30],
    [12, 26, 31.5],
  ])
})

test('one range is drawn once for all axes, three each for itself', () => {
  const factors = (factor: Parameters<typeof Scale>[0]) =>
    run(Scale(factor), row, { seed: 4, compute: false }).trace.steps[0]!.params['factor'] as unknown as Vec3
  expect(new Set(factors({ factor: [0.5, 2] })).size).toBe(1)
  expect(
    new Set(
      factors({
        factor: [
          [0.5, 2],
          [0.5, 2],
          [0.5, 2],
        ],
      }),
    ).size,
  ).toBe(3)
})

test('in a plane, what leaves it is dropped', () => {
  const slice = volume({ data: Float32Array.from({ length: 25 }, (_, n) => n), shape: [5, 5, 1], spacingMm: [1, 1, 1] })
  const { output } = run(Scale({ factor: [1, 1, 3] }), slice)
  expect(output).toBe(slice)
})

test.each([0, -1, Number.NaN, [1.2, 0.8]])('a factor of %s is refused', (factor) => {
  expect(() => Scale({ factor: factor as number })).toThrow(
    'geometry/Scale: factor must be a number, [min, max] with min ≤ max, or three of these',
  )
})
