import { inverse, multiply, sameSpace, transformPoint, type Vec3, type Volume, voxelsOf } from '@voxaug/core'
import { divergingColor } from './diverging.ts'
import { percentiles } from './order-statistics.ts'
import { eachPixel, offsetOf, type PlacedPanel } from './panel.ts'
import type { Pixels } from './pixels.ts'
import { sampler } from './sample.ts'
import { interpolated } from './slice.ts'
import { channelOf } from './window.ts'

/**
 * One channel of an image minus that of a reference, voxel by voxel of the image; NaN where the reference does not reach.
 *
 * A reference on another grid is sampled, linearly, at the same place in the world.
 */
export function differenceOf(image: Volume, reference: Volume, channel: number): Float32Array {
  const [mine, other] = [channelOf(image, channel), channelOf(reference, channel)]
  const out = new Float32Array(voxelsOf(image.shape))
  if (sameSpace(image, reference)) {
    for (let n = 0; n < out.length; n++) out[n] = mine[n]! - other[n]!
    return out
  }
  const sample = sampler(other, reference.shape, 'clamp')
  const toReference = multiply(inverse(reference.affine), image.affine)
  const [nx, ny, nz] = image.shape
  for (let k = 0, n = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++, n++) out[n] = mine[n]! - sample(...transformPoint(toReference, [i, j, k]))
  return out
}

/**
 * The absolute difference that has the strongest colour: a percentile of all, or the greatest where that percentile is 0, as
 * where little changed. 1 where nothing differs, so that all is black.
 */
export function limitOf(difference: Float32Array, percent: number): number {
  const [limit, most] = percentiles(difference.map(Math.abs), [percent, 100]) ?? [0, 0]
  return limit || most || 1
}

/** Paints a difference over a panel of its image. Where it is NaN, what was there stays. */
export function paintDifference(pixels: Pixels, difference: Float32Array, panel: PlacedPanel, limit: number): void {
  const parts = interpolated(panel, (n) => {
    const part = difference[n]! / limit
    return Number.isNaN(part) ? 0 : Math.min(1, Math.max(-1, part))
  })
  const [nx, ny] = panel.frame.shape
  eachPixel(panel, (index, n) => {
    const [i, j, k] = index.map((x) => Math.floor(x + 0.5)) as unknown as Vec3
    if (Number.isNaN(difference[i + nx * (j + ny * k)])) return
    pixels.data.set(divergingColor(parts[n]!), offsetOf(panel, pixels.width, n))
  })
}
