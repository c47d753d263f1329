import { run, type Subject, type Volume, volume } from '@voxaug/core'
import { describe, expect, test } from 'vitest'
import { ClipPercentile } from './index.ts'

const image = volume({ data: Int16Array.of(0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 0), shape: [3, 4, 1] })
type Options = Parameters<typeof ClipPercentile>[0]
const clipped = (options: Options, on: Volume = image) => [...run(ClipPercentile(options), on).output.data]

test('from 0 to 100 nothing changes', () => expect(clipped({ lower: 0, upper: 100 })).toEqual([...image.data]))

test('by hand: at position (n − 1) · q / 100 among the sorted voxels, between its neighbours', () => {
  // Of 0 0 10 20 … 100: position 11 · 0.2 = 2.2 is 12, position 11 · 0.75 = 8.25 is 72.5.
  expect(clipped({ lower: 20, upper: 75 })).toEqual([12, 12, 20, 30, 40, 50, 60, 70, 72.5, 72.5, 72.5, 12])
})

test('over those that are not 0, or where a label map is not 0', () => {
  expect(clipped({ lower: 50, upper: 100, over: 'nonzero' }).slice(0, 6)).toEqual([55, 55, 55, 55, 55, 55])
  const seg = volume({ data: Uint8Array.of(0, 0, 1, 2, 1, 0, 0, 0, 0, 0, 0, 0), shape: [3, 4, 1], kind: 'label' })
  const subject: Subject = { image, seg }
  const data = (options: Options) => [...(run(ClipPercentile(options), subject).output['image'] as Volume).data]
  expect(data({ lower: 0, upper: 50, over: { label: 'seg' } })).toEqual([20, 20, 20, ...new Array(8).fill(30), 20])
  const changed = { lower: 0, upper: 50, over: { label: 'seg' }, applyTo: 'selection' } as const
  expect(data(changed)).toEqual([0, 10, 20, 30, 30, 50, 60, 70, 80, 90, 100, 0])
  expect(data({ ...changed, applyTo: 'nonzero' })).toEqual([0, 20, 20, ...new Array(8).fill(30), 0])
})

test('each channel by its own', () => {
  const two = volume({ data: Float32Array.of(1, 2, 3, 100, 300, 200), shape: [3, 1, 1], channels: 2 })
  expect(clipped({ lower: 0, upper: 50 }, two)).toEqual([1, 2, 2, 100, 200, 200])
})

describe('what is wrong:', () => {
  const odd = volume({ data: Float32Array.of(1, Number.NaN, 3, Infinity), shape: [4, 1, 1] })
  const zeros = volume({ data: new Float32Array(4), shape: [4, 1, 1] })

  test('lower not below upper, or beyond 0 to 100', () => {
    expect(() => ClipPercentile({ lower: 50, upper: 50 })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: intensity/ClipPercentile: lower must be below upper, got 50 and 50.]`,
    )
    expect(() => ClipPercentile({ lower: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: intensity/ClipPercentile: lower must be a number from 0 to 100, got -1.]`,
    )
  })
  test('NaN and infinite voxels are an error, or are left out of the count and stay', () => {
    expect(() => clipped({}, odd)).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: intensity/ClipPercentile: the volume must be finite here, got 2 voxels that are NaN or infinite.]`,
    )
    expect(clipped({ lower: 0, upper: 50, nan: 'ignore' }, odd)).toEqual([1, Number.NaN, 2, 2])
  })
  test('nothing that counts is an error, or leaves the channel as it is with a warning', () => {
    expect(() => clipped({ over: 'nonzero' }, zeros)).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: intensity/ClipPercentile: there are no voxels to take statistics over: the selection is empty.]`,
    )
    const { output, trace } = run(ClipPercentile({ over: 'nonzero', empty: 'skip' }), zeros)
    expect(output.data).toEqual(zeros.data)
    expect(trace.warnings).toEqual([
      {
        code: 'empty-mask',
        message: 'intensity/ClipPercentile: there are no voxels to take statistics over; the channel is left as it is.',
        path: '',
      },
    ])
  })
})
