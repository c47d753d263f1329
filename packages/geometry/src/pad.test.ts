import { inverse, invert, multiply, run, transformPoint, type Volume, volume } from '@voxaug/core'
import { asymmetricSubject, obliqueGrid } from '@voxaug/core/testing'
import { describe, expect, test } from 'vitest'
import { Pad } from './index.ts'

const image = volume({ ...obliqueGrid([3, 2, 1]), data: Int16Array.of(1, 2, 3, 4, 5, 6) })
type Options = Parameters<typeof Pad>[0]
const padded = (options: Options, on: Volume = image): Volume => run(Pad(options), on, { seed: 1 }).output

test('no voxels leave the very object', () => expect(padded({ voxels: 0 })).toBe(image))

test('by hand: before and after, and the world stays where it is', () => {
  const output = padded({ voxels: [[1, 2], 0, [0, 1]], fill: 9 })
  expect(output.shape).toEqual([6, 2, 2])
  expect(output.dtype).toBe('int16')
  expect([...output.data]).toEqual([9, 1, 2, 3, 9, 9, 9, 4, 5, 6, 9, 9, ...new Array(12).fill(9)])
  const corner = transformPoint(output.affine, [1, 0, 0])
  for (const axis of [0, 1, 2] as const) expect(corner[axis]).toBeCloseTo(image.affine[4 * axis + 3]!, 12)
})

test('the minimum stands there unless told; the mean, or a fraction, makes float32 of whole numbers', () => {
  expect([...padded({ voxels: [[1, 0], 0, 0] }).data]).toEqual([1, 1, 2, 3, 1, 4, 5, 6])
  const mean = padded({ voxels: [[1, 0], 0, 0], fill: 'mean' })
  expect([mean.dtype, ...mean.data]).toEqual(['float32', 3.5, 1, 2, 3, 3.5, 4, 5, 6])
})

test('by an extension, as often as it takes', () => {
  const line = volume({ data: Uint8Array.of(1, 2, 3), shape: [3, 1, 1], spacingMm: [1, 1, 1] })
  const along = (fill: 'edge' | 'reflect' | 'mirror' | 'wrap') => [
    ...padded({ voxels: [[4, 5], 0, 0], fill }, line).data,
  ]
  expect(along('edge')).toEqual([1, 1, 1, 1, 1, 2, 3, 3, 3, 3, 3, 3])
  expect(along('reflect')).toEqual([3, 3, 2, 1, 1, 2, 3, 3, 2, 1, 1, 2])
  expect(along('mirror')).toEqual([1, 2, 3, 2, 1, 2, 3, 2, 1, 2, 3, 2])
  expect(along('wrap')).toEqual([3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2])
})

test('an entry on another grid is continued over the same box in the world', () => {
  const subject = asymmetricSubject()
  const { output } = run(Pad({ voxels: [2, 3, 4], labelFill: 9 }), subject, { seed: 1 })
  expect(output.image.shape).toEqual([24, 30, 26])
  const toLabel = multiply(inverse(output.label.affine), output.image.affine)
  for (const axis of [0, 1, 2] as const) {
    const along = [0, 1, 2, 3, 4, 5, 6, 7].map(
      (n) => transformPoint(toLabel, [n & 1 ? 23.5 : -0.5, n & 2 ? 29.5 : -0.5, n & 4 ? 25.5 : -0.5])[axis],
    )
    // Its first and last voxel reach the box, and hold its ends.
    expect(Math.min(...along)).toBeGreaterThanOrEqual(-0.501)
    expect(Math.min(...along)).toBeLessThan(0.5)
    expect(Math.max(...along)).toBeLessThanOrEqual(output.label.shape[axis] - 0.499)
    expect(Math.max(...along)).toBeGreaterThan(output.label.shape[axis] - 1.5)
  }
  expect(output.label.data.some((label) => label === 9)).toBe(true)
})

test('it comes back byte for byte', () => {
  const subject = asymmetricSubject()
  const { output, trace } = run(Pad({ voxels: [[1, 2], [3, 0], 2], fill: 'reflect' }), subject, { seed: 1 })
  const back = invert(trace, output).output
  for (const name of ['image', 'second'] as const) {
    expect(back[name].data).toEqual(subject[name].data)
    expect(back[name].shape).toEqual(subject[name].shape)
  }
})

describe('is refused:', () => {
  test('fewer than no voxels', () =>
    expect(() => Pad({ voxels: [[1, -1], 0, 0] })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/Pad: voxels must be a whole number from 0, or three of these or [before, after], got [[1, -1], 0, 0].]`,
    ))
  test('an unknown mode', () =>
    expect(() => Pad({ voxels: 1, fill: 'symmetric' as never })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/Pad: fill must be 'minimum', 'mean', 'edge', 'reflect', 'mirror' or 'wrap', or a number from -3.4028234663852886e+38 to 3.4028234663852886e+38, got "symmetric".]`,
    ))
  test('a label that its type does not hold', () => {
    const label = volume({ data: Uint8Array.of(1), shape: [1, 1, 1], spacingMm: [1, 1, 1], kind: 'label' })
    expect(() => padded({ voxels: 1, labelFill: 256 }, label)).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/Pad: labelFill must be a number that uint8 holds, as label has it, got 256.]`,
    )
  })
  test('more voxels than fit', () =>
    expect(() => padded({ voxels: 1e6 })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/Pad: the grid after the step must have at most 1073741824 voxels, got 2000003 × 2000002 × 2000001.]`,
    ))
})
