import type { Shape, Vec3, VoxelArray } from '@voxaug/core'
import { breather } from './breathe.ts'

/** Voxels handled at a time: 64 KiB as float64, which stays in cache. */
const blockLength = 8192

/** The byte order of this machine's typed arrays. */
export const hostIsLittleEndian = (): boolean => new Uint8Array(new Uint16Array([1]).buffer)[0] === 1

/** Reverses the bytes of every element, many at a time; they start at a multiple of four. */
export function swapBytes({ buffer, byteOffset, byteLength }: Uint8Array, width: number): void {
  if (width === 2) {
    const pairs = new Uint32Array(buffer, byteOffset, byteLength >> 2)
    for (let n = 0; n < pairs.length; n++) pairs[n] = ((pairs[n]! & 0x00ff00ff) << 8) | ((pairs[n]! >>> 8) & 0x00ff00ff)
    if (byteLength % 4) new Uint8Array(buffer, byteOffset + byteLength - 2, 2).reverse()
  } else if (width > 2) {
    const words = new Uint32Array(buffer, byteOffset, byteLength >> 2)
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

/** Voxels between two chances for others to run. */
const turn = 2 ** 17

/** `eachBlock`, with turns for others between. */
export async function eachBlockInTurns(
  voxels: VoxelArray,
  visit: (block: Float64Array, start: number) => void,
): Promise<void> {
  const breathe = breather()
  for (let start = 0; start < voxels.length; start += turn) {
    eachBlock(voxels.subarray(start, start + turn), (block, at) => visit(block, start + at))
    await breathe()
  }
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
