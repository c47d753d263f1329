import { type Volume, voxelsOf } from '@voxaug/core'
import { percentiles } from './order-statistics.ts'

/** The values that are shown black and white. */
export type Window = readonly [black: number, white: number]

/** The voxels of one channel, as a view. */
export function channelOf(volume: Volume, channel: number): Volume['data'] {
  const voxels = voxelsOf(volume.shape)
  return volume.data.subarray(channel * voxels, (channel + 1) * voxels)
}

/**
 * The window between two percentiles of a channel's finite voxels; between their least and greatest value where those
 * percentiles are equal, as in a mask. A channel without finite voxels gets 0 to 1.
 */
export function windowOf(volume: Volume, channel: number, percents: readonly [number, number]): Window {
  const data = channelOf(volume, channel)
  const inner = percentiles(data, percents)
  if (!inner) return [0, 1]
  const [black, white] = inner[0] === inner[1] ? percentiles(data, [0, 100])! : inner
  return [black!, white!]
}

/**
 * The grey of a value in a window, 0 to 255, not rounded. NaN is black, an infinity is the end that it lies beyond; where
 * the window is one value wide, that value is mid-grey.
 */
export function greyOf(value: number, [black, white]: Window): number {
  if (Number.isNaN(value)) return 0
  if (value === black && value === white) return 128
  if (value <= black) return 0
  if (value >= white) return 255
  // Halves, so that a window as wide as float64 does not overflow.
  return (255 * (value / 2 - black / 2)) / (white / 2 - black / 2)
}
