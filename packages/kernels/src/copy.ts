import { copyBeyond } from './copy-beyond.ts'
import { copyTurned } from './copy-turned.ts'
import { withMemory } from './instance.ts'
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
 * Copies voxels one to one, of any type, one channel. What lies outside the source is left as it is, or is taken from the
 * source's extension.
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
  if (!joinsRows && length === nx && Math.abs(x.stride) === 1 && worthBlocks(source, out, length, shape[0])) {
    for (let k = z.low; k < z.high; k++) {
      // The plane's first row in memory, whichever way the rows go; rows that follow each other forwards are taken in blocks.
      const plane = origin + (x.stride < 0 ? x.stride * (length - 1) : 0) + k * z.stride
      copyPlane(
        source,
        plane + y.low * y.stride,
        y.stride,
        x.stride < 0,
        out,
        nx * (y.low + ny * k),
        y.high - y.low,
        length,
      )
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

/** Bytes of the source that are brought in at a time: they stay in cache. */
const blockBytes = 131072

/** Whether rows are short enough for calls to cost more than bytes, and not too far apart to be taken in together. */
function worthBlocks(source: VoxelArray, out: VoxelArray, length: number, width: number): boolean {
  const { BYTES_PER_ELEMENT: bytes } = source
  return (
    source.constructor === out.constructor &&
    length * bytes <= 4096 &&
    width * bytes <= blockBytes &&
    width <= 4 * length
  )
}

/** Copies `rows` rows of one plane, which start `stride` apart from `from` on, to rows one after the other. */
function copyPlane<A extends VoxelArray>(
  source: A,
  from: number,
  stride: number,
  backwards: boolean,
  out: A,
  to: number,
  rows: number,
  length: number,
): void {
  const element = source.BYTES_PER_ELEMENT
  const step = Math.abs(stride)
  const perBlock = Math.max(1, Math.floor(blockBytes / (step * element)))
  withMemory(2 * blockBytes + 16 * element, (kernels, buffer, base) => {
    const type = source.constructor as Float32ArrayConstructor
    const inside = new type(buffer, base, blockBytes / element)
    for (let row = 0; row < rows; row += perBlock) {
      const count = Math.min(perBlock, rows - row)
      // Rows that go back in memory are brought in from the block's last, and read from its end.
      const first = from + (stride > 0 ? row : row + count - 1) * stride
      inside.set((source as Float32Array).subarray(first, first + (count - 1) * step + length))
      const start = base + (stride > 0 ? 0 : (count - 1) * step * element)
      const ready = base + blockBytes
      if (backwards) kernels.reverseRows(start, ready, count, length * element, stride * element, element)
      else kernels.copyRows(start, ready, count, length * element, stride * element)
      out.set(new type(buffer, ready, count * length) as A, to + row * length)
    }
  })
}
