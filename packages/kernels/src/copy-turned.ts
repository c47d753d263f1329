import type { CopiedAxis } from './copy.ts'
import { withMemory } from './instance.ts'
import type { VoxelArray } from './resample.ts'
import type { Shape } from './stage.ts'

/** Bytes of source, and as many of output, that are worked on at a time. */
const blockBytes = 786432

/**
 * Copies voxels whose rows run along another axis of the source than its rows.
 *
 * Three axes: x, the output's rows; q, the source's rows; and r, the third one. A block is some of r by some of x by all of q; its
 * rows are brought in, turned into columns, and taken out, as many at a time as follow each other in memory.
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
  const along = axes.findIndex(({ stride }) => Math.abs(stride) === 1)
  const [q, r] = [axes[along]!, axes[3 - along]!]
  const [qOut, rOut] = [outStrides[along]!, outStrides[3 - along]!]
  const columns = q.high - q.low
  const element = source.BYTES_PER_ELEMENT
  const fitting = Math.max(1, Math.floor(blockBytes / (columns * element)))
  const rowsPerBlock = Math.min(x.high - x.low, fitting)
  const groupsPerBlock = Math.min(r.high - r.low, Math.max(1, Math.floor(fitting / rowsPerBlock)))
  const type = source.constructor as Float32ArrayConstructor
  // Rows are read four elements at a time.
  const held = Math.ceil((groupsPerBlock * rowsPerBlock * columns * element) / 16) * 16
  // The source's offset of the element of lowest address in the row at (x, r).
  const rowAt = (m: number, n: number) => origin + m * x.stride + n * r.stride + lowest(q)

  withMemory(2 * held, (kernels, buffer, base) => {
    const inside = new type(buffer, base, held / element)
    const turned = new type(buffer, base + held, held / element)
    const bring = (to: number, from: number, length: number) =>
      inside.set((source as Float32Array).subarray(from, from + length), to)
    const take = (from: number, to: number, length: number) => out.set(turned.subarray(from, from + length) as A, to)
    for (let n = r.low; n < r.high; n += groupsPerBlock) {
      const groups = Math.min(groupsPerBlock, r.high - n)
      for (let m = x.low; m < x.high; m += rowsPerBlock) {
        const rows = Math.min(rowsPerBlock, x.high - m)
        const inRows = layout([rows, x.stride], [groups, r.stride], columns)
        const outRows = layout([columns, qOut], [groups, rOut], rows)
        for (let run = 0; run < inRows.runs; run++) {
          const [a, b] = inRows.first(run)
          bring(run * inRows.length, rowAt(m + a, n + b), inRows.length)
        }
        for (let g = 0; g < groups; g++) {
          const backwards = q.stride < 0
          const from = inRows.at(0, g)
          const to = outRows.at(backwards ? columns - 1 : 0, g)
          const rowStep = inRows.at(1, g) - from
          const columnStep = outRows.at(1, g) - outRows.at(0, g)
          kernels.turn(
            base + from * element,
            rowStep * element,
            base + held + to * element,
            (backwards ? -columnStep : columnStep) * element,
            rows,
            columns,
            element,
          )
        }
        for (let run = 0; run < outRows.runs; run++) {
          const [a, b] = outRows.first(run)
          take(run * outRows.length, m + (q.low + a) * qOut + (n + b) * rOut, outRows.length)
        }
      }
    }
  })
}

/** How far below an axis's first voxel its voxel of lowest address lies. */
const lowest = ({ low, high, stride }: CopiedAxis): number => (stride > 0 ? low : high - 1) * stride

/** Rows, one for each place of two axes, as they lie in a block: those that follow each other in the array are one run. */
interface Layout {
  readonly runs: number
  /** Elements of a run. */
  readonly length: number
  /** The places, along both axes, of the row that a run starts with. */
  first(run: number): readonly [number, number]
  /** The offset in the block, in elements, of the row at two places. */
  at(u: number, v: number): number
}

/** Of rows of `row` elements; axes are counts of places and strides in the array. */
function layout([us, uStride]: Axis, [vs, vStride]: Axis, row: number): Layout {
  const backU = uStride < 0
  const backV = vStride < 0
  if (Math.abs(uStride) === row) {
    return {
      runs: vs,
      length: us * row,
      first: (run) => [backU ? us - 1 : 0, run],
      at: (u, v) => (v * us + (backU ? us - 1 - u : u)) * row,
    }
  }
  if (Math.abs(vStride) === row) {
    return {
      runs: us,
      length: vs * row,
      first: (run) => [run, backV ? vs - 1 : 0],
      at: (u, v) => (u * vs + (backV ? vs - 1 - v : v)) * row,
    }
  }
  return {
    runs: us * vs,
    length: row,
    first: (run) => [run % us, Math.floor(run / us)],
    at: (u, v) => (v * us + u) * row,
  }
}

type Axis = readonly [count: number, stride: number]
