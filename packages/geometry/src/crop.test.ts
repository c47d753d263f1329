import { type Grid, inverse, multiply, points, run, transformPoint, type Vec3, type Volume, volume } from '@voxaug/core'
import { asymmetricSubject, contract, obliqueGrid } from '@voxaug/core/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Crop } from './crop.ts'

describe('the contract', () => {
  for (const { name, check } of contract(Crop, {
    options: { shape: [16, 19, 15], at: 'random' },
    random: true,
    bad: [
      { shape: [0, 1, 1] },
      { shape: [1, 1] },
      { shape: [1.5, 1, 1] },
      { shape: [1, 1, 1], at: 'middle' },
      { shape: [1, 1, 1], at: [-1, 0, 0] },
    ],
    slice: { shape: [16, 19, 1], at: 'random' },
  }))
    test(name, check)
})

const numbered = (shape: Vec3) =>
  volume({
    data: Int16Array.from({ length: shape[0] * shape[1] * shape[2] }, (_, n) => n),
    shape,
    affine: obliqueGrid().affine,
  })
const startOf = (image: Volume, crop: Volume): Vec3 =>
  transformPoint(multiply(inverse(image.affine), crop.affine), [0, 0, 0]).map(
    (x) => Math.round(x) + 0,
  ) as unknown as Vec3
const cropped = (options: Parameters<typeof Crop>[0], shape: Vec3 = [5, 6, 8], seed = 1) => {
  const image = numbered(shape)
  const { output } = run(Crop(options), image, { seed })
  return { image, output, start: startOf(image, output) }
}

test('by hand: voxels are copied, and the world stays where it is', () => {
  const { image, output } = cropped({ shape: [2, 3, 1], at: [1, 2, 7] })
  expect(output.shape).toEqual([2, 3, 1])
  expect([...output.data]).toEqual([0, 1, 2].flatMap((j) => [0, 1].map((i) => 1 + i + 5 * (2 + j + 6 * 7))))
  expect(output.dtype).toBe('int16')
  expect(transformPoint(output.affine, [1, 1, 0])).toEqual(
    transformPoint(image.affine, [2, 3, 7]).map((x) => expect.closeTo(x, 10)),
  )
})

describe('where', () => {
  test('the centre is ⌊(n − m) / 2⌋, for odd and even rests', () => {
    expect(cropped({ shape: [2, 3, 4] }).start).toEqual([1, 1, 2])
    expect(cropped({ shape: [4, 4, 3], at: 'center' }).start).toEqual([0, 1, 2])
  })
  test('null keeps an axis whole, wherever the rest lies', () => {
    const { output, start } = cropped({ shape: [null, 2, null], at: 'random' })
    expect(output.shape).toEqual([5, 2, 8])
    expect([start[0], start[2]]).toEqual([0, 0])
  })
  test('random reaches each start, the first and the last as often as others', () => {
    const counts = [0, 0, 0, 0]
    for (let seed = 0; seed < 800; seed++)
      counts[cropped({ shape: [2, 6, 8], at: 'random' }, [5, 6, 8], seed).start[0]]!++
    // 800 / 4, to five standard deviations.
    for (const count of counts) expect(Math.abs(count - 200)).toBeLessThan(61)
  })
  test('is random along each axis on its own', () => {
    const starts = Array.from(
      { length: 60 },
      (_, seed) => cropped({ shape: [2, 3, 4], at: 'random' }, [5, 6, 8], seed).start,
    )
    expect(new Set(starts.map(([x, y]) => `${x} ${y}`)).size).toBeGreaterThan(10)
    expect(new Set(starts.map(([x, , z]) => `${x} ${z}`)).size).toBeGreaterThan(10)
  })
})

test('points and the label map’s values stay as they are', () => {
  const subject = asymmetricSubject()
  const { output } = run(Crop({ shape: [9, 8, 7] }), subject, { seed: 1 })
  expect(output.points).toBe(subject.points)
  expect(output.second.shape).toEqual([9, 8, 7])
})

describe('an entry on another grid', () => {
  test('by hand, keeps those of its voxels that the box touches', () => {
    const image = volume({
      data: new Uint8Array(1000),
      shape: [10, 10, 10],
      affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
    })
    // Voxels of 2 mm, centres at −3, −1, 1 …, those of x backwards from 16.
    const label = volume({
      data: new Uint8Array(1000),
      shape: [10, 10, 10],
      kind: 'label',
      affine: [-2, 0, 0, 16, 0, 2, 0, -3, 0, 0, 2, -3, 0, 0, 0, 1],
    })
    const { output } = run(Crop({ shape: [4, 4, 4], at: [2, 3, 4] }), { image, label }, { seed: 1 })
    // The box: x from 1.5 to 5.5, y from 2.5 to 6.5, z from 3.5 to 7.5.
    expect(output.label.shape).toEqual([3, 3, 3])
    expect(transformPoint(output.label.affine, [0, 0, 0])).toEqual([6, 3, 3])
    expect(transformPoint(output.label.affine, [2, 2, 2])).toEqual([2, 7, 7])
  })

  test('covers the box, and no more than touches it', () => {
    const size = fc.integer({ min: 1, max: 7 })
    fc.assert(
      fc.property(fc.tuple(size, size, size), fc.tuple(size, size, size), (shape, at) => {
        const frame = obliqueGrid([14, 14, 14])
        const other: Grid = obliqueGrid([30, 30, 30], [0.7, 1.2, 0.9], [-14, -22, 4])
        const zeros = ({ shape: [x, y, z], affine }: Grid) =>
          volume({ data: new Uint8Array(x * y * z), shape: [x, y, z], affine })
        const { output } = run(Crop({ shape, at }), { image: zeros(frame), other: zeros(other) }, { seed: 1 })
        // Both grids turn alike, so that the box is one in the other’s indices too.
        const toOther = multiply(inverse(other.affine), frame.affine)
        const low = transformPoint(toOther, at.map((x) => x - 0.5) as unknown as Vec3)
        const high = transformPoint(toOther, at.map((x, axis) => x + shape[axis]! - 0.5) as unknown as Vec3)
        const start = startOf(zeros(other), output.other)
        for (const axis of [0, 1, 2] as const) {
          const [first, last] = [start[axis], start[axis] + output.other.shape[axis] - 1]
          expect(first).toBe(Math.max(0, Math.floor(low[axis] + 0.5 + 1e-3)))
          expect(last).toBe(Math.min(29, Math.ceil(high[axis] - 0.5 - 1e-3)))
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('errors', () => {
  test('a box that leaves the frame', () => {
    expect(() => cropped({ shape: [6, 1, 1] })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/Crop: shape must fit the frame of 5 × 6 × 8 voxels, got 6 × 1 × 1.]`,
    )
    expect(() => cropped({ shape: [6, 1, 1], at: 'random' })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/Crop: shape must fit the frame of 5 × 6 × 8 voxels, got 6 × 1 × 1.]`,
    )
    expect(() => cropped({ shape: [2, 2, 2], at: [4, 0, 0] })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/Crop: shape must fit the frame of 5 × 6 × 8 voxels, got 2 × 2 × 2 at 4, 0, 0.]`,
    )
  })
  test('a box that misses an entry', () => {
    const image = numbered([5, 6, 8])
    const other = volume({
      data: new Uint8Array(8),
      shape: [2, 2, 2],
      affine: [1, 0, 0, 500, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
    })
    expect(() => run(Crop({ shape: [2, 2, 2] }), { image, other }, { seed: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/Crop: the box must overlap every entry; it misses one of 2 × 2 × 2 voxels.]`,
    )
  })
  test('points alone', () => {
    expect(() => run(Crop({ shape: [2, 2, 2] }), points([[0, 0, 0]]), { seed: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/Crop: a subject must have an image or a label map, whose grid spatial steps go by; got points only.]`,
    )
  })
  test('options', () => {
    expect(() => Crop({ shape: [0, 2, 2] })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/Crop: shape must be three whole numbers from 1, null where an axis stays whole, got [0, 2, 2].]`,
    )
    expect(() => Crop({ shape: [2, 2, 2], at: 'middle' as 'random' })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/Crop: at must be 'random' or 'center', or three whole numbers from 0, or {label, odds?}, or {weights}, got "middle".]`,
    )
  })
})
