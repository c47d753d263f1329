import type { Volume } from '@voxaug/core'
import { indexAlong, type PanelGeometry } from './view.ts'
import { channelOf, greyOf, type Window } from './window.ts'

/**
 * The greys of one slice at `width` × `height` pixels, from the top left, as whole numbers from 0 to 255.
 *
 * Interpolated by a cubic that passes through the voxels, so that an enlarged volume shows neither squares nor diamonds;
 * widened where a pixel covers several voxels. Voxels become greys first, so that one far outside the window does not bleed.
 */
export function greySlice(
  volume: Volume,
  { across, up, through }: PanelGeometry,
  slice: number,
  window: Window,
  channel: number,
  width: number,
  height: number,
): Uint8ClampedArray {
  const data = channelOf(volume, channel)
  const strides = [1, volume.shape[0], volume.shape[0] * volume.shape[1]] as const
  const start = indexAlong(through, slice) * strides[through.axis]
  const columns = taps(across.voxels, width)
  const rows = taps(up.voxels, height)

  const wide = new Float64Array(width * up.voxels)
  const greys = new Float64Array(across.voxels)
  for (let v = 0; v < up.voxels; v++) {
    // The panel's first row is its top: the last voxel upwards.
    const row = start + indexAlong(up, up.voxels - 1 - v) * strides[up.axis]
    for (let u = 0; u < across.voxels; u++) {
      greys[u] = greyOf(data[row + indexAlong(across, u) * strides[across.axis]]!, window)
    }
    for (let x = 0; x < width; x++) {
      const { first, weights } = columns[x]!
      let sum = 0
      for (let n = 0; n < weights.length; n++) sum += weights[n]! * greys[first + n]!
      wide[v * width + x] = sum
    }
  }

  const out = new Uint8ClampedArray(width * height)
  for (let y = 0; y < height; y++) {
    const { first, weights } = rows[y]!
    for (let x = 0; x < width; x++) {
      let sum = 0
      for (let n = 0; n < weights.length; n++) sum += weights[n]! * wide[(first + n) * width + x]!
      out[y * width + x] = sum
    }
  }
  return out
}

/** For each pixel of a row: the voxels it is made of and their weights, whose sum is 1. */
interface Taps {
  readonly first: number
  readonly weights: readonly number[]
}

/** Pixel p lies at voxel (p + ½) · voxels / pixels − ½; the kernel is as wide as a voxel, or as a pixel where that is wider. */
function taps(voxels: number, pixels: number): Taps[] {
  const step = voxels / pixels
  const scale = Math.max(1, step)
  return Array.from({ length: pixels }, (_, pixel) => {
    const center = (pixel + 0.5) * step - 0.5
    const first = Math.max(0, Math.ceil(center - 2 * scale))
    const last = Math.min(voxels - 1, Math.floor(center + 2 * scale))
    const raw = Array.from({ length: last - first + 1 }, (_, n) => cubic(Math.abs(first + n - center) / scale))
    const sum = raw.reduce((a, b) => a + b, 0)
    return { first, weights: raw.map((weight) => weight / sum) }
  })
}

/** Keys' cubic convolution kernel, a = −½ (Catmull and Rom's), at a distance below 2. */
function cubic(t: number): number {
  return t < 1 ? (1.5 * t - 2.5) * t * t + 1 : ((2.5 - 0.5 * t) * t - 4) * t + 2
}
