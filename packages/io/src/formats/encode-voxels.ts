import { arrayOf, type DType, type Volume, VoxaugError } from '@voxaug/core'
import { breather } from '../breathe.ts'
import { castVoxels } from '../cast.ts'
import { checkDtype, checkVolumeLike, type EncodedFile } from '../encode.ts'
import { hostIsLittleEndian, swapBytes } from '../voxels.ts'

/** A label map's type in a format that does not have it: one that holds more. */
const wider: Partial<Record<DType, DType>> = { int8: 'int16', uint32: 'int32', float64: 'float32' }

/** Voxels in the type and byte order to write. */
export interface EncodedVoxels extends EncodedFile {
  readonly dtype: DType
  readonly littleEndian: boolean
}

/**
 * A volume's voxels as a file has them, channels last.
 *
 * @param held the types that the format has
 * @param littleEndian this machine's order unless given
 * @throws VoxaugError `invalid-volume`, `invalid-option`, and, while they are made, `out-of-range`
 */
export function encodeVoxels(
  volume: Volume,
  dtype: DType | undefined,
  { format, held }: { readonly format: string; readonly held: readonly DType[] },
  littleEndian = hostIsLittleEndian(),
): EncodedVoxels {
  checkVolumeLike(volume)
  if (dtype !== undefined) {
    checkDtype(dtype)
    if (!held.includes(dtype))
      throw new VoxaugError('invalid-option', `dtype must be one of ${held.join(', ')} in ${format}, got ${dtype}.`, {
        option: 'dtype',
        received: dtype,
      })
  }
  const { data, kind, shape } = volume
  const own = kind === 'label' ? volume.dtype : 'float32'
  const written = dtype ?? (held.includes(own) ? own : (wider[own] ?? 'float32'))
  const Voxels = arrayOf(written)
  const width = Voxels.BYTES_PER_ELEMENT
  const voxels = data.length

  async function* parts(bytes: number) {
    const breathe = breather()
    for (let start = 0; start < voxels; ) {
      await breathe()
      if (data.length !== voxels)
        throw new VoxaugError('invalid-volume', `data must stay while it is written, got ${data.length} voxels.`, {
          received: data.length,
        })
      const part = new Voxels(Math.min(Math.ceil(bytes / width), voxels - start))
      castVoxels({ data, kind, shape }, part, written, { start })
      start += part.length
      const stored = new Uint8Array(part.buffer)
      if (littleEndian !== hostIsLittleEndian()) swapBytes(stored, width)
      yield stored
    }
  }

  return { dtype: written, littleEndian, byteLength: voxels * width, parts }
}
