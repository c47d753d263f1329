import { type Affine, Compose, run, type Shape, type Subject, transformPoint, type Volume, volume } from '@voxaug/core'
import { DisplacementField, ElasticDeformation } from '@voxaug/elastic'
import { deformationOf } from '@voxaug/figure'
import { Affine as AffineStep, Crop } from '@voxaug/geometry'
import { Gamma } from '@voxaug/intensity'
import { expect, test } from 'vitest'
import { sparseDeformation } from './deformation.ts'

const affine: Affine = [0.3, 2, 0, -10, -3, 0.1, 0.2, 20, 0, 0.4, 4, -30, 0, 0, 0, 1]
/** An image and its label map, with an even and two odd sides. */
function subjectOf(shape: Shape = [9, 6, 5]): Subject {
  const size = shape[0] * shape[1] * shape[2]
  const image = volume({ data: Float32Array.from({ length: size }, (_, n) => (n * 7) % 101), shape, affine })
  const label = volume({ data: Uint8Array.from({ length: size }, (_, n) => n % 3), shape, affine, kind: 'label' })
  return { image, label }
}

const both = Compose([
  AffineStep({ rotationDegrees: [0, 0, 20], scale: [0.8, 0.9], translationMm: [3, -2, 1] }),
  ElasticDeformation({ maxDisplacementMm: 3 }),
  Gamma(),
])

test('a deformation is every second voxel of the figure’s along each axis, bit for bit', () => {
  const subject = subjectOf()
  const { trace } = run(both, subject, { seed: 3, compute: false })
  const whole = deformationOf(trace)
  const sparse = sparseDeformation(trace, subject)!
  expect(sparse.shape).toEqual([5, 3, 3])
  const [nx, ny, nz] = whole.shape
  let [n, different] = [0, 0]
  for (let channel = 0; channel < 3; channel++)
    for (let k = 0; k < nz; k += 2)
      for (let j = 0; j < ny; j += 2)
        for (let i = 0; i < nx; i += 2, n++)
          if (!Object.is(sparse.data[n], whole.data[i + nx * (j + ny * (k + nz * channel))])) different++
  expect([n, different, sparse.data.length]).toEqual([135, 0, 135])
  expect(sparse.data.some(Number.isFinite)).toBe(true)
})

test('its map takes a place of the world to an index of these', () => {
  const subject = subjectOf()
  const { trace } = run(both, subject, { seed: 3, compute: false })
  const index = transformPoint(sparseDeformation(trace, subject)!.toIndex, transformPoint(affine, [2, 4, 6]))
  for (const [axis, n] of [1, 2, 3].entries()) expect(index[axis]).toBeCloseTo(n, 12)
})

test('without a step there is none', () => {
  const subject = subjectOf()
  expect(sparseDeformation(run(Compose([]), subject, { seed: 3 }).trace, subject)).toBeUndefined()
})

test('of steps that leave space alone it is where each voxel is', () => {
  const subject = subjectOf()
  const { shape, data } = sparseDeformation(run(Gamma(), subject, { seed: 3 }).trace, subject)!
  const size = shape[0] * shape[1] * shape[2]
  const n = 4 + shape[0] * (2 + shape[1] * 1)
  expect([data[n], data[n + size], data[n + 2 * size]]).toEqual(transformPoint(affine, [8, 4, 2]).map(Math.fround))
})

test('it lies on the grid after the run', () => {
  const subject = subjectOf()
  const { output, trace } = run(Crop({ shape: [4, 5, 3] }), subject, { seed: 3 })
  const { shape, toIndex } = sparseDeformation(trace, subject)!
  expect(shape).toEqual([2, 3, 2])
  const after = (output['image'] as Volume).affine
  const index = transformPoint(toIndex, transformPoint(after, [2, 4, 0]))
  for (const [axis, n] of [1, 2, 0].entries()) expect(index[axis]).toBeCloseTo(n, 12)
  expect(after).not.toEqual(affine)
})

test('a field of displacements among the entries is read', () => {
  const { image, label } = subjectOf()
  const { shape } = image as Volume
  const field = volume({
    data: Float32Array.from({ length: 3 * 270 }, (_, n) => [2, 0, -1][Math.floor(n / 270)]!),
    shape,
    affine,
    channels: 3,
  })
  const subject = { image: image!, label: label!, field }
  const { trace } = run(DisplacementField({ entry: 'field' }), subject, { seed: 3 })
  const { data } = sparseDeformation(trace, subject)!
  const [x, y, z] = transformPoint(affine, [4, 2, 2])
  const n = 2 + 5 * (1 + 3 * 1)
  const moved = [data[n]! - x, data[n + 45]! - y, data[n + 90]! - z]
  for (const [axis, mm] of [2, 0, -1].entries()) expect(moved[axis]).toBeCloseTo(mm, 4)
})
