import { type Shape, type VolumeKind, VoxaugError, type VoxelArray, voxelsOf } from '@voxaug/core'
import { type ByteReader, skip } from '../byte-reader.ts'
import type { NiftiDType } from '../datatypes.ts'
import { labelVoxels } from '../label.ts'
import type { Warn } from '../layout.ts'
import { narrowInt64, storedVoxels } from '../voxels.ts'

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

const widths: Readonly<Record<NiftiDType, number>> = {
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  uint64: 8,
  float32: 4,
  float64: 8,
}

export const widthOf = (dtype: NiftiDType): number => widths[dtype]

/**
 * Bytes that the voxels take.
 * @throws VoxaugError `invalid-header` past 2^53, `too-large` past `maxBytes`
 */
export function byteLengthOf({ shape, inner, outer, dtype }: Stored, maxBytes: number): number {
  const axes = [inner, ...shape, outer].filter((size, n) => (n > 0 && n < 4) || size > 1)
  const bytes = axes.reduce((product, size) => product * size, widths[dtype])
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
  const buffer = allocate(bytes)
  const got = await reader.read(new Uint8Array(buffer))
  if (got < bytes) truncated(bytes, got)
  const { shape, dtype, littleEndian } = stored
  const last = stored.inner > 1 ? channelsLast(buffer, stored) : buffer
  const voxels = storedVoxels(last, { shape, dtype, littleEndian, bytesPerVoxel: widths[dtype] }, true)
  return typed(voxels, dtype, kind, shape)
}

/** Voxels as a volume keeps them. */
export function typed(voxels: VoxelArray, dtype: NiftiDType, kind: VolumeKind, shape: Shape): VoxelArray {
  if (kind === 'label') return labelVoxels(voxels, 1, 0, shape)
  return dtype === 'int64' || dtype === 'uint64' ? narrowInt64(voxels as Float64Array<ArrayBuffer>) : voxels
}

/** Bytes behind the voxels that are inflated to reach the stream's checksum. */
const slack = 1024 * 1024

/** Reads a compressed stream to its end, where its checksum is. */
export async function reachChecksum(inflated: ByteReader, warn: Warn): Promise<void> {
  if ((await skip(inflated, slack)) < slack) return
  warn(
    'checksum-unverified',
    `more than ${slack} bytes follow the voxels; they and the checksum behind them were not read.`,
  )
}

export function truncated(expected: number, got: number, atMost = false): never {
  const most = atMost ? 'at most ' : ''
  throw new VoxaugError('truncated', `data is truncated: expected ${expected} bytes, got ${most}${got}.`, {
    received: got,
  })
}

export function allocate(bytes: number): ArrayBuffer {
  try {
    return new ArrayBuffer(bytes)
  } catch (cause) {
    throw new VoxaugError('too-large', `voxels must fit in memory, got ${bytes} bytes.`, { received: bytes, cause })
  }
}

/** Voxels moved at a time, so that what is read for one channel is still in cache for the next. */
const blockLength = 4096

/** Stored elements in another buffer, each channel's together. */
function channelsLast(buffer: ArrayBuffer, { shape, inner, outer, dtype }: Stored): ArrayBuffer {
  const target = allocate(buffer.byteLength)
  const Units = dtype.endsWith('8') ? Uint8Array : dtype.endsWith('16') ? Uint16Array : Uint32Array
  const units = widths[dtype] / Units.BYTES_PER_ELEMENT
  const from = new Units(buffer)
  const to = new Units(target)
  const voxels = voxelsOf(shape)
  for (let volume = 0; volume < outer; volume++) {
    const start = volume * inner * voxels
    for (let block = 0; block < voxels; block += blockLength) {
      const end = Math.min(block + blockLength, voxels)
      for (let channel = 0; channel < inner; channel++) {
        for (let n = block; n < end; n++) {
          const read = (start + n * inner + channel) * units
          const write = (start + channel * voxels + n) * units
          for (let unit = 0; unit < units; unit++) to[write + unit] = from[read + unit]!
        }
      }
    }
  }
  return target
}
