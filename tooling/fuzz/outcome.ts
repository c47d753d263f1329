import { isVoxaugError, type Volume } from '@voxaug/core'
import { bytesOf, crc32 } from './bytes.ts'

/** What came of reading, in one line: equal lines mean equal bits. */
export function describeVolume({ data, shape, channels, dtype, affine, warnings }: Volume): string {
  const grid = `${shape.join('×')}${channels > 1 ? ` ×${channels}` : ''}`
  const sums = `affine ${sumOf(Float64Array.from(affine))}, voxels ${sumOf(data)}`
  return `read: ${dtype} ${grid}, ${sums}${warnings.map(({ code }) => `, ${code}`).join('')}`
}

export const describeRefusal = (error: unknown): string =>
  isVoxaugError(error) ? `${error.code}: ${error.message}` : `foreign error: ${String(error)}`

export const outcomeOf = (reading: Promise<Volume>): Promise<string> => reading.then(describeVolume, describeRefusal)

/** In the bytes of little-endian machines. */
const sumOf = (values: ArrayBufferView): string => crc32(bytesOf(values)).toString(16).padStart(8, '0')
