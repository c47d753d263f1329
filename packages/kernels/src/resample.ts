import { withMemory } from './instance.ts'
import { isWholeAlongZ, latticeSumsBytes, planBytes, rowBufferBytes, type Sampling, writePlan } from './plan.ts'
import { edgeRoom, partsOf, placeSource, sourceScratchBytes } from './source.ts'
import { compose, type Extension, type Interpolation, type Stage, type Vec3, type Window } from './stage.ts'
import { bringPart, extentOf, tileOf } from './tiles.ts'

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

/** A pass that would need more memory is done in parts. */
const mostBytes = 1073741824

/**
 * Resamples into `out` (float32 for `linear` and `cubic`, else the source's type), tile by tile.
 *
 * Only the part of the source that the pass can reach is copied in; all of it for `cubic`.
 * @returns the number of voxels at which an inverse displacement was not found to 1e-3 voxel
 * @throws RangeError when the engine has no memory left
 */
export function resample(pass: ResamplePass, out: VoxelArray): number {
  const { source, stages, window, interpolation, extension } = pass
  const cubic = interpolation === 'cubic'
  const floating = cubic || interpolation === 'linear'
  const [nx, ny, nz] = window.shape
  const type = floating ? Float32Array : (source.constructor as Float32ArrayConstructor)
  const element = type.BYTES_PER_ELEMENT
  const parts = partsOf(pass)
  const { held } = parts
  const through = stages.map(({ matrix }) => matrix).reduce((first, then) => compose(then, first))
  const isDisplaced = stages.some(({ displacement }) => displacement)
  const tile = tileOf(through, window, nx * element, isDisplaced)
  const isFilled = parts.read.shape.includes(0)
  const heldLength = isFilled ? 0 : held.shape[0] * held.shape[1] * held.shape[2]

  const sizes = [
    planBytes(stages),
    rowBufferBytes(stages, nx),
    latticeSumsBytes(stages),
    tile.rows * tile.planes * nx * element,
    // A blend of a line's part ends with up to three voxels behind it.
    ...(floating ? [4 * held.shape[0] * held.shape[1], 4 * held.shape[0] + 12] : [0, 0]),
    sourceScratchBytes(pass, parts),
    heldLength * element,
  ].map((size) => Math.ceil(size / 16) * 16)
  // Blends of lines and filters read on behind a row's end.
  const bytes = sizes.reduce((sum, size) => sum + size, 144)
  if (bytes > mostBytes && nz > 1 && !cubic) {
    const half = Math.ceil(nz / 2)
    const { base, step } = window
    const lower: Window = { base, step, shape: [nx, ny, half] }
    const upper: Window = { base: [base[0], base[1], base[2] + step[2] * half], step, shape: [nx, ny, nz - half] }
    const cut = nx * ny * half
    return (
      resample({ ...pass, window: lower }, out.subarray(0, cut)) +
      resample({ ...pass, window: upper }, out.subarray(cut))
    )
  }

  return withMemory(bytes, (kernels, buffer, base) => {
    let free = base
    const [plan, rowBuffer, latticeSums, tileAt, plane, line, scratch, sourceAt] = sizes.map((size) => {
      const at = free
      free += size
      return size > 0 ? at : 0
    }) as [number, number, number, number, number, number, number, number]
    const sampling: Sampling = {
      interpolation,
      extension,
      extensionRoom: cubic && extension === 'edge' ? edgeRoom - 3 : 0,
      order: floating ? 0 : orderOf(source),
      unfilteredZ: cubic && isWholeAlongZ(stages),
    }
    const fills = stages.map(({ fill }) => {
      const eight = new Uint8Array(8)
      new type(eight.buffer)[0] = fill
      return eight
    })
    if (!isFilled) {
      placeSource(kernels, pass, parts, new type(buffer, sourceAt, heldLength), sampling.unfilteredZ, scratch)
    }
    const layout = { plan, rowBuffer, latticeSums, plane, line, source: sourceAt }
    writePlan(buffer, layout, stages, window, held, element, sampling, fills)
    let unsolved = 0
    for (let k = 0; k < nz; k += tile.planes) {
      const planes = Math.min(tile.planes, nz - k)
      for (let j = 0; j < ny; j += tile.rows) {
        const rows = Math.min(tile.rows, ny - j)
        bringPart(
          kernels,
          sourceAt,
          element,
          held,
          extentOf(through, window, { first: [0, j, k], shape: [nx, rows, planes] }),
        )
        unsolved += kernels.passTile(plan, tileAt, j, rows, k, planes)
        // Whole planes follow each other in the output too.
        const runs = rows === ny ? 1 : planes
        const length = (rows * planes * nx) / runs
        for (let run = 0; run < runs; run++) {
          out.set(new type(buffer, tileAt + run * length * element, length), nx * (j + ny * (k + run)))
        }
      }
    }
    return unsolved
  })
}

/** How the labels of an array sort: the numbers of assembly/vote.ts. */
function orderOf(source: VoxelArray): number {
  if (source instanceof Float32Array || source instanceof Float64Array) return 2
  return source instanceof Int8Array || source instanceof Int16Array || source instanceof Int32Array ? 1 : 0
}
