import { arrayOf, type DType, type Shape, type Vec3, VoxaugError, type VoxelArray } from '@voxaug/core'
import type { Layout } from './layout.ts'

/** What of a layout says how voxels are stored. */
type StoredAs = Pick<Layout, 'shape' | 'dtype' | 'bytesPerVoxel' | 'littleEndian'>

/** Voxels handled at a time: 64 KiB as float64, which stays in cache. */
const blockLength = 8192

/** The byte order of this machine's typed arrays. */
export const hostIsLittleEndian = (): boolean => new Uint8Array(new Uint16Array([1]).buffer)[0] === 1

/**
 * The stored voxels as a typed array over `buffer`, which is changed in place: byte order, 64-bit integers. `start` is the place of
 * the first one where they are part of a larger grid: errors name voxels of that.
 */
export function storedVoxels(buffer: ArrayBuffer, layout: StoredAs, exact: boolean, start?: Vec3): VoxelArray {
  if (layout.littleEndian !== hostIsLittleEndian()) swapBytes(buffer, layout.bytesPerVoxel)
  if (layout.dtype !== 'int64' && layout.dtype !== 'uint64') return new (arrayOf(layout.dtype))(buffer)
  return fromInt64(buffer, layout, layout.dtype === 'int64', exact, start)
}

/** Reverses the bytes of every element, many at a time. */
export function swapBytes(buffer: ArrayBuffer, width: number): void {
  if (width === 2) {
    const pairs = new Uint32Array(buffer, 0, buffer.byteLength >> 2)
    for (let n = 0; n < pairs.length; n++) pairs[n] = ((pairs[n]! & 0x00ff00ff) << 8) | ((pairs[n]! >>> 8) & 0x00ff00ff)
    if (buffer.byteLength % 4) new Uint8Array(buffer, buffer.byteLength - 2).reverse()
  } else if (width > 2) {
    const words = new Uint32Array(buffer)
    for (let n = 0; n < words.length; n++) {
      const word = words[n]!
      words[n] = (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)
    }
    if (width === 8) {
      for (let n = 0; n < words.length; n += 2) {
        const word = words[n]!
        words[n] = words[n + 1]!
        words[n + 1] = word
      }
    }
  }
}

/**
 * 64-bit integers as float64, in place: each element is read before it is overwritten.
 *
 * `exact` refuses what float64 cannot tell from its neighbours; where a slope follows, float64 is what it is computed in.
 */
function fromInt64(
  buffer: ArrayBuffer,
  { shape }: StoredAs,
  signed: boolean,
  exact: boolean,
  start?: Vec3,
): Float64Array<ArrayBuffer> {
  const words = new Uint32Array(buffer)
  const values = new Float64Array(buffer)
  const highAt = hostIsLittleEndian() ? 1 : 0
  for (let n = 0; n < values.length; n++) {
    const low = words[2 * n + 1 - highAt]!
    const high = words[2 * n + highAt]!
    const value = (signed ? high | 0 : high) * 2 ** 32 + low
    if (exact && !Number.isSafeInteger(value)) {
      const stored = (BigInt(signed ? high | 0 : high) << 32n) | BigInt(low)
      throw new VoxaugError(
        'unsupported',
        `voxel ${voxelName(n, shape, start)} must be within ±(2^53 − 1) to be read exactly, got ${stored} as ${signed ? 'int64' : 'uint64'}.`,
        { received: stored },
      )
    }
    values[n] = value
  }
  return values
}

/**
 * Calls `visit` with copies of the voxels as float64, a block at a time: loops over them are then compiled for one type,
 * whichever types of files a program reads. The block is the same memory each time and may be written to.
 */
export function eachBlock(voxels: VoxelArray, visit: (block: Float64Array, start: number) => void): void {
  const block = new Float64Array(Math.min(blockLength, voxels.length))
  for (let start = 0; start < voxels.length; start += blockLength) {
    const part = voxels.subarray(start, start + blockLength)
    block.set(part)
    visit(block.subarray(0, part.length), start)
  }
}

/** Stored · slope + intercept in float64, rounded once to float32. */
export function scaleVoxels(
  stored: VoxelArray,
  slope: number,
  intercept: number,
  shape: Shape,
  first?: Vec3,
): Float32Array<ArrayBuffer> {
  const scaled = new Float32Array(stored.length)
  const largestStored = stored instanceof Float32Array || stored instanceof Float64Array ? Infinity : 2 ** 32
  const mayOverflow = !(largestStored * Math.abs(slope) + Math.abs(intercept) < 3.4e38)
  eachBlock(stored, (block, start) => {
    const target = scaled.subarray(start, start + block.length)
    for (let n = 0; n < target.length; n++) target[n] = block[n]! * slope + intercept
    if (mayOverflow) checkFinite(block, target, start)
  })
  return scaled

  function checkFinite(from: Float64Array, to: Float32Array, start: number): void {
    for (let n = 0; n < to.length; n++) {
      if (Number.isFinite(to[n]) || !Number.isFinite(from[n])) continue
      throw new VoxaugError(
        'out-of-range',
        `voxel ${voxelName(start + n, shape, first)} must fit float32 after scaling, got ${from[n]} · ${slope} + ${intercept} = ${from[n]! * slope + intercept}.`,
        { received: from[n] },
      )
    }
  }
}

/** 64-bit integers, read as float64, in the smallest type from int32 up that holds them all. */
export function narrowInt64(values: Float64Array<ArrayBuffer>): VoxelArray {
  const { min, max } = rangeOf(values)
  const dtype: DType = min >= -(2 ** 31) && max < 2 ** 31 ? 'int32' : min >= 0 && max < 2 ** 32 ? 'uint32' : 'float64'
  return dtype === 'float64' ? values : new (arrayOf(dtype))(values)
}

/** The least and the largest of some numbers. */
export function rangeOf(values: Float64Array): { min: number; max: number } {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let n = 0; n < values.length; n++) {
    const value = values[n]!
    if (value < min) min = value
    if (value > max) max = value
  }
  return { min, max }
}

/**
 * A voxel's indices from its place in memory, `(i, j, k)`, with the channel where it is not the first; `start` is added to them.
 */
export function voxelName(index: number, [nx, ny, nz]: Shape, start: Vec3 = [0, 0, 0]): string {
  const plane = nx * ny
  const channel = Math.floor(index / (plane * nz))
  const indices = [index % nx, Math.floor(index / nx) % ny, Math.floor(index / plane) % nz]
  const place = `(${indices.map((n, axis) => n + start[axis]!).join(', ')})`
  return channel > 0 ? `${place} of channel ${channel}` : place
}
