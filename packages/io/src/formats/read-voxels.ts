import {
  type Affine,
  arrayOf,
  dtypeOf,
  orientationOf,
  type Shape,
  shiftOrigin,
  spacingOf,
  VoxaugError,
  type VoxelArray,
  volume,
  voxelsOf,
  type Warning,
} from '@voxaug/core'
import { breather } from '../breathe.ts'
import type { ByteReader } from '../byte-reader.ts'
import { type NiftiDType, widthOf } from '../datatypes.ts'
import { keptVoxels } from '../kept-voxels.ts'
import type { ParsedReadOptions } from '../read.ts'
import { checkInside, type Region, readRegion } from '../region.ts'
import { truncated } from '../truncated.ts'
import { allocate, voxelSink } from '../voxel-sink.ts'
import { voxelName } from '../voxels.ts'
import type { Opened, VolumeHeader } from './format.ts'

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

/**
 * Bytes that the voxels take.
 * @throws VoxaugError `invalid-header` past 2^53, `too-large` past `maxBytes`
 */
export function byteLengthOf({ shape, inner, outer, dtype }: Stored, maxBytes = Number.POSITIVE_INFINITY): number {
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

/** What a file whose header says this is when it is open; `voxels` reads those. */
export function opened(
  format: VolumeHeader['format'],
  { stored, affine, warnings }: { stored: Stored; affine: Affine; warnings: readonly Warning[] },
  voxels: (options: ParsedReadOptions) => Promise<VoxelArray>,
): Opened {
  byteLengthOf(stored)
  const { shape, dtype, inner, outer } = stored
  const channels = inner * outer
  return {
    header: {
      format,
      byteOrder: stored.littleEndian ? 'little' : 'big',
      shape,
      channels,
      dtype,
      slope: 1,
      intercept: 0,
      affine,
      orientation: orientationOf(affine),
      spacingMm: spacingOf(affine),
      warnings: [...warnings],
    },
    async read(options) {
      const { kind, maxBytes, region = gridOf(stored) } = options
      checkInside(region, shape)
      byteLengthOf({ ...stored, shape: region.size }, maxBytes)
      const data = await voxels(options)
      return volume({
        data,
        shape: region.size,
        channels,
        affine: shiftOrigin(affine, region.start),
        kind,
        warnings,
      })
    },
  }
}

const gridOf = ({ shape }: Stored): Region => ({ start: [0, 0, 0], size: shape })

/**
 * Reads voxels, or those of a region, channels last and in this machine's byte order: the stored type, 64-bit integers narrowed
 * without loss; for a label map the smallest integer type.
 *
 * @param most bytes that `reader` can still give, where that is known; the very most it may where they are `packed`
 * @throws VoxaugError `truncated`, `too-large`, `unsupported`, `invalid-label`
 */
export async function readVoxels(
  reader: ByteReader,
  most: number | undefined,
  stored: Stored,
  { kind, region = gridOf(stored) }: ParsedReadOptions,
  packed: boolean,
): Promise<VoxelArray> {
  const { shape, inner, outer, dtype } = stored
  const bytes = byteLengthOf(stored)
  if (most !== undefined && most < bytes) truncated(bytes, Math.max(0, most), packed)
  const wanted = { ...stored, shape: region.size }
  const nameOf = (index: number) => voxelName(index, region.size, region.start)
  const count = voxelsOf(region.size) * inner * outer
  const sink = voxelSink({ ...wanted, kind, count, nameOf: (index) => nameOf(channelsLastIndex(index, wanted)) })
  const runs = { shape, channels: outer, bytesPerVoxel: inner * widthOf(dtype) }
  const { at, whole } = await readRegion(reader, sink, runs, region)
  if (!whole) truncated(bytes, at)
  const ordered = inner > 1 ? await channelsLast(sink.voxels, wanted) : sink.voxels
  return keptVoxels(ordered, { dtype, kind, nameOf })
}

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
