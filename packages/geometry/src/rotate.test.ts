import { inverse, multiply, points, run, transformPoint, type Vec3, type Volume, volume } from '@voxaug/core'
import { obliqueGrid, smoothNoise } from '@voxaug/core/testing'
import { describe, expect, test } from 'vitest'
import { Affine, Rotate } from './index.ts'

const isotropic = (shape: Vec3) =>
  volume({
    data: Int16Array.from({ length: shape[0] * shape[1] * shape[2] }, (_, n) => n),
    shape,
    spacingMm: [2, 2, 2],
  })
type Options = Parameters<typeof Rotate>[0]
const drawn = (options: Options, seed: number, on: Volume) =>
  run(Rotate(options), on, { seed, compute: false }).trace.steps[0]!.params['degrees'] as unknown as Vec3

test('by hand: 90° about z takes what is in front to the left, bit for bit', () => {
  const image = isotropic([3, 3, 2])
  const { output } = run(Rotate({ degrees: [0, 0, 90] }), image)
  expect(output.dtype).toBe('int16')
  // Right-handed: +x goes to +y, so that out(i, j) = in(j, 2 − i).
  for (let n = 0; n < 18; n++) {
    const [i, j, k] = [n % 3, Math.floor(n / 3) % 3, Math.floor(n / 9)]
    expect(output.data[n]).toBe(image.data[j + 3 * (2 - i + 3 * k)])
  }
  const { output: moved } = run(Rotate({ degrees: [0, 0, 90] }), { image, p: points([[1, 0, 0]]) })
  expect(moved.p.positions).toEqual([[0, 1, 0]])
})

test('it is Affine’s rotation, so rigid in mm on anisotropic and oblique voxels', () => {
  const image = smoothNoise(obliqueGrid(), 1)
  const degrees = [12, -7, 25] as const
  expect(run(Rotate({ degrees }), image).output).toEqual(run(Affine({ rotationDegrees: degrees }), image).output)
})

describe('axes', () => {
  const image = isotropic([4, 5, 6])
  test('all turn by angles of their own, unless told', () => {
    const angles = drawn({ degrees: [-30, 30] }, 1, image)
    expect(new Set(angles).size).toBe(3)
  })
  test('or one, each as likely, by its own range', () => {
    const counts = [0, 0, 0]
    for (let seed = 0; seed < 300; seed++) {
      const angles = drawn(
        {
          degrees: [
            [1, 2],
            [3, 4],
            [5, 6],
          ],
          axes: 'one',
        },
        seed,
        image,
      )
      const turned = angles.flatMap((angle, axis) => (angle === 0 ? [] : [axis]))
      expect(turned).toHaveLength(1)
      counts[turned[0]!]!++
      expect(Math.floor(angles[turned[0]!]!)).toBeOneOf([2 * turned[0]! + 1, 2 * turned[0]! + 2])
    }
    for (const count of counts) expect(count).toBeGreaterThan(70)
  })
  test('in a plane the only one is across it', () => {
    const slice = volume({ data: new Uint8Array(20), shape: [4, 1, 5], spacingMm: [1, 1, 1] })
    for (let seed = 0; seed < 6; seed++) expect(drawn({ degrees: 10, axes: 'one' }, seed, slice)).toEqual([0, 10, 0])
  })
})

describe('expand', () => {
  const turned = (degrees: Vec3, on: Volume) => run(Rotate({ degrees, expand: true, fill: -1 }), on).output

  test('by 90° swaps the sides, and loses no voxel', () => {
    const image = isotropic([3, 4, 5])
    const output = turned([90, 0, 0], image)
    expect(output.shape).toEqual([3, 5, 4])
    expect(output.dtype).toBe('int16')
    expect([...output.data].sort((a, b) => a - b)).toEqual([...image.data])
  })
  test('by 45° grows to the diagonal: ⌊n √2 + ½⌋ about the same centre', () => {
    const image = isotropic([10, 10, 3])
    const output = turned([0, 0, 45], image)
    expect(output.shape).toEqual([14, 14, 3])
    const center = (of: Volume) => transformPoint(of.affine, of.shape.map((n) => (n - 1) / 2) as unknown as Vec3)
    for (const axis of [0, 1, 2] as const) expect(center(output)[axis]).toBeCloseTo(center(image)[axis], 10)
  })
  test('holds each corner of each entry, to half a voxel, whatever its grid', () => {
    const image = smoothNoise(obliqueGrid(), 2)
    const label = volume({
      ...obliqueGrid([9, 8, 7], [2, 3, 2.5], [-8, -17, 9]),
      data: new Uint8Array(504).fill(3),
      kind: 'label',
    })
    const corners = points(
      [0, 1, 2, 3, 4, 5, 6, 7].map((n) =>
        transformPoint(
          label.affine,
          label.shape.map((m, axis) => (n & (1 << axis) ? m - 0.5 : -0.5)) as unknown as Vec3,
        ),
      ),
    )
    const { output } = run(Rotate({ degrees: [20, -30, 40], expand: true }), { image, label, corners })
    const toIndex = inverse(output.label.affine)
    for (const p of output.corners.positions) {
      for (const [axis, x] of transformPoint(toIndex, p).entries()) {
        expect(x).toBeGreaterThanOrEqual(-1.0001)
        expect(x).toBeLessThanOrEqual(output.label.shape[axis]! + 0.0001)
      }
    }
    // The directions of the axes stay.
    const map = multiply(inverse(label.affine), output.label.affine)
    expect([0, 1, 2, 4, 5, 6, 8, 9, 10].map((n) => Math.round(1e9 * map[n]!) / 1e9 + 0)).toEqual([
      1, 0, 0, 0, 1, 0, 0, 0, 1,
    ])
  })
  test('of no turn leaves the very object', () => {
    const image = isotropic([3, 4, 5])
    expect(turned([0, 0, 0], image)).toBe(image)
  })
})
