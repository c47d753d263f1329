import { copyBeyond } from './copy-beyond.ts'
import { copyRows, worthBlocks } from './copy-rows.ts'
import { copyTurned } from './copy-turned.ts'
import type { VoxelArray } from './resample.ts'
import type { Extension, Shape, Vec3 } from './stage.ts'

/** Where an output index lies in the source when no voxel is cut: axes in another order or direction, and a shift. */
export interface WholeMap {
  /** Which source axis each output axis runs along. */
  readonly axes: Vec3
  /** Forwards (1) or backwards (−1), by output axis. */
  readonly steps: Vec3
  /** The source index, by source axis, of the output's first voxel. */
  readonly start: Vec3
}

/**
 * Copies voxels one to one, of any type, one channel. What lies outside the source is taken from its extension if there is one;
 * else it is left as it is, or becomes 0.
 */
export function copyVoxels<A extends VoxelArray>(
  source: A,
  shape: Shape,
  map: WholeMap,
  out: A,
  outShape: Shape,
  extension?: Extension,
): void {
  copyInside(source, shape, map, out, outShape)
  if (extension) copyBeyond(source, shape, map, out, outShape, extension)
}

/** One axis of the output: the range whose source index is inside, the step in the source's memory, and whether it is all there is. */
export interface CopiedAxis {
  readonly low: number
  readonly high: number
  readonly stride: number
  readonly whole: boolean
}

function copyInside<A extends VoxelArray>(source: A, shape: Shape, map: WholeMap, out: A, outShape: Shape): void {
  const { axes, steps, start } = map
  const strides = [1, shape[0], shape[0] * shape[1]]
  // For each output axis: the range whose source index is inside, and the step in memory.
  const ranges = [0, 1, 2].map((axis): CopiedAxis => {
    const along = axes[axis]!
    const size = shape[along]!
    const forwards = steps[axis]! > 0
    const from = forwards ? -start[along]! : start[along]! - (size - 1)
    const low = Math.max(0, from)
    const high = Math.min(outShape[axis]!, from + size)
    return { low, high, stride: strides[along]! * steps[axis]!, whole: low === 0 && high === outShape[axis]! }
  })
  const [x, y, z] = ranges as [CopiedAxis, CopiedAxis, CopiedAxis]
  if (ranges.some(({ low, high }) => low >= high)) return
  const origin = start.reduce<number>((sum, index, axis) => sum + index * strides[axis]!, 0)
  const [nx, ny] = outShape
  const length = x.high - x.low
  if (Math.abs(x.stride) !== 1) {
    copyTurned(source, origin, [x, y, z], out, outShape)
    return
  }
  // Neighbouring rows, and planes, that follow each other in both arrays are copied as one.
  const joinsRows = x.stride === 1 && length === nx && y.stride === nx && y.whole
  const joinsPlanes = joinsRows && z.stride === nx * ny
  if (!joinsRows && worthBlocks(source, out, length, Math.max(shape[0], nx))) {
    for (let k = z.low; k < z.high; k++) {
      // The plane's first row in memory, whichever way the rows go; rows that follow each other forwards are taken in blocks.
      const plane = origin + (x.stride < 0 ? 1 - x.high : x.low) + k * z.stride
      const from = plane + y.low * y.stride
      const to = x.low + nx * (y.low + ny * k)
      const rows = y.high - y.low
      copyRows(source, out, { from, to, rows, length, stride: y.stride, pitch: nx, backwards: x.stride < 0 })
    }
    return
  }
  for (let k = z.low; k < (joinsPlanes ? z.low + 1 : z.high); k++) {
    for (let j = y.low; j < (joinsRows ? y.low + 1 : y.high); j++) {
      const from = origin + x.low * x.stride + j * y.stride + k * z.stride
      const to = x.low + nx * (j + ny * k)
      if (x.stride === 1) {
        const run = joinsPlanes ? length * ny * (z.high - z.low) : joinsRows ? length * ny : length
        out.set(source.subarray(from, from + run), to)
      } else {
        out.set(source.subarray(from - length + 1, from + 1), to)
        out.subarray(to, to + length).reverse()
      }
    }
  }
}
