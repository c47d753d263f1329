import { blurBox, blurScratchBytes } from './blur.ts'
import { gaussianRadius } from './gaussian.ts'
import { copyPart, grow, type Part, surround } from './part.ts'
import { prefilterBox, prefilterScratchBytes } from './prefilter.ts'
import { reachOf } from './reach.ts'
import type { ResamplePass, VoxelArray } from './resample.ts'
import type { Shape, Vec3 } from './stage.ts'
import type { Kernels } from './wasm.generated.ts'

/** The parts of a source that a pass has in memory, each within the next one. */
export interface SourceParts {
  /** What is read of it. */
  readonly read: Part
  /** What stands for it: the same, but a spline's run-out beyond it. */
  readonly samples: Part
  /** The same with what neighbours ask for beyond. */
  readonly held: Part
}

/** Voxels beyond the source, for a cubic spline through a source whose edge goes on, at which the ends of lines have faded. */
export const edgeRoom = 16

/** Only what the pass can reach; all of it for `cubic`. */
export function partsOf({ stages, window, interpolation, extension, smoothing }: ResamplePass): SourceParts {
  const cubic = interpolation === 'cubic'
  const { box } = stages.at(-1)!
  const read = cubic
    ? { first: [0, 0, 0] as const, shape: box }
    : smoothed(reachOf(stages, window, !!extension), box, smoothing)
  const samples = grow(read, cubic && extension === 'edge' ? edgeRoom : 0)
  return { read, samples, held: grow(samples, cubic ? 2 : extension || interpolation === 'vote' ? 1 : 0) }
}

/** A part with what a smoothing of it reads. */
function smoothed(part: Part, box: Shape, smoothing: Vec3 | undefined): Part {
  if (!smoothing || part.shape.includes(0)) return part
  const radius = smoothing.map((std, axis) => gaussianRadius(std, box[axis]!))
  const first = part.first.map((x, axis) => Math.max(0, x - radius[axis]!)) as unknown as Vec3
  const shape = part.shape.map(
    (n, axis) => Math.min(box[axis]!, part.first[axis]! + n + radius[axis]!) - first[axis]!,
  ) as unknown as Shape
  return { first, shape }
}

/** The scratch memory, in bytes, that `placeSource` needs. */
export const sourceScratchBytes = (
  { interpolation, smoothing }: ResamplePass,
  { read, samples }: SourceParts,
): number =>
  Math.max(
    interpolation === 'cubic' ? prefilterScratchBytes(samples.shape) : 0,
    smoothing ? blurScratchBytes(read.shape, smoothing) : 0,
  )

/**
 * Copies a source into memory and makes of it what the pass reads: smoothed, a spline's coefficients, and continued by what its
 * extension says, or for a vote by the fill.
 * @param memory the memory for the part held
 */
export function placeSource(
  kernels: Kernels,
  { source, stages, interpolation, extension, smoothing }: ResamplePass,
  { read, samples, held }: SourceParts,
  memory: VoxelArray,
  unfilteredZ: boolean,
  scratch: number,
): void {
  const { box, fill } = stages.at(-1)!
  // Copying is the same for every element type.
  const voxels = memory as Float32Array
  copyPart(source as Float32Array, box, read, voxels, held)
  const boxOf = (part: Part) => ({
    data: voxels.byteOffset + 4 * offsetOf(part, held),
    shape: part.shape,
    rowBytes: 4 * held.shape[0],
    planeBytes: 4 * held.shape[0] * held.shape[1],
  })
  if (smoothing) blurBox(kernels, voxels.buffer as ArrayBuffer, boxOf(read), smoothing, 'reflect', scratch)
  if (interpolation === 'cubic') {
    const ends = extension === 'reflect' || extension === 'wrap' ? extension : 'mirror'
    if (extension === 'edge') surround(voxels, held, read, { extension, shape: box })
    prefilterBox(kernels, boxOf(samples), ends, unfilteredZ, scratch)
    surround(voxels, held, samples, { extension: ends, shape: samples.shape })
  } else if (extension) surround(voxels, held, read, { extension, shape: box })
  else if (interpolation === 'vote') surround(voxels, held, read, fill)
}

/** The number of a part's first voxel in a larger part. */
function offsetOf({ first }: Part, within: Part): number {
  const [x, y, z] = first.map((n, axis) => n - within.first[axis]!) as [number, number, number]
  return x + within.shape[0] * (y + within.shape[1] * z)
}
