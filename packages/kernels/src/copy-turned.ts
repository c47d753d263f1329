import type { CopiedAxis } from './copy.ts'
import { withMemory } from './instance.ts'
import type { VoxelArray } from './resample.ts'
import type { Shape } from './stage.ts'

/** Bytes of source and output that are worked on at a time: both stay in cache. */
const blockBytes = 393216

/**
 * Copies voxels whose rows run along another axis of the source than its rows: plane by plane, its rows turned into columns.
 *
 * @param origin the source's offset of the output's voxel (0, 0, 0)
 */
export function copyTurned<A extends VoxelArray>(
  source: A,
  origin: number,
  axes: readonly [CopiedAxis, CopiedAxis, CopiedAxis],
  out: A,
  [nx, ny]: Shape,
): void {
  const [x] = axes
  const outStrides = [1, nx, nx * ny]
  // The output axis that runs along the source's rows, and the third one.
  const along = axes.findIndex(({ stride }) => Math.abs(stride) === 1)
  const third = 3 - along
  const [q, r] = [axes[along]!, axes[third]!]
  const [columns, rows] = [q.high - q.low, x.high - x.low]
  const element = source.BYTES_PER_ELEMENT
  const perBlock = Math.max(1, Math.min(rows, Math.floor(blockBytes / (columns * element))))
  const type = source.constructor as Float32ArrayConstructor
  const first = origin + x.low * x.stride + q.low * q.stride
  // What follows each other in both arrays is copied as one.
  const joinsRows = Math.abs(x.stride) === columns
  const joinsColumns = perBlock === nx && outStrides[along] === nx
  // Rows are read four elements at a time.
  const held = Math.ceil((perBlock * columns * element) / 16) * 16
  withMemory(2 * held, (kernels, buffer, base) => {
    const inside = new type(buffer, base, perBlock * columns)
    const turned = new type(buffer, base + held, perBlock * columns)
    for (let n = r.low; n < r.high; n++) {
      for (let row = 0; row < rows; row += perBlock) {
        const count = Math.min(perBlock, rows - row)
        // The lowest address of each of the source's rows.
        const start = first + n * r.stride + row * x.stride - (q.stride < 0 ? columns - 1 : 0)
        if (joinsRows) {
          const lowest = x.stride > 0 ? start : start + (count - 1) * x.stride
          inside.set((source as Float32Array).subarray(lowest, lowest + count * columns))
        } else {
          for (let m = 0; m < count; m++) {
            const from = start + m * x.stride
            inside.set((source as Float32Array).subarray(from, from + columns), m * columns)
          }
        }
        const rowBytes = columns * element
        const backwards = joinsRows && x.stride < 0
        const columnBytes = count * element
        kernels.turn(
          base + (backwards ? (count - 1) * rowBytes : 0),
          backwards ? -rowBytes : rowBytes,
          base + held + (q.stride < 0 ? (columns - 1) * columnBytes : 0),
          q.stride < 0 ? -columnBytes : columnBytes,
          count,
          columns,
          element,
        )
        const to = x.low + row + q.low * outStrides[along]! + n * outStrides[third]!
        if (joinsColumns) out.set(turned.subarray(0, count * columns) as A, to)
        else {
          for (let c = 0; c < columns; c++) {
            out.set(turned.subarray(c * count, (c + 1) * count) as A, to + c * outStrides[along]!)
          }
        }
      }
    }
  })
}
