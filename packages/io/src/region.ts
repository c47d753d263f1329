import { type Shape, show, type Vec3, VoxaugError } from '@voxaug/core'
import { breather } from './breathe.ts'
import { type ByteReader, readUpTo, skip } from './byte-reader.ts'
import { fill, put, type VoxelSink } from './voxel-sink.ts'

/** A box of whole voxels, `start` the first of each axis and `size` their number; every channel of it. */
export interface Region {
  readonly start: Vec3
  readonly size: Vec3
}

/** Where voxels lie, one after another. */
interface Stored {
  readonly shape: Shape
  readonly channels: number
  readonly bytesPerVoxel: number
}

/** Bytes between two rows that are read with them: a system reads whole pages of so many anyway. */
const smallGap = 4096

/** Most bytes read at once where rows are cut from them. */
const largestSpan = 1024 * 1024

/** Checks a region before a file is touched: whether it lies inside, `checkInside` says. */
export function parseRegion(region: unknown): Region {
  const isTriple = (value: unknown, least: number): value is Vec3 =>
    Array.isArray(value) && value.length === 3 && value.every((n) => Number.isSafeInteger(n) && n >= least)
  if (typeof region === 'object' && region !== null) {
    const { start, size, ...others } = region as Partial<Region>
    if (isTriple(start, 0) && isTriple(size, 1) && Object.keys(others).length === 0)
      return { start: [...start], size: [...size] }
  }
  throw new VoxaugError(
    'invalid-option',
    `region must be { start: [i, j, k], size: [nx, ny, nz] }, whole numbers with start at least 0 and size at least 1, got ${show(region)}.`,
    { option: 'region', received: region },
  )
}

export function checkInside(region: Region, shape: Shape): void {
  if (shape.every((n, axis) => region.start[axis]! + region.size[axis]! <= n)) return
  throw new VoxaugError(
    'invalid-option',
    `region must lie inside the ${shape.join(' × ')} voxels, got ${show(region)}.`,
    { option: 'region', received: region },
  )
}

/**
 * Fills `sink` with a region's bytes from a reader that stands at the first voxel, and reads little else.
 *
 * @returns how far it came: bytes from the first voxel on, or of a file that ends too early all that it has
 */
export async function readRegion(
  reader: ByteReader,
  sink: VoxelSink,
  { shape: [nx, ny, nz], channels, bytesPerVoxel }: Stored,
  { start: [i, j, k], size: [sx, sy, sz] }: Region,
): Promise<{ readonly at: number; readonly whole: boolean }> {
  const row = nx * bytesPerVoxel
  const plane = row * ny
  const volume = plane * nz
  const first = i * bytesPerVoxel + j * row + k * plane
  // Whole rows are one run with their neighbours, and so are whole planes.
  const runs =
    sx < nx
      ? { length: sx * bytesPerVoxel, apart: row, count: sy, groups: [sz, channels] }
      : sy < ny
        ? { length: sy * row, apart: plane, count: sz, groups: [channels, 1] }
        : sz < nz
          ? { length: sz * plane, apart: volume, count: channels, groups: [1, 1] }
          : { length: volume * channels, apart: volume * channels, count: 1, groups: [1, 1] }
  const [inner = 1, outer = 1] = runs.groups
  const innerStep = sx < nx ? plane : volume
  const together = runs.apart - runs.length <= smallGap ? Math.max(1, Math.floor(largestSpan / runs.apart)) : 1
  const breathe = breather()
  let at = 0
  for (let group = 0; group < inner * outer; group++) {
    const origin = first + (group % inner) * innerStep + Math.floor(group / inner) * volume
    for (let run = 0; run < runs.count; run += together) {
      await breathe()
      const count = Math.min(together, runs.count - run)
      const begin = origin + run * runs.apart
      at += await skip(reader, begin - at)
      if (at < begin) return { at, whole: false }
      const length = (count - 1) * runs.apart + runs.length
      at += count === 1 ? await fill(sink, reader, length) : await cut(await readUpTo(reader, length), count)
      if (at < begin + length) return { at, whole: false }
    }
  }
  return { at, whole: true }

  /** Hands on the runs in a span. */
  async function cut(span: Uint8Array, count: number): Promise<number> {
    for (let n = 0; n < count; n++) await put(sink, span.subarray(n * runs.apart, n * runs.apart + runs.length))
    return span.length
  }
}
