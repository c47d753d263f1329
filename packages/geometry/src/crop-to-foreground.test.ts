import { replay, run, type Vec3, volume } from '@voxaug/core'
import { obliqueGrid } from '@voxaug/core/testing'
import { describe, expect, test } from 'vitest'
import { CropToForeground } from './index.ts'

const grid = obliqueGrid([6, 7, 8])
const at = ([i, j, k]: Vec3) => i + 6 * (j + 7 * k)
const image = (voxels: Readonly<Record<number, number>>, background = 0, channels = 1) => {
  const data = new Int16Array(336 * channels).fill(background)
  for (const [n, value] of Object.entries(voxels)) data[Number(n)] = value
  return volume({ ...grid, data, channels })
}
const scan = image({ [at([1, 5, 2])]: 4, [at([3, 2, 6])]: -9 })
type Options = Parameters<typeof CropToForeground>[0]
const cropped = (options: Options, on = scan) => run(CropToForeground(options), on, { seed: 1 })

test('by hand: from the least to the greatest index that is not 0', () => {
  const { output, trace } = cropped({})
  expect(output.shape).toEqual([3, 4, 5])
  expect(trace.steps[0]!.params).toEqual({ start: [1, 2, 2], shape: [3, 4, 5] })
  expect(output.data[0 + 3 * (3 + 4 * 0)]).toBe(4)
  expect(output.data[2 + 3 * (0 + 4 * 4)]).toBe(-9)
})

test('a margin ends where the frame does', () => {
  expect(cropped({ marginVoxels: 1 }).trace.steps[0]!.params).toEqual({ start: [0, 1, 1], shape: [5, 6, 7] })
  expect(cropped({ marginVoxels: [[0, 9], 0, [3, 0]] }).trace.steps[0]!.params).toEqual({
    start: [1, 2, 0],
    shape: [5, 4, 7],
  })
})

test('above a value, where the background is not 0', () => {
  const ct = image({ [at([2, 3, 4])]: 40, [at([4, 3, 4])]: -500 }, -1000)
  expect(cropped({ above: -600 }, ct).output.shape).toEqual([3, 1, 1])
  expect(cropped({ above: 0 }, ct).output.shape).toEqual([1, 1, 1])
  expect(cropped({ over: 'all' }, ct).output).toBe(ct)
})

test('in any channel', () => {
  const two = image({ [at([1, 1, 1])]: 3, [336 + at([4, 5, 6])]: 2 }, 0, 2)
  expect(cropped({}, two).output.shape).toEqual([4, 5, 6])
})

test('by a label map, on a grid of its own', () => {
  const other = obliqueGrid([12, 14, 16], [0.65, 0.5, 0.85])
  const data = new Uint8Array(12 * 14 * 16)
  for (const [i, j, k] of [
    [4, 6, 8],
    [7, 9, 11],
  ] as const)
    data[i + 12 * (j + 14 * k)] = 2
  const label = volume({ ...other, data, kind: 'label' })
  const { output, trace } = run(CropToForeground({ over: { label: 'label' } }), { image: scan, label }, { seed: 1 })
  // Voxels of half the size, whose first centre is the frame's: 3.5 to 7.5 are frame voxels 1.75 to 3.75, 2.75 to 4.75 and so on.
  expect(trace.steps[0]!.params).toEqual({ start: [2, 3, 4], shape: [3, 3, 3] })
  expect(output.label.data.some((x) => x === 2)).toBe(true)
})

test('a replay keeps the very box, as far as another frame has it', () => {
  const { trace } = cropped({})
  const smaller = volume({ ...obliqueGrid([3, 7, 8]), data: new Int16Array(168) })
  expect(replay(trace, smaller).output.shape).toEqual([2, 4, 5])
})

describe('is refused:', () => {
  test('no foreground', () =>
    expect(() => cropped({}, image({}))).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/CropToForeground: there is no foreground to crop to.]`,
    ))
  test('a label map that there is not', () =>
    expect(() => cropped({ over: { label: 'brain' } })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/CropToForeground: there must be a label map named "brain"; there are image.]`,
    ))
  test('a value and a label map', () =>
    expect(() => CropToForeground({ above: 1, over: { label: 'brain' } })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/CropToForeground: above goes by the image, and over by a label map; give one.]`,
    ))
  test('a box that misses an entry', () => {
    const far = volume({
      data: new Uint8Array(1),
      shape: [1, 1, 1],
      affine: [1, 0, 0, 900, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
    })
    expect(() => run(CropToForeground(), { image: scan, far })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/CropToForeground: the foreground's box must overlap every entry; it misses one of [1, 1, 1] voxels.]`,
    )
  })
})
