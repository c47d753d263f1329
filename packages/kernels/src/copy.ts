import type { VoxelArray } from './resample.ts'
import type { Shape, Vec3 } from './stage.ts'

/** Where an output index lies in the source when no voxel is cut: axes in another order or direction, and a shift. */
export interface WholeMap {
  /** Which source axis each output axis runs along. */
  readonly axes: Vec3
  /** Forwards (1) or backwards (−1), by output axis. */
  readonly steps: Vec3
  /** The source index, by source axis, of the output's first voxel. */
  readonly start: Vec3
}

/** Copies voxels one to one, of any type, one channel; what lies outside the source is left as it is. */
export function copyVoxels<A extends VoxelArray>(
  source: A,
  shape: Shape,
  map: WholeMap,
  out: A,
  outShape: Shape,
): void {
  const { axes, steps, start } = map
  const strides = [1, shape[0], shape[0] * shape[1]]
  // For each output axis: the range whose source index is inside, and the step in memory.
  const ranges = [0, 1, 2].map((axis) => {
    const along = axes[axis]!
    const size = shape[along]!
    const forwards = steps[axis]! > 0
    const from = forwards ? -start[along]! : start[along]! - (size - 1)
    const low = Math.max(0, from)
    const high = Math.min(outShape[axis]!, from + size)
    return { low, high, stride: strides[along]! * steps[axis]!, whole: low === 0 && high === outShape[axis]! }
  })
  const [x, y, z] = ranges as [(typeof ranges)[0], (typeof ranges)[0], (typeof ranges)[0]]
  if (ranges.some(({ low, high }) => low >= high)) return
  const origin = start.reduce<number>((sum, index, axis) => sum + index * strides[axis]!, 0)
  const [nx, ny] = outShape
  const length = x.high - x.low
  // Neighbouring rows, and planes, that follow each other in both arrays are copied as one.
  const joinsRows = x.stride === 1 && length === nx && y.stride === nx && y.whole
  const joinsPlanes = joinsRows && z.stride === nx * ny
  for (let k = z.low; k < (joinsPlanes ? z.low + 1 : z.high); k++) {
    for (let j = y.low; j < (joinsRows ? y.low + 1 : y.high); j++) {
      const from = origin + x.low * x.stride + j * y.stride + k * z.stride
      const to = x.low + nx * (j + ny * k)
      if (x.stride === 1) {
        const run = joinsPlanes ? length * ny * (z.high - z.low) : joinsRows ? length * ny : length
        out.set(source.subarray(from, from + run), to)
      } else if (x.stride === -1) {
        out.set(source.subarray(from - length + 1, from + 1), to)
        out.subarray(to, to + length).reverse()
      } else {
        for (let i = 0; i < length; i++) out[to + i] = source[from + i * x.stride]!
      }
    }
  }
}
