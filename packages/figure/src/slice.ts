import type { Volume } from '@voxaug/core'
import { offsetOf, type Panel, type PlacedPanel } from './panel.ts'
import type { Pixels } from './pixels.ts'
import { indexAlong } from './view.ts'
import { channelOf, greyOf, type Window } from './window.ts'

/** Paints one channel of a panel's frame in grey. */
export function paintGreys(pixels: Pixels, volume: Volume, panel: PlacedPanel, window: Window, channel: number): void {
  const data = channelOf(volume, channel)
  // Voxels become greys first, so that one far outside the window does not bleed.
  const greys = Uint8ClampedArray.from(interpolated(panel, (n) => greyOf(data[n]!, window)))
  greys.forEach((grey, n) => {
    const at = offsetOf(panel, pixels.width, n)
    pixels.data.fill(grey, at, at + 3)
  })
}

/**
 * What the voxels of a panel's frame have, at its pixels, from the top left; `valueAt` gives it by a voxel's place in memory.
 *
 * Interpolated by a cubic that passes through the voxels, so that an enlarged volume shows neither squares nor diamonds;
 * widened where a pixel covers several voxels.
 */
export function interpolated(
  { frame, geometry, slice, width, height }: Panel,
  valueAt: (n: number) => number,
): Float64Array {
  const { shape } = frame
  const { across, up, through } = geometry
  const strides = [1, shape[0], shape[0] * shape[1]] as const
  const start = indexAlong(through, slice) * strides[through.axis]
  const columns = taps(across.voxels, width)
  const rows = taps(up.voxels, height)

  const wide = new Float64Array(width * up.voxels)
  const values = new Float64Array(across.voxels)
  for (let v = 0; v < up.voxels; v++) {
    // The panel's first row is its top: the last voxel upwards.
    const row = start + indexAlong(up, up.voxels - 1 - v) * strides[up.axis]
    for (let u = 0; u < across.voxels; u++) values[u] = valueAt(row + indexAlong(across, u) * strides[across.axis])
    for (let x = 0; x < width; x++) {
      const { first, weights } = columns[x]!
      let sum = 0
      for (let n = 0; n < weights.length; n++) sum += weights[n]! * values[first + n]!
      wide[v * width + x] = sum
    }
  }

  const out = new Float64Array(width * height)
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
