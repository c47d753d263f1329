import { run, type Volume, volume } from '@voxaug/core'
import { describe, expect, test } from 'vitest'
import { RescaleIntensity } from './index.ts'

const image = volume({ data: Int16Array.of(-100, 0, 100, 300), shape: [2, 2, 1] })
type Options = Parameters<typeof RescaleIntensity>[0]
const rescaled = (options: Options, on: Volume = image) => [...run(RescaleIntensity(options), on).output.data]

test('by hand: the range becomes 0 to 1, or what is asked for', () => {
  expect(rescaled({})).toEqual([0, 0.25, 0.5, 1])
  expect(rescaled({ to: [-1, 1] })).toEqual([-1, -0.5, 0, 1])
})

test('two given numbers become the ends; beyond, the nearer end, unless it is not to be clipped', () => {
  expect(rescaled({ from: [0, 200], to: [0, 10] })).toEqual([0, 0, 5, 10])
  expect(rescaled({ from: [0, 200], to: [0, 10], clip: false })).toEqual([-5, 0, 5, 15])
})

test('two percentiles become the ends', () => {
  // Of four values the 25th percentile is at position 0.75, the 75th at 2.25: −25 and 150.
  const [low, high] = [-25, 150]
  const wanted = [-100, 0, 100, 300].map((x) => Math.fround(Math.min(1, Math.max(0, (x - low) / (high - low)))))
  expect(rescaled({ from: 'percentiles', percentiles: [25, 75] })).toEqual(wanted)
})

test('statistics are of the voxels that count', () => {
  const subject = { image: volume({ data: Float32Array.of(0, 2, 4, 6), shape: [4, 1, 1] }) }
  expect([...run(RescaleIntensity({ over: 'nonzero', clip: false }), subject).output.image.data]).toEqual([
    -0.5, 0, 0.5, 1,
  ])
  expect([...run(RescaleIntensity({ over: 'nonzero' }), subject).output.image.data]).toEqual([0, 0, 0.5, 1])
})

test('each channel by its own', () => {
  const two = volume({ data: Float32Array.of(1, 2, 3, 100, 300, 200), shape: [3, 1, 1], channels: 2 })
  expect(rescaled({}, two)).toEqual([0, 0.5, 1, 0, 1, 0.5])
})

test('ranges as wide as float32 overflow nowhere', () => {
  const most = 3.4028234663852886e38
  const wide = volume({ data: Float32Array.of(-most, 0, most, 1e-45), shape: [4, 1, 1] })
  expect(rescaled({}, wide)).toEqual([0, 0.5, 1, 0.5])
  expect(rescaled({ to: [-most, most] }, image).every(Number.isFinite)).toBe(true)
})

test('a constant image becomes the least of the range, with a warning; or an error', () => {
  const flat = volume({ data: new Int16Array(4).fill(7), shape: [4, 1, 1] })
  const { output, trace } = run(RescaleIntensity({ to: [-1, 1] }), flat)
  expect([...output.data]).toEqual([-1, -1, -1, -1])
  expect(trace.warnings.map(({ message }) => message)).toEqual([
    'intensity/RescaleIntensity: all voxels counted are 7; they become -1.',
  ])
  expect(() => rescaled({ constant: 'error' }, flat)).toThrowErrorMatchingInlineSnapshot(
    `[VoxaugError: intensity/RescaleIntensity: the voxels that count must not be alike, got 7 for all.]`,
  )
})

test('alike percentiles of an image that is not constant part it in two, with a warning', () => {
  for (const level of [0, 7, -3.25, 2 ** 40]) {
    const data = new Float32Array(2000).fill(level)
    data.set([level + Math.abs(level) / 2 + 5, level - Math.abs(level) / 2 - 5], 77)
    const { output, trace } = run(
      RescaleIntensity({ from: 'percentiles', to: [2, 4] }),
      volume({ data, shape: [20, 10, 10] }),
    )
    expect(output.data.findIndex((x) => x !== 2)).toBe(77)
    expect(output.data.filter((x) => x !== 2)).toEqual(Float32Array.of(4))
    expect(trace.warnings.map(({ code, message }) => [code, message])).toEqual([
      ['no-width', `intensity/RescaleIntensity: both percentiles are ${level}: voxels above become 4, all others 2.`],
    ])
  }
})

test('a range without width to go to is a constant', () => expect(rescaled({ to: [2, 2] })).toEqual([2, 2, 2, 2]))

describe('what is wrong is refused:', () => {
  test('a range that falls, or has no width to come from', () => {
    expect(() => RescaleIntensity({ to: [1, 0] })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: intensity/RescaleIntensity: to must be [min, max] with min ≤ max, got [1, 0].]`,
    )
    expect(() => RescaleIntensity({ from: [3, 3] })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: intensity/RescaleIntensity: from must have a width, got 3 and 3.]`,
    )
    expect(() => RescaleIntensity({ percentiles: [5, 5] })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: intensity/RescaleIntensity: percentiles must be two different ones, got 5 and 5.]`,
    )
  })
  test('NaN, unless it is to be ignored; then it stays', () => {
    const odd = volume({ data: Float32Array.of(1, Number.NaN, 3, -Infinity), shape: [4, 1, 1] })
    expect(() => rescaled({}, odd)).toThrow('the volume must be finite here, got 2 voxels')
    expect(rescaled({ nan: 'ignore' }, odd)).toEqual([0, Number.NaN, 1, 0])
  })
})
