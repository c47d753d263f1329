import { type Volume, volume } from '@voxaug/core'
import { percentiles } from '@voxaug/kernels'

/** One view minus another on the same grid. */
export function differenceOf(view: Volume, reference: Volume): Volume {
  const data = new Float32Array(view.data.length)
  for (let n = 0; n < data.length; n++) data[n] = view.data[n]! - reference.data[n]!
  return volume({ ...view, data })
}

/** The absolute difference that has the strongest colour: the 99th percentile, or the greatest where that is 0; 1 where nothing differs. */
export function limitOf({ data }: Volume): number {
  const { values } = percentiles(Float32Array.from(data, Math.abs), [99, 100])
  return values[0]! || values[1]! || 1
}
