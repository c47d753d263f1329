import type { Shape } from '@voxaug/core'

/**
 * A value between voxels, at an index that need not be whole; NaN where a voxel that it is made of is NaN, and outside: beyond
 * half a voxel from the outer voxel centres.
 */
export type Sampler = (i: number, j: number, k: number) => number

/**
 * Samples one channel linearly. Beyond the outer voxel centres, up to half a voxel, it stays as it is there (`'clamp'`, as
 * resampling does), or goes on as between the outer two voxels (`'extend'`, which keeps a position a position).
 */
export function sampler(data: ArrayLike<number>, [nx, ny, nz]: Shape, border: 'clamp' | 'extend'): Sampler {
  return (i, j, k) => {
    if (!(isInside(i, nx) && isInside(j, ny) && isInside(k, nz))) return Number.NaN
    const [i0, u] = split(i, nx, border)
    const [j0, v] = split(j, ny, border)
    const [k0, w] = split(k, nz, border)
    let sum = 0
    // A neighbour without weight is not looked at: it may be NaN, or not there.
    for (let corner = 0; corner < 8; corner++) {
      const weight = (corner & 1 ? u : 1 - u) * (corner & 2 ? v : 1 - v) * (corner & 4 ? w : 1 - w)
      if (weight === 0) continue
      sum += weight * data[i0 + (corner & 1) + nx * (j0 + ((corner >> 1) & 1) + ny * (k0 + (corner >> 2)))]!
    }
    return sum
  }
}

const isInside = (x: number, n: number) => x >= -0.5 && x < n - 0.5

/** The voxel before an index and the way from it to the next, in voxels. */
function split(x: number, n: number, border: 'clamp' | 'extend'): readonly [number, number] {
  if (n === 1) return [0, 0]
  const at = border === 'clamp' ? Math.min(n - 1, Math.max(0, x)) : x
  const before = Math.min(n - 2, Math.max(0, Math.floor(at)))
  return [before, at - before]
}
