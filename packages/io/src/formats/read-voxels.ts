import { arrayOf, dtypeOf, type Shape, type VolumeKind, VoxaugError, type VoxelArray, voxelsOf } from '@voxaug/core'
import { breather } from '../breathe.ts'
import type { ByteReader } from '../byte-reader.ts'
import { type NiftiDType, widthOf } from '../datatypes.ts'
import { keptVoxels } from '../kept-voxels.ts'
import { truncated } from '../truncated.ts'
import { allocate, fill, voxelSink } from '../voxel-sink.ts'
import { voxelName } from '../voxels.ts'

/** How a file stores its voxels. */
export interface Stored {
  readonly shape: Shape
  /** Channels whose numbers lie side by side for each voxel. */
  readonly inner: number
  /** Channels that lie one volume behind the other. */
  readonly outer: number
  readonly dtype: NiftiDType
  readonly littleEndian: boolean
}

export interface Wanted {
  readonly kind: VolumeKind
  readonly maxBytes: number
}

/**
 * Bytes that the voxels take.
 * @throws VoxaugError `invalid-header` past 2^53, `too-large` past `maxBytes`
 */
export function byteLengthOf({ shape, inner, outer, dtype }: Stored, maxBytes: number): number {
  const axes = [inner, ...shape, outer].filter((size, n) => (n > 0 && n < 4) || size > 1)
  const bytes = axes.reduce((product, size) => product * size, widthOf(dtype))
  if (!Number.isSafeInteger(bytes))
    throw new VoxaugError('invalid-header', `axes must multiply to fewer than 2^53 bytes, got ${axes.join(' × ')}.`, {
      received: axes,
    })
  if (bytes > maxBytes)
    throw new VoxaugError(
      'too-large',
      `voxels must take at most ${maxBytes} bytes (maxBytes), got ${axes.join(' × ')} of ${dtype}, ${bytes} bytes.`,
      { option: 'maxBytes', received: bytes },
    )
  return bytes
}

/**
 * Reads voxels, channels last and in this machine's byte order: the stored type, 64-bit integers narrowed without loss; for a
 * label map the smallest integer type.
 *
 * @param most bytes that `reader` can still give, where that is known; the very most it may where they are `packed`
 * @throws VoxaugError `truncated`, `too-large`, `unsupported`, `invalid-label`
 */
export async function readVoxels(
  reader: ByteReader,
  most: number | undefined,
  stored: Stored,
  { kind, maxBytes }: Wanted,
  packed: boolean,
): Promise<VoxelArray> {
  const bytes = byteLengthOf(stored, maxBytes)
  if (most !== undefined && most < bytes) truncated(bytes, Math.max(0, most), packed)
  const count = voxelsOf(stored.shape) * stored.inner * stored.outer
  const sink = voxelSink({
    ...stored,
    kind,
    count,
    nameOf: (index) => nameIn(stored, channelsLastIndex(index, stored)),
  })
  const got = await fill(sink, reader, bytes)
  if (got < bytes) truncated(bytes, got)
  return kept(sink.voxels, stored, kind)
}

/** Voxels in the file's order as a volume keeps them. */
export async function kept(voxels: VoxelArray, stored: Stored, kind: VolumeKind): Promise<VoxelArray> {
  const ordered = stored.inner > 1 ? await channelsLast(voxels, stored) : voxels
  return keptVoxels(ordered, { dtype: stored.dtype, kind, nameOf: (index) => nameIn(stored, index) })
}

const nameIn = ({ shape }: Stored, index: number): string => voxelName(index, shape)

/** Voxels moved at a time, so that what is read for one channel is still in cache for the next. */
const blockLength = 4096

/** The place of an element where channels come last from that in the file. */
function channelsLastIndex(index: number, { shape, inner }: Stored): number {
  const voxels = voxelsOf(shape)
  const volume = Math.floor(index / (inner * voxels))
  const place = index % (inner * voxels)
  return (volume * inner + (place % inner)) * voxels + Math.floor(place / inner)
}

/** Stored elements, which fill their buffer, in another one, each channel's together. */
async function channelsLast(stored: VoxelArray, { shape, inner, outer }: Stored): Promise<VoxelArray> {
  const target = allocate(stored.byteLength)
  const width = stored.BYTES_PER_ELEMENT
  const wordsOf = (buffer: ArrayBufferLike) =>
    width === 1 ? new Uint8Array(buffer) : width === 2 ? new Uint16Array(buffer) : new Uint32Array(buffer)
  const from = wordsOf(stored.buffer)
  const to = wordsOf(target)
  const words = from.length / stored.length
  const voxels = voxelsOf(shape)
  const breathe = breather()
  for (let volume = 0; volume < outer; volume++) {
    const start = volume * inner * voxels
    for (let block = 0; block < voxels; block += blockLength) {
      await breathe()
      const end = Math.min(block + blockLength, voxels)
      for (let channel = 0; channel < inner; channel++) {
        for (let n = block; n < end; n++) {
          const read = (start + n * inner + channel) * words
          const write = (start + channel * voxels + n) * words
          for (let word = 0; word < words; word++) to[write + word] = from[read + word]!
        }
      }
    }
  }
  return new (arrayOf(dtypeOf(stored)!))(target)
}
