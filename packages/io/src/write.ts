import { type Volume, VoxaugError } from '@voxaug/core'
import { type EncodedFile, encodeNifti, megabyte } from './encode.ts'
import { gzipped, gzippedAt } from './gzip.ts'
import { checkFlag, checkGzipLevel, type NiftiContentOptions, parseContentOptions } from './write-options.ts'

/** How to write. */
export interface WriteNiftiOptions extends NiftiContentOptions {
  /** Whether to compress, true unless given. */
  readonly gzip?: boolean
  /** zlib's level, 1 (fast) … 9 (small); the platform's own, and its faster compressor, unless given. */
  readonly gzipLevel?: number
}

/**
 * A volume as the bytes of a `.nii.gz` file, or with `gzip: false` a `.nii` file.
 *
 * The affine goes into the sform as the version's floats and, where a rotation can say it, into the qform; both get code 2. Integer
 * types get ⌊x + ½⌋, saturated; labels must fit as they are. No text or time of an earlier file is written, and no extension unless given.
 * @throws VoxaugError `invalid-option`, `invalid-volume`, `out-of-range`, `too-large`, `aborted`
 */
export async function writeNifti(volume: Volume, options: WriteNiftiOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const parsed = parseContentOptions(options, ['gzip', 'gzipLevel'])
  const { gzip = true, gzipLevel } = options
  checkFlag('gzip', gzip)
  checkGzipLevel(gzipLevel)
  const file = await encodeNifti(volume, parsed)
  if (!gzip) return gathered(file)
  return gzipLevel === undefined ? gzipped(file) : gzippedAt(file, gzipLevel)
}

/** A file whole. */
export async function gathered({ byteLength, parts }: EncodedFile): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = allocate(byteLength)
  let at = 0
  for await (const part of parts(megabyte)) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

function allocate(byteLength: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(byteLength)
  } catch (cause) {
    throw new VoxaugError('too-large', `the file must fit in memory, got ${byteLength} bytes.`, {
      received: byteLength,
      cause,
    })
  }
}
