import { type DType, type Volume, VoxaugError } from '@voxaug/core'
import { type NiftiSource, readerOf } from '../byte-reader.ts'
import type { EncodedFile } from '../encode.ts'
import { gunzip } from '../gunzip.ts'
import { gzipped } from '../gzip.ts'
import { gathered } from '../write.ts'
import type { Platform, ReadVolumeOptions } from './format.ts'
import { inflate } from './inflate.ts'
import { endingsText, formatOf, parseVolumeOptions, readAny, refuseOption } from './read-any.ts'

const web: Platform = { gunzip, inflate }

/** A file's ending, which is its format and whether it is compressed. */
export type VolumeEnding = 'nii' | 'nii.gz' | 'mgh' | 'mgz' | 'nrrd' | 'mha'

/** How to write. */
export interface WriteVolumeOptions {
  readonly format: VolumeEnding
  /** The type to store: float32 for images and a label map's own type, or one that holds it, unless given. */
  readonly dtype?: DType
}

/**
 * Reads a volume from a NIfTI, MGH, NRRD or MetaImage file, told by its content and not by a name, in gzip or not.
 *
 * Voxels keep the stored type, but for 64-bit integers, which come as int32, uint32 or float64, the first that holds them,
 * and scaled NIfTI, which comes as float32. Channels are last, whatever their place in the file. The affine is to RAS.
 * @throws VoxaugError `unknown-format`, and as `readNifti`
 */
export async function readVolume(source: NiftiSource, options: ReadVolumeOptions = {}): Promise<Volume> {
  const parsed = parseVolumeOptions(options, 2 ** 30)
  return readAny(readerOf(source), parsed, web)
}

/**
 * A volume as the bytes of a file of the format named.
 *
 * Integer types get ⌊x + ½⌋, saturated; labels must fit as they are. Nothing of an earlier file is written but the voxels and
 * the affine.
 * @throws VoxaugError `invalid-option`, `invalid-volume`, `out-of-range`, `too-large`
 */
export async function writeVolume(volume: Volume, options: WriteVolumeOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { format: ending, dtype, ...others } = options ?? {}
  const unknown = Object.keys(others)[0]
  if (unknown !== undefined)
    throw new VoxaugError('invalid-option', `options of writeVolume are format and dtype, got ${unknown}.`, {
      option: unknown,
    })
  // The first of a format's endings must be whole: 'nii.gz' and not 'a.nii.gz'.
  const found = typeof ending === 'string' && !ending.startsWith('.') ? formatOf(`.${ending}`) : undefined
  if (!found || !Object.keys(found.format.endings).includes(`.${ending}`))
    refuseOption('format', endingsText(''), ending)
  const { header, voxels } = await found.format.write(volume, dtype)
  if (found.gzipped === 'voxels') {
    const packed = await gzipped(voxels)
    return gathered(withHeader(header, { byteLength: packed.length, parts: () => once(packed) }))
  }
  const whole = withHeader(header, voxels)
  return found.gzipped === 'everything' ? gzipped(whole) : gathered(whole)
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
