import type { Kernels } from './wasm.generated.ts'

/** Deviations after which a Gaussian is cut off, as scipy.ndimage.gaussian_filter's truncate. */
const truncate = 4

/** What stands beyond a line's ends for a filter: the line again, in reverse (… b a | a b …), or zeros. */
export type LineEnds = 'reflect' | 'zeros'

/** How far, in voxels, a Gaussian reaches along a line of `n` voxels. */
export const gaussianRadius = (std: number, n: number): number => Math.min(n, Math.floor(truncate * std + 0.5))

/**
 * The weights of a sampled Gaussian for distances 0, 1, … along a line of `n` voxels, whose sum over both sides is 1.
 *
 * Weights that reach past the line's own length come back into it where the line is reflected, so none is ever further away
 * than `n`, however large the deviation.
 */
export function gaussianWeights({ exp }: Pick<Kernels, 'exp'>, std: number, n: number, ends: LineEnds): Float32Array {
  if (std === 0) return Float32Array.of(1)
  // Beyond, a reflected line is as good as its mean: the cut at four deviations leaves it uneven by less than 1e-5.
  const deviation = ends === 'reflect' ? Math.min(std, 64 * n) : std
  const reach = Math.floor(truncate * deviation + 0.5)
  const radius = gaussianRadius(deviation, ends === 'reflect' ? n : Math.max(0, n - 1))
  const weights = new Float64Array(radius + 1)
  let sum = 0
  for (let distance = 0; distance <= reach; distance++) {
    const weight = exp((-0.5 * distance * distance) / (deviation * deviation))
    const turned = distance % (2 * n)
    const place = ends === 'zeros' ? distance : Math.min(turned, 2 * n - turned)
    sum += distance === 0 ? weight : 2 * weight
    // Both sides of a distance that comes round to 0 are one voxel, which counts twice.
    if (place <= radius) weights[place]! += place === 0 && distance > 0 ? 2 * weight : weight
  }
  return Float32Array.from(weights, (weight) => weight / sum)
}
