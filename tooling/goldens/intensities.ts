import { run, type Shape, type Volume, volume } from '@voxaug/core'
import { expect } from 'vitest'
import { compare, makeTyped, step, type Typed, valuesOf } from './volumes.ts'

// The other side of intensities.py.

/** What a reference makes of an image's channels. */
export interface Golden {
  readonly transform: string
  readonly options: object
  readonly image: Typed
  readonly shape: readonly number[]
  readonly spacingMm: readonly number[]
  readonly channels: readonly {
    readonly values: readonly number[]
    readonly least: number
    readonly greatest: number
  }[]
}

/** Rows for test.each: what a golden is of, and the golden. */
export const titled = (goldens: readonly unknown[]): readonly (readonly [string, Golden])[] =>
  (goldens as readonly Golden[]).map((golden) => {
    const { image, shape, options } = golden
    return [`${image.dtype}, ${shape.join(' × ')}, ${JSON.stringify(options)}`, golden]
  })

/** The image after a golden's step, beside a label map of regions. */
function after(golden: Golden): Volume {
  const [nx, ny, nz] = golden.shape as unknown as Shape
  const [x, y, z] = golden.spacingMm as unknown as Shape
  const grid = { shape: [nx, ny, nz], affine: [x, 0, 0, -7, 0, y, 0, 3, 0, 0, z, 11, 0, 0, 0, 1] } as const
  const mask = volume({ ...grid, data: Uint8Array.from(valuesOf('label', [nx, ny, nz]), (x) => x % 3), kind: 'label' })
  const image = makeTyped(golden.image, grid, golden.channels.length)
  return run(step(golden), { image, mask }, { seed: 1 }).output.image as Volume
}

/**
 * Expects each channel after a golden's step: its values, and its least and greatest among all voxels. A tolerance goes by these two,
 * and by the range of the image before.
 */
export function expectChannels(
  golden: Golden,
  toleranceOf: (least: number, greatest: number, before: number) => number,
): void {
  const { data, shape, dtype } = after(golden)
  expect(dtype).toBe('float32')
  const size = data.length / golden.channels.length
  expect(size).toBe(golden.shape.reduce((product, n) => product * n, 1))
  for (const [channel, { values, least, greatest }] of golden.channels.entries()) {
    const { compared, worst } = compare({ data, shape }, { values }, channel)
    let [low, high] = [Infinity, -Infinity]
    for (const x of data.subarray(channel * size, (channel + 1) * size)) {
      low = Math.min(low, x)
      high = Math.max(high, x)
    }
    const tolerance = toleranceOf(least, greatest, (golden.image.modulo - 1) * golden.image.factor)
    expect(compared).toBe(values.length)
    for (const off of [worst, Math.abs(low - least), Math.abs(high - greatest)])
      expect(off, `channel ${channel}`).toBeLessThanOrEqual(tolerance)
  }
}

/** By how much a value is rounded to float32, the size of a channel being that of its end furthest from 0. */
export const rounding = (least: number, greatest: number) => 2 ** -24 * Math.max(-least, greatest)
