import {
  type Affine,
  arrayOf,
  checkVolume,
  dtypeOf,
  isInvertible,
  parseAffine,
  show,
  spacingOf,
  type Volume,
  VoxaugError,
} from '@voxaug/core'
import { breather } from './breathe.ts'
import { castVoxels } from './cast.ts'
import { datatypeFor } from './datatypes.ts'
import { encodeExtensions } from './encode-extensions.ts'
import { encodeHeader, precisionOf } from './encode-header.ts'
import { scalingOf, unscaled } from './scaling.ts'
import { hostIsLittleEndian } from './voxels.ts'
import type { ParsedContentOptions } from './write-options.ts'

export { checkDtype } from './datatypes.ts'

/** Voxels along an axis that NIfTI-1 can count. */
const longestAxis = 32_767

/** Bytes made at a time. */
export const megabyte = 1024 * 1024

/** A file that is made while it is read. */
export interface EncodedFile {
  readonly byteLength: number
  /**
   * The file from start to end: what comes before the voxels, then those, at most `bytes` at a time. Each part is new memory.
   * @throws VoxaugError `out-of-range` at a voxel that does not fit, `invalid-volume`, `aborted`
   */
  readonly parts: (bytes: number) => AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined>
}

/**
 * A volume as an uncompressed NIfTI file, in this machine's byte order.
 *
 * Nothing of the file that the volume came from is copied unless given: no description, no times, no extensions.
 * @throws VoxaugError `invalid-volume`, `invalid-option`, `too-large`, `out-of-range`
 */
export async function encodeNifti(volume: Volume, options: ParsedContentOptions): Promise<EncodedFile> {
  checkVolumeLike(volume)
  const { shape, channels, kind, data } = volume
  const affine = parseAffine(volume.affine, 'affine')
  // Before anything is awaited: a buffer that is transferred meanwhile has none left.
  const voxels = data.length
  if (kind === 'label' && options.scaled)
    throw new VoxaugError('invalid-option', 'scaled must be false for a label map, got true.', {
      option: 'scaled',
      received: true,
    })
  const dtype = options.dtype ?? (kind === 'label' ? volume.dtype : 'float32')
  const version = versionOf({ shape, channels, affine }, options.version)
  const littleEndian = hostIsLittleEndian()
  const flags = encodeExtensions(options.extensions, littleEndian)
  const precision = precisionOf(version)
  const scaling = options.scaled ? await scalingOf(data, dtype, precision) : unscaled
  const { code, bytes: bytesPerVoxel } = datatypeFor(dtype)
  const headerBytes = version === 1 ? 348 : 540
  const voxelOffset = headerBytes + flags.length
  const head = new Uint8Array(voxelOffset)
  head.set(flags, headerBytes)
  head.set(
    encodeHeader({
      version,
      littleEndian,
      shape,
      channels,
      datatype: code,
      bytesPerVoxel,
      affine: affine.map(precision.nearest),
      ...scaling,
      voxelOffset,
    }),
  )

  async function* parts(bytes: number) {
    const breathe = breather()
    yield head
    for (let start = 0; start < voxels; ) {
      await breathe()
      if (data.length !== voxels)
        throw new VoxaugError('invalid-volume', `data must stay while it is written, got ${data.length} voxels.`, {
          received: data.length,
        })
      const part = new (arrayOf(dtype))(Math.min(Math.ceil(bytes / bytesPerVoxel), voxels - start))
      castVoxels({ data, kind, shape }, part, dtype, { start, ...scaling })
      start += part.length
      yield new Uint8Array(part.buffer)
    }
  }

  return abortable({ byteLength: voxelOffset + voxels * bytesPerVoxel, parts }, options.signal)
}

/** A file that is no longer made once a signal is aborted: VoxaugError `aborted`. */
export function abortable({ byteLength, parts }: EncodedFile, signal: AbortSignal | undefined): EncodedFile {
  const checkAborted = () => {
    if (signal?.aborted)
      throw new VoxaugError('aborted', 'writing was aborted.', { option: 'signal', cause: signal.reason })
  }
  return {
    byteLength,
    async *parts(bytes) {
      for await (const part of parts(bytes)) {
        checkAborted()
        yield part
      }
      checkAborted()
    },
  }
}

export function checkVolumeLike(volume: Volume): void {
  const like: Partial<Volume> | null | undefined = volume
  if (typeof like !== 'object' || like === null || !Array.isArray(like.shape) || !dtypeOf(like.data)) {
    throw new VoxaugError(
      'invalid-volume',
      `what is written must be a volume, got ${show(typeof like === 'object' && like ? Object.keys(like) : like)}.`,
      { received: volume },
    )
  }
  checkVolume(volume)
  parseAffine(volume.affine, 'affine')
}

/** The version asked for, if it can hold the volume; else the first that does. */
function versionOf(
  { shape, channels, affine }: Pick<Volume, 'shape' | 'channels' | 'affine'>,
  asked: 1 | 2 | undefined,
): 1 | 2 {
  const longest = Math.max(...shape, channels)
  if (asked === undefined) return longest <= longestAxis && fitsFloat32(affine) ? 1 : 2
  if (asked === 1 && longest > longestAxis)
    throw new VoxaugError(
      'too-large',
      `NIfTI-1 holds at most ${longestAxis} voxels along an axis and as many channels, got ${shape.join(' × ')} × ${channels}; version 2 holds more.`,
      { option: 'version', received: longest },
    )
  if (asked === 1 && !fitsFloat32(affine))
    throw new VoxaugError(
      'out-of-range',
      `affine must stay invertible in float32, as NIfTI-1 stores it, got ${show(affine)}; version 2 stores float64.`,
      { option: 'version', received: affine },
    )
  return asked
}

function fitsFloat32(affine: Affine): boolean {
  const rounded = affine.map(Math.fround)
  return isInvertible(rounded) && spacingOf(rounded).every((size) => Number.isFinite(Math.fround(size)))
}
