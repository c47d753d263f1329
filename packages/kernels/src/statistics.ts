import { withMemory } from './instance.ts'
import { blockLength, type Voxels, type Where, whereCode } from './voxels.ts'

/** What the finite ones of some voxels amount to; of none, `min`, `max`, `mean` and `std` are NaN. */
export interface Statistics {
  /** How many voxels counted. */
  readonly count: number
  /** How many more were selected, but are NaN or infinite. */
  readonly nonFinite: number
  readonly min: number
  readonly max: number
  readonly mean: number
  /** Root of the mean squared deviation (ddof 0). */
  readonly std: number
}

/**
 * Minimum, maximum, mean and standard deviation of an array's finite voxels, of all of them or of those selected.
 *
 * In float64, whatever the type. The deviations are taken from a running mean, so a mean far above the deviation costs no accuracy.
 */
export function statistics(data: Voxels, select: Where | 'all' = 'all'): Statistics {
  const wide = data instanceof Float64Array || data instanceof Int32Array || data instanceof Uint32Array
  const width = wide ? 8 : 4
  return withMemory(64 + (width + 1) * blockLength, (kernels, buffer, base) => {
    const summary = new Float64Array(buffer, base, 6)
    const values = wide
      ? new Float64Array(buffer, base + 64, blockLength)
      : new Float32Array(buffer, base + 64, blockLength)
    const mask = new Uint8Array(buffer, base + 64 + width * blockLength, blockLength)
    const summarize = wide ? kernels.summarizeFloat64 : kernels.summarizeFloat32
    summary.set([0, 0, Infinity, -Infinity, 0, 0])
    for (let start = 0; start < data.length; start += blockLength) {
      const end = Math.min(start + blockLength, data.length)
      values.set(data.subarray(start, end))
      if (typeof select !== 'string') mask.set(select.subarray(start, end))
      summarize(summary.byteOffset, values.byteOffset, end - start, whereCode(select), mask.byteOffset)
    }
    const [count, nonFinite, min, max, mean, squares] = summary as unknown as readonly [
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    if (count === 0) return { count, nonFinite, min: NaN, max: NaN, mean: NaN, std: NaN }
    // Rounding can leave a sum of squares just below 0.
    return { count, nonFinite, min, max, mean, std: Math.sqrt(Math.max(0, squares) / count) }
  })
}
