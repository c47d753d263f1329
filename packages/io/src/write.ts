import { type DType, type Volume, VoxaugError } from '@voxaug/core'
import { encodeNifti } from './encode.ts'

/** How to write. */
export interface WriteNiftiOptions {
  /** The type to store: float32 for images and a label map's own type unless given. */
  readonly dtype?: DType
  /** Whether to compress, true unless given. The level is the platform's own. */
  readonly gzip?: boolean
}

/**
 * A volume as the bytes of a `.nii.gz` file, or with `gzip: false` a `.nii` file, NIfTI-1.
 *
 * The affine goes into the sform as float32 and, where a rotation can say it, into the qform; both get code 2. Integer types
 * get ⌊x + ½⌋, saturated; labels must fit as they are. No text, time or extension of an earlier file is written.
 * @throws VoxaugError `invalid-option`, `invalid-volume`, `out-of-range`, `too-large`
 */
export async function writeNifti(volume: Volume, options: WriteNiftiOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const { dtype, gzip = true, ...others } = options
  const unknown = Object.keys(others)[0]
  if (unknown !== undefined) {
    const level =
      unknown === 'gzipLevel' ? ' (browsers compress at a level of their own; @voxaug/io/node takes it)' : ''
    throw new VoxaugError('invalid-option', `options of writeNifti are dtype and gzip, got ${unknown}${level}.`, {
      option: unknown,
    })
  }
  if (typeof gzip !== 'boolean')
    throw new VoxaugError('invalid-option', `gzip must be true or false, got ${gzip}.`, {
      option: 'gzip',
      received: gzip,
    })
  const bytes = encodeNifti(volume, dtype)
  return gzip ? compress(bytes) : bytes
}

async function compress(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
