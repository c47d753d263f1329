import { type DType, type Volume, VoxaugError } from '@voxaug/core'
import { type NiftiSource, readerOf } from '../byte-reader.ts'
import { abortable, type EncodedFile } from '../encode.ts'
import { gunzip } from '../gunzip.ts'
import { gzipped, gzippedAt } from '../gzip.ts'
import { parseReadOptions } from '../read.ts'
import { gathered } from '../write.ts'
import { checkGzipLevel, checkSignal } from '../write-options.ts'
import type { Platform, ReadVolumeOptions, VolumeHeader } from './format.ts'
import { inflate } from './inflate.ts'
import { endingsText, formatOf, readAny, readAnyHeader, refuseOption } from './read-any.ts'

const web: Platform = { gunzip, inflate }

/** A file's ending, which is its format and whether it is compressed. */
export type VolumeEnding = 'nii' | 'nii.gz' | 'mgh' | 'mgz' | 'mgh.gz' | 'nrrd' | 'mha'

/** How to write. */
export interface WriteVolumeOptions {
  readonly format: VolumeEnding
  /** The type to store: float32 for images and a label map's own type, or one that holds it, unless given. */
  readonly dtype?: DType
  /** 1 (fast) … 9 (small) where the format compresses, by a slower compressor in JavaScript; the platform's own level unless given. */
  readonly gzipLevel?: number
  /** Ends the writing with the error `aborted`. */
  readonly signal?: AbortSignal
}

/**
 * Reads a volume from a NIfTI, MGH, NRRD or MetaImage file, told by its content and not by a name, in gzip or not.
 *
 * Voxels keep the stored type, but for 64-bit integers, which come as int32, uint32 or float64, the first that holds them,
 * and scaled NIfTI, which comes as float32. Channels are last, whatever their place in the file. The affine is to RAS.
 * @throws VoxaugError `unknown-format`, and as `readNifti`
 */
export async function readVolume(source: NiftiSource, options: ReadVolumeOptions = {}): Promise<Volume> {
  const parsed = parseReadOptions(options, 2 ** 30, 'readVolume')
  return readAny(readerOf(source), parsed, web)
}

/** Reads the header alone, of any of those formats, and of the file no more than that needs. */
export const readVolumeHeader = async (source: NiftiSource): Promise<VolumeHeader> =>
  readAnyHeader(readerOf(source), web)

/**
 * A volume as the bytes of a file of the format named.
 *
 * Integer types get ⌊x + ½⌋, saturated; labels must fit as they are. Nothing of an earlier file is written but the voxels and
 * the affine.
 * @throws VoxaugError `invalid-option`, `invalid-volume`, `out-of-range`, `too-large`, `aborted`
 */
export async function writeVolume(volume: Volume, options: WriteVolumeOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { format: ending, dtype, gzipLevel, signal, ...others } = options ?? {}
  const unknown = Object.keys(others)[0]
  if (unknown !== undefined)
    throw new VoxaugError(
      'invalid-option',
      `options of writeVolume are format, dtype, gzipLevel and signal, got ${unknown}.`,
      { option: unknown },
    )
  // The first of a format's endings must be whole: 'nii.gz' and not 'a.nii.gz'.
  const found = typeof ending === 'string' && !ending.startsWith('.') ? formatOf(`.${ending}`) : undefined
  if (!found || !Object.keys(found.format.endings).includes(`.${ending}`))
    refuseOption('format', endingsText(''), ending)
  checkGzipLevel(gzipLevel)
  checkSignal(signal)
  const { header, voxels: unguarded } = await found.format.write(volume, dtype)
  const voxels = abortable(unguarded, signal)
  const compressed = (file: EncodedFile) => (gzipLevel === undefined ? gzipped(file) : gzippedAt(file, gzipLevel))
  if (found.gzipped === 'voxels') {
    const packed = await compressed(voxels)
    return gathered(withHeader(header, { byteLength: packed.length, parts: () => once(packed) }))
  }
  const whole = withHeader(header, voxels)
  return found.gzipped === 'everything' ? compressed(whole) : gathered(whole)
}

const withHeader = (header: Uint8Array<ArrayBuffer>, { byteLength, parts }: EncodedFile): EncodedFile => ({
  byteLength: header.length + byteLength,
  async *parts(bytes) {
    yield header
    yield* parts(bytes)
  },
})

async function* once(part: Uint8Array<ArrayBuffer>) {
  yield part
}
