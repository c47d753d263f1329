import { withMemory } from './instance.ts'
import type { VoxelArray } from './resample.ts'

/** Bytes of the source that are brought in at a time: they stay in cache. */
const blockBytes = 131072

/** Whether rows are short enough for calls to cost more than bytes, and not too far apart to be taken in together. */
export function worthBlocks(source: VoxelArray, out: VoxelArray, length: number, width: number): boolean {
  const { BYTES_PER_ELEMENT: bytes } = source
  return (
    source.constructor === out.constructor &&
    length * bytes <= 4096 &&
    width * bytes <= blockBytes &&
    width <= 4 * length
  )
}

/** Rows of one plane: of a source from `from` on, `stride` apart, each `backwards` or not; `pitch` apart from `to` on. */
export interface PlaneRows {
  readonly from: number
  readonly to: number
  readonly rows: number
  readonly length: number
  readonly stride: number
  readonly pitch: number
  readonly backwards: boolean
}

/** Copies rows in blocks: one call for many, since rows are short. What lies between them becomes 0. */
export function copyRows<A extends VoxelArray>(
  source: A,
  out: A,
  { from, to, rows, length, stride, pitch, backwards }: PlaneRows,
): void {
  const element = source.BYTES_PER_ELEMENT
  const step = Math.abs(stride)
  const perBlock = Math.max(1, Math.floor(blockBytes / (Math.max(step, pitch) * element)))
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
      if (backwards)
        kernels.reverseRows(start, ready, count, length * element, stride * element, pitch * element, element)
      else kernels.copyRows(start, ready, count, length * element, stride * element, pitch * element)
      out.set(new type(buffer, ready, (count - 1) * pitch + length) as A, to + row * pitch)
    }
  })
}
