import { blurBox, blurScratchBytes } from './blur.ts'
import { gaussianRadius } from './gaussian.ts'
import { withMemory } from './instance.ts'
import { copyPart, grow, type Part, surround } from './part.ts'
import { isWholeAlongZ, latticeSumsBytes, planBytes, rowBufferBytes, type Sampling, writePlan } from './plan.ts'
import { prefilterBox, prefilterScratchBytes } from './prefilter.ts'
import { reachOf } from './reach.ts'
import type { Extension, Interpolation, Shape, Stage, Vec3, Window } from './stage.ts'

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
  /** `cubic` wants a source that is finite. */
  readonly interpolation: Interpolation
  /** How the source goes on beyond itself; then no point takes the last stage's fill. */
  readonly extension?: Extension | undefined
  /**
   * Standard deviations, in voxels, of a Gaussian that goes over the source first; for `linear` and `cubic`. The source is
   * reflected for it, truncated at four deviations.
   */
  readonly smoothing?: Vec3 | undefined
}

/** Output that is streamed in slabs of this size stays in cache. */
const slabBytes = 262144

/** A pass that would need more memory is done in parts. */
const mostBytes = 1073741824

/** Voxels beyond the source, for a cubic spline through a source whose edge goes on, at which the ends of lines have faded. */
const edgeRoom = 16

/**
 * Resamples into `out` (float32 for `linear` and `cubic`, else the source's type).
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
 * Only the part of the source that the pass can reach is copied in; all of it for `cubic`.
 * @returns the number of voxels at which an inverse displacement was not found to 1e-3 voxel
 * @throws RangeError when the engine has no memory left
 */
export function sampleRows(pass: ResamplePass, visit: (rows: VoxelArray, first: number) => void): number {
  const { source, stages, window, interpolation, extension, smoothing } = pass
  const cubic = interpolation === 'cubic'
  const floating = cubic || interpolation === 'linear'
  const [nx, ny, nz] = window.shape
  const box = stages.at(-1)!.box
  const elementBytes = floating ? 4 : source.BYTES_PER_ELEMENT
  const rowsPerSlab = Math.max(1, Math.min(ny * nz, Math.floor(slabBytes / (nx * elementBytes))))

  // Of the source: what is read, what stands for it (with a spline's run-out), and that with what neighbours ask for beyond.
  const read = cubic
    ? { first: [0, 0, 0] as const, shape: box }
    : smoothed(reachOf(stages, window, !!extension), box, smoothing)
  const extensionRoom = cubic && extension === 'edge' ? edgeRoom : 0
  const samples = grow(read, extensionRoom)
  const held = grow(samples, cubic ? 2 : extension || interpolation === 'vote' ? 1 : 0)
  const empty = read.shape.includes(0)

  const sizes = [
    planBytes(stages),
    rowBufferBytes(stages, nx),
    latticeSumsBytes(stages),
    rowsPerSlab * nx * elementBytes,
    // A blend of a line's part ends with up to three voxels behind it.
    ...(floating ? [4 * held.shape[0] * held.shape[1], 4 * held.shape[0] + 12] : [0, 0]),
    Math.max(cubic ? prefilterScratchBytes(samples.shape) : 0, smoothing ? blurScratchBytes(read.shape, smoothing) : 0),
    empty ? 0 : held.shape[0] * held.shape[1] * held.shape[2] * elementBytes,
  ].map((size) => Math.ceil(size / 16) * 16)
  // Blends of lines and filters read on behind a row's end.
  const bytes = sizes.reduce((sum, size) => sum + size, 144)
  if (bytes > mostBytes && nz > 1 && !cubic) {
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
    let free = base
    const [plan, rowBuffer, latticeSums, slab, plane, line, scratch, sourceAt] = sizes.map((size) => {
      const at = free
      free += size
      return size > 0 ? at : 0
    }) as [number, number, number, number, number, number, number, number]
    const type = floating ? Float32Array : (source.constructor as Float32ArrayConstructor)
    const sampling: Sampling = {
      interpolation,
      extension,
      extensionRoom: Math.max(0, extensionRoom - 3),
      order: floating ? 0 : orderOf(source),
      unfilteredZ: cubic && isWholeAlongZ(stages),
    }
    const fills = stages.map(({ fill }) => {
      const eight = new Uint8Array(8)
      new type(eight.buffer)[0] = fill
      return eight
    })
    if (!empty) {
      const voxels = new type(buffer, sourceAt, held.shape[0] * held.shape[1] * held.shape[2])
      copyPart(source as Float32Array, box, read, voxels, held)
      const within = (part: Part) => ({
        data: sourceAt + 4 * offsetOf(part, held),
        shape: part.shape,
        rowBytes: 4 * held.shape[0],
        planeBytes: 4 * held.shape[0] * held.shape[1],
      })
      if (smoothing) blurBox(kernels, buffer, within(read), smoothing, 'reflect', scratch)
      if (extensionRoom > 0) surround(voxels, { ...held }, read, { extension: 'edge', shape: box })
      if (cubic) {
        const ends = extension === 'reflect' || extension === 'wrap' ? extension : 'mirror'
        prefilterBox(kernels, within(samples), ends, sampling.unfilteredZ, scratch)
        const shape = samples.shape
        surround(voxels, held, samples, { extension: ends, shape })
      } else if (extension) surround(voxels, held, read, { extension, shape: box })
      else if (interpolation === 'vote') surround(voxels, held, read, stages.at(-1)!.fill)
    }
    const layout = { plan, rowBuffer, latticeSums, plane, line, source: sourceAt }
    writePlan(buffer, layout, stages, window, held, elementBytes, sampling, fills)
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

/** A part of a source with what a smoothing of it reads. */
function smoothed(part: Part, box: Shape, smoothing: Vec3 | undefined): Part {
  if (!smoothing || part.shape.includes(0)) return part
  const radius = smoothing.map((std, axis) => gaussianRadius(std, box[axis]!))
  const first = part.first.map((x, axis) => Math.max(0, x - radius[axis]!)) as unknown as Vec3
  const shape = part.shape.map(
    (n, axis) => Math.min(box[axis]!, part.first[axis]! + n + radius[axis]!) - first[axis]!,
  ) as unknown as Shape
  return { first, shape }
}

/** The number of a part's first voxel in a larger part. */
function offsetOf({ first }: Part, within: Part): number {
  const [x, y, z] = first.map((n, axis) => n - within.first[axis]!) as [number, number, number]
  return x + within.shape[0] * (y + within.shape[1] * z)
}

/** How the labels of an array sort: the numbers of assembly/vote.ts. */
function orderOf(source: VoxelArray): number {
  if (source instanceof Float32Array || source instanceof Float64Array) return 2
  return source instanceof Int8Array || source instanceof Int16Array || source instanceof Int32Array ? 1 : 0
}
