import { transformPoint, type Vec3 } from '@voxaug/core'
import type { LatticePart } from './warp.ts'

/** The uniform cubic B-spline’s four weights at t in [0, 1). */
export function weights(t: number): readonly [number, number, number, number] {
  const u = 1 - t
  return [(u * u * u) / 6, (4 - 6 * t * t + 3 * t * t * t) / 6, (4 - 6 * u * u + 3 * u * u * u) / 6, (t * t * t) / 6]
}

/** Their derivatives. */
export function slopes(t: number): readonly [number, number, number, number] {
  const u = 1 - t
  return [(-u * u) / 2, (3 * t * t - 4 * t) / 2, (4 * u - 3 * u * u) / 2, (t * t) / 2]
}

/** The field d of a lattice at world point p, in mm. Control points beyond the lattice are 0. */
export function displacementAt({ shape: [mx, my, mz], toLattice, displacementsMm }: LatticePart, p: Vec3): Vec3 {
  const [u, v, w] = transformPoint(toLattice, p)
  const [i, j, k] = [Math.floor(u), Math.floor(v), Math.floor(w)]
  const [wx, wy, wz] = [weights(u - i), weights(v - j), weights(w - k)]
  let [x, y, z] = [0, 0, 0]
  for (let c = Math.max(0, 1 - k); c < 4 && k - 1 + c < mz; c++) {
    for (let b = Math.max(0, 1 - j); b < 4 && j - 1 + b < my; b++) {
      for (let a = Math.max(0, 1 - i); a < 4 && i - 1 + a < mx; a++) {
        const weight = wx[a]! * wy[b]! * wz[c]!
        const node = 3 * (i - 1 + a + mx * (j - 1 + b + my * (k - 1 + c)))
        x += weight * displacementsMm[node]!
        y += weight * displacementsMm[node + 1]!
        z += weight * displacementsMm[node + 2]!
      }
    }
  }
  return [x, y, z]
}
