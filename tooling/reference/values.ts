import type { Volume } from '@voxaug/core'

/** Least value, mean, standard deviation and greatest value of all voxels. */
export function valuesOf({ data }: Volume): readonly [least: number, mean: number, std: number, greatest: number] {
  const values = Array.from(data)
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length
  const squares = values.reduce((sum, x) => sum + (x - mean) * (x - mean), 0)
  const [least, greatest] = [Math.min, Math.max].map((of) => values.reduce((a, b) => of(a, b))) as [number, number]
  return [least, mean, Math.sqrt(squares / values.length), greatest]
}

/** The values that are shown black and white: all but the outermost two hundredth. */
export function windowOf({ data }: Volume): readonly [number, number] {
  const sorted = Float64Array.from(data).sort()
  const at = (part: number) => sorted[Math.floor(part * (sorted.length - 1))]!
  return [at(0.005), at(0.995)]
}

/** A number in four digits, as people write it. */
export const rounded = (x: number): string => {
  // A mean of 0 is one to float32's rounding.
  return Math.abs(x) < 1e-6 ? '0' : String(Number(x.toPrecision(4)))
}
