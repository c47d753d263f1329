import { gaussianRadius, gaussianWeights, type LineEnds } from './gaussian.ts'
import { withMemory } from './instance.ts'
import type { Shape, Vec3 } from './stage.ts'
import type { Voxels } from './voxels.ts'
import type { Kernels } from './wasm.generated.ts'

/** Float32 voxels in memory: a box, with the bytes from one row and one plane to the next. */
export interface MemoryBox {
  readonly data: number
  readonly shape: Shape
  readonly rowBytes: number
  readonly planeBytes: number
}

/** The scratch memory, in bytes, that `blurBox` needs. */
export function blurScratchBytes(shape: Shape, std: Vec3): number {
  const radius = shape.map((n, axis) => gaussianRadius(std[axis]!, n))
  const weights = radius.reduce((sum, r) => sum + 4 * (r + 1) + 16, 0)
  return weights + 128 * Math.max(...shape.map((n, axis) => n + 2 * radius[axis]!)) + 64
}

/** Smooths a box in place by a Gaussian, of a standard deviation in voxels along each axis; 0 leaves an axis as it is. */
export function blurBox(
  kernels: Kernels,
  buffer: ArrayBuffer,
  { data, shape, rowBytes, planeBytes }: MemoryBox,
  std: Vec3,
  ends: LineEnds,
  scratch: number,
): void {
  const [nx, ny, nz] = shape
  let free = scratch
  const [x, y, z] = [0, 1, 2].map((axis) => {
    const weights = gaussianWeights(kernels, std[axis]!, shape[axis]!, ends)
    if (weights.length === 1 && weights[0] === 1) return { radius: 0, weights: 0 }
    const at = free
    new Float32Array(buffer, at, weights.length).set(weights)
    free += Math.ceil((4 * weights.length) / 16) * 16
    return { radius: weights.length - 1, weights: at }
  }) as [Filter, Filter, Filter]
  const zeros = ends === 'zeros' ? 1 : 0
  kernels.blurXY(data, nx, ny, nz, rowBytes, planeBytes, x.radius, x.weights, y.radius, y.weights, zeros, free)
  if (z.weights > 0) kernels.blurZ(data, nx, ny, nz, rowBytes, planeBytes, z.radius, z.weights, zeros, free)
}

/** Weights in memory, one for the middle and one for each distance up to the radius; none where an axis stays as it is. */
interface Filter {
  readonly radius: number
  readonly weights: number
}

/**
 * Smooths one channel by a Gaussian, of a standard deviation in voxels along each axis, truncated at four of them.
 * @param out where the result goes: as long as the input, and perhaps the input itself
 * @throws RangeError when the engine has no memory left
 * @see scipy.ndimage.gaussian_filter, whose modes `reflect` and `constant` these ends are
 */
export function blur(source: Voxels, shape: Shape, std: Vec3, ends: LineEnds, out: Float32Array): Float32Array {
  const [nx, ny] = shape
  const scratchBytes = Math.ceil(blurScratchBytes(shape, std) / 16) * 16
  return withMemory(scratchBytes + 4 * source.length + 144, (kernels, buffer, base) => {
    const data = base + scratchBytes
    const voxels = new Float32Array(buffer, data, source.length)
    voxels.set(source)
    blurBox(kernels, buffer, { data, shape, rowBytes: 4 * nx, planeBytes: 4 * nx * ny }, std, ends, base)
    out.set(voxels)
    return out
  })
}
