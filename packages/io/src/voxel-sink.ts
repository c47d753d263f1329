import { arrayOf, type VolumeKind, VoxaugError, type VoxelArray } from '@voxaug/core'
import { breather } from './breathe.ts'
import type { ByteReader } from './byte-reader.ts'
import { type NiftiDType, widthOf } from './datatypes.ts'
import { isScaled, type Scaling, unscaled } from './scaling.ts'
import { eachBlock, hostIsLittleEndian, swapBytes } from './voxels.ts'

/** Most bytes that are made into voxels at a time; each voxel is whole in one part. */
const partBytes = 1024 * 1024

/** Voxels as a file stores them, in its order. */
export interface StoredVoxels {
  readonly count: number
  readonly dtype: NiftiDType
  readonly littleEndian: boolean
  /** What they mean; a label map's are scaled later. */
  readonly kind: VolumeKind
  readonly scaling?: Scaling
  /** A voxel's name from its index, for errors. */
  readonly nameOf: (index: number) => string
}

/** What takes a file's bytes in order, and makes them voxels part by part, so that more can be read or inflated meanwhile. */
export interface VoxelSink {
  /** All the voxels: whole once as many bytes were taken as they have. */
  readonly voxels: VoxelArray
  /** Memory for the next bytes, `count` of them at most; more than none while any are missing. */
  room(count: number): Uint8Array
  /**
   * Takes the first `count` bytes of that room.
   * @throws VoxaugError `unsupported` at a 64-bit integer that float64 does not hold, `out-of-range` at a voxel scaled past float32
   */
  take(count: number): Promise<void> | undefined
}

/**
 * Makes voxels of this machine's byte order: 64-bit integers as float64, images that are scaled as float32.
 * @throws VoxaugError `too-large` where they do not fit in memory
 */
export function voxelSink(stored: StoredVoxels): VoxelSink {
  const { count, dtype, littleEndian, kind, scaling = unscaled, nameOf } = stored
  const width = widthOf(dtype)
  const isWide = dtype === 'int64' || dtype === 'uint64'
  const swaps = littleEndian !== hostIsLittleEndian()
  const scales = kind === 'image' && isScaled(scaling)
  const Kept = arrayOf(scales ? 'float32' : isWide ? 'float64' : dtype)
  const voxels = new Kept(allocate(count * Kept.BYTES_PER_ELEMENT))
  const Stored = arrayOf(isWide ? 'float64' : dtype)
  const scratch = scales ? new Uint8Array(Math.min(count * width, partBytes)) : undefined
  const breathe = breather()
  /** Index of the part's first voxel, and bytes of it that are there. */
  let start = 0
  let filled = 0
  let part = nextPart()

  function nextPart(): Uint8Array<ArrayBuffer> {
    const bytes = Math.min(partBytes, (count - start) * width)
    return scratch ? scratch.subarray(0, bytes) : new Uint8Array(voxels.buffer, start * width, bytes)
  }

  return {
    voxels,
    room: (bytes) => part.subarray(filled, filled + bytes),
    take(bytes) {
      filled += bytes
      if (filled < part.length) return undefined
      if (swaps) swapBytes(part, width)
      const { length } = part
      const values = new Stored(part.buffer, part.byteOffset, length / width)
      if (isWide) fromInt64(values as Float64Array, dtype === 'int64', (n) => nameOf(start + n))
      if (scales) scaleVoxels(values, voxels.subarray(start), scaling, (n) => nameOf(start + n))
      start += values.length
      filled = 0
      part = nextPart()
      return breathe()
    },
  }
}

/** Reads `count` bytes into a sink, or as many as there are. */
export async function fill(sink: VoxelSink, reader: ByteReader, count: number): Promise<number> {
  let filled = 0
  while (filled < count) {
    const room = sink.room(count - filled)
    const got = await reader.read(room)
    await sink.take(got)
    filled += got
    if (got < room.length) break
  }
  return filled
}

/** Copies bytes into a sink. */
export async function put(sink: VoxelSink, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const room = sink.room(bytes.length - at)
    room.set(bytes.subarray(at, at + room.length))
    at += room.length
    await sink.take(room.length)
  }
}

export function allocate(bytes: number): ArrayBuffer {
  try {
    return new ArrayBuffer(bytes)
  } catch (cause) {
    throw new VoxaugError('too-large', `voxels must fit in memory, got ${bytes} bytes.`, { received: bytes, cause })
  }
}

/**
 * 64-bit integers as float64, in place: each element is read before it is overwritten. What float64 cannot tell from its
 * neighbours is refused, be it scaled afterwards or not: an intercept may bring small differences of large numbers to light.
 */
function fromInt64(values: Float64Array, signed: boolean, nameOf: (index: number) => string): void {
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length)
  const highAt = hostIsLittleEndian() ? 1 : 0
  for (let n = 0; n < values.length; n++) {
    const low = words[2 * n + 1 - highAt]!
    const high = words[2 * n + highAt]!
    const value = (signed ? high | 0 : high) * 2 ** 32 + low
    if (!Number.isSafeInteger(value)) {
      const stored = (BigInt(signed ? high | 0 : high) << 32n) | BigInt(low)
      throw new VoxaugError(
        'unsupported',
        `voxel ${nameOf(n)} must be within ±(2^53 − 1) to be read exactly, got ${stored} as ${signed ? 'int64' : 'uint64'}.`,
        { received: stored },
      )
    }
    values[n] = value
  }
}

/** Stored · slope + intercept in float64, rounded once to float32. */
function scaleVoxels(
  stored: VoxelArray,
  scaled: VoxelArray,
  { slope, intercept }: Scaling,
  nameOf: (index: number) => string,
): void {
  const isReal = stored instanceof Float32Array || stored instanceof Float64Array
  const largestStored = isReal ? Infinity : 2 ** 32
  const mayOverflow = !(largestStored * Math.abs(slope) + Math.abs(intercept) < 3.4e38)
  // Below the least normal float32.
  const mayVanish = intercept === 0 && Math.abs(slope) < 2 ** -126
  eachBlock(stored, (block, start) => {
    const target = scaled.subarray(start, start + block.length)
    scaleBlock(block, target, slope, intercept)
    // A NaN that was computed has the same bits everywhere.
    if (isReal) for (let n = 0; n < target.length; n++) if (Number.isNaN(target[n])) target[n] = Number.NaN
    if (mayOverflow || mayVanish) checkHeld(block, target, start)
  })

  function checkHeld(from: Float64Array, to: VoxelArray, start: number): void {
    for (let n = 0; n < to.length; n++) {
      const isLost = to[n] === 0 ? mayVanish && from[n] !== 0 : !Number.isFinite(to[n])
      if (!isLost || !Number.isFinite(from[n])) continue
      throw new VoxaugError(
        'out-of-range',
        `voxel ${nameOf(start + n)} must fit float32 after scaling, got ${from[n]} · ${slope} + ${intercept} = ${from[n]! * slope + intercept}.`,
        { received: from[n] },
      )
    }
  }
}

/** Eight at a time, which takes half as long: engines do not unroll loops, and check each turn of one. */
function scaleBlock(block: Float64Array, target: VoxelArray, slope: number, intercept: number): void {
  const eights = block.length & ~7
  for (let n = 0; n < eights; n += 8) {
    target[n] = block[n]! * slope + intercept
    target[n + 1] = block[n + 1]! * slope + intercept
    target[n + 2] = block[n + 2]! * slope + intercept
    target[n + 3] = block[n + 3]! * slope + intercept
    target[n + 4] = block[n + 4]! * slope + intercept
    target[n + 5] = block[n + 5]! * slope + intercept
    target[n + 6] = block[n + 6]! * slope + intercept
    target[n + 7] = block[n + 7]! * slope + intercept
  }
  for (let n = eights; n < block.length; n++) target[n] = block[n]! * slope + intercept
}
