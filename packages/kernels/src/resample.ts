import { withMemory } from './instance.ts'
import { planBytes, rowBufferBytes, writePlan } from './plan.ts'
import { reachOf } from './reach.ts'
import type { Shape, Stage, Window } from './stage.ts'

/** The element types of volumes. */
export type VoxelArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array

/** A resampling pass over one channel. */
export interface ResamplePass {
  readonly source: VoxelArray
  /** From the output to the source; the last stage's box is the source's shape. */
  readonly stages: readonly Stage[]
  /** The part of the first stage's grid that the output is. */
  readonly window: Window
  /** `nearest` keeps the element type; `linear` is trilinear and gives float32. */
  readonly interpolation: 'nearest' | 'linear'
}

/** Output that is streamed in slabs of this size stays in cache. */
const slabBytes = 262144

/** A pass that would need more memory is done in parts. */
const mostBytes = 1073741824

/**
 * Resamples into `out` (float32 for `linear`, else the source's type).
 * @returns the number of voxels at which an inverse displacement was not found to 1e-3 voxel
 * @throws RangeError when the engine has no memory left
 */
export function resample(pass: ResamplePass, out: VoxelArray): number {
  const [nx] = pass.window.shape
  return sampleRows(pass, (rows, first) => out.set(rows, first * nx))
}

/**
 * Resamples slab by slab: `visit` gets some rows of the output at a time, y fastest, then z, and the number of the first.
 * The rows are a view of the kernel's memory that the next slab overwrites.
 *
 * Only the part of the source that the pass can reach is copied in.
 * @returns the number of voxels at which an inverse displacement was not found to 1e-3 voxel
 * @throws RangeError when the engine has no memory left
 */
export function sampleRows(pass: ResamplePass, visit: (rows: VoxelArray, first: number) => void): number {
  const { source, stages, window, interpolation } = pass
  const linear = interpolation === 'linear'
  const [nx, ny, nz] = window.shape
  const reach = reachOf(stages, window)
  const elementBytes = linear ? 4 : source.BYTES_PER_ELEMENT
  const rowsPerSlab = Math.max(1, Math.min(ny * nz, Math.floor(slabBytes / (nx * elementBytes))))

  const sizes = [
    planBytes(stages),
    rowBufferBytes(stages, nx),
    rowsPerSlab * nx * elementBytes,
    reach.shape[0] * reach.shape[1] * reach.shape[2] * elementBytes,
  ].map((size) => Math.ceil(size / 16) * 16)
  const bytes = sizes.reduce((sum, size) => sum + size, 16)
  if (bytes > mostBytes && nz > 1) {
    const half = Math.ceil(nz / 2)
    const { base, step } = window
    const lower: Window = { base, step, shape: [nx, ny, half] }
    const upper: Window = { base: [base[0], base[1], base[2] + step[2] * half], step, shape: [nx, ny, nz - half] }
    return (
      sampleRows({ ...pass, window: lower }, visit) +
      sampleRows({ ...pass, window: upper }, (rows, first) => visit(rows, first + ny * half))
    )
  }

  return withMemory(bytes, (kernels, buffer, base) => {
    const [planSize, rowSize, slabSize] = sizes as [number, number, number]
    const plan = base
    const slab = plan + planSize + rowSize
    const layout = { plan, rowBuffer: rowSize > 0 ? plan + planSize : 0, source: slab + slabSize }
    const type = linear ? Float32Array : (source.constructor as Float32ArrayConstructor)
    copyPart(source as Float32Array, stages.at(-1)!.box, reach, new type(buffer, layout.source))
    const fills = stages.map(({ fill }) => {
      const eight = new Uint8Array(8)
      new type(eight.buffer)[0] = fill
      return eight
    })
    writePlan(buffer, layout, stages, window, reach, elementBytes, linear, fills)
    const rows = ny * nz
    let unsolved = 0
    for (let first = 0; first < rows; first += rowsPerSlab) {
      const count = Math.min(rowsPerSlab, rows - first)
      unsolved += kernels.passRows(plan, slab, first, count)
      visit(new type(buffer, slab, count * nx), first)
    }
    return unsolved
  })
}

/** Copies a box out of a volume into an array of its own, converting to the array's type. */
function copyPart(
  source: Float32Array,
  [nx, ny]: Shape,
  { first: [x, y, z], shape: [mx, my, mz] }: { readonly first: Shape; readonly shape: Shape },
  out: Float32Array,
): void {
  const wholeRows = mx === nx
  const wholePlanes = wholeRows && my === ny
  const run = wholePlanes ? mx * my * mz : wholeRows ? mx * my : mx
  let to = 0
  for (let k = 0; k < (wholePlanes ? 1 : mz); k++) {
    for (let j = 0; j < (wholeRows ? 1 : my); j++) {
      const from = x + nx * (y + j + ny * (z + k))
      out.set(source.subarray(from, from + run), to)
      to += run
    }
  }
}
