import { voxelsOf } from '@voxaug/core'

/** The least and the greatest value. */
export const endsOf = ({ data }) => [Math.min, Math.max].map((of) => data.reduce((a, b) => of(a, b)))

/** Least value, mean, standard deviation and greatest value, over all voxels or those of a label map that are not 0. */
export function numbersOf(image, label) {
  const values = Array.from(image.data).filter((_, n) => label?.data[n % voxelsOf(label.shape)] !== 0)
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length
  const std = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length)
  const [least, most] = endsOf({ data: values })
  return [least, mean, std, most].map((x) => x.toFixed(3).replace(/^-(0\.000)$/, '$1'))
}
