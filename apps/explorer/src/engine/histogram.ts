import type { Volume } from '@voxaug/core'
import { statistics } from '@voxaug/kernels'

/** How often values occur. */
export interface Histogram {
  readonly min: number
  readonly max: number
  /** Voxels in each of equal steps from min to max. */
  readonly counts: Uint32Array
}

const bins = 128

/** The histogram of a view's finite voxels; undefined where there are none. */
export function histogramOf({ data }: Volume): Histogram | undefined {
  const { count, min, max } = statistics(data)
  if (count === 0) return undefined
  const counts = new Uint32Array(bins)
  const scale = max > min ? bins / (max - min) : 0
  for (let n = 0; n < data.length; n++) {
    const bin = (data[n]! - min) * scale
    if (bin >= 0 && bin < Infinity) counts[bin < bins ? bin | 0 : bins - 1]!++
  }
  return { min, max, counts }
}
