import { transformPoint, type Vec3 } from '@voxaug/core'
import type { LatticePart } from './warp.ts'

/** The uniform cubic B-spline's four weights, and their derivatives, at t in [0, 1). */
function weights(t: number): readonly [number, number, number, number] {
  const u = 1 - t
  return [(u * u * u) / 6, (4 - 6 * t * t + 3 * t * t * t) / 6, (4 - 6 * u * u + 3 * u * u * u) / 6, (t * t * t) / 6]
}

function slopes(t: number): readonly [number, number, number, number] {
  const u = 1 - t
  return [(-u * u) / 2, (3 * t * t - 4 * t) / 2, (4 * u - 3 * u * u) / 2, (t * t) / 2]
}

/** The field d of a lattice at world point p, in mm. Control points beyond the lattice are 0. */
export function displacementAt(lattice: LatticePart, p: Vec3): Vec3 {
  return sumAt(lattice, transformPoint(lattice.toLattice, p), [weights, weights, weights])
}

/** The field's derivatives along the three lattice axes at a lattice coordinate, in mm per control point spacing. */
export function derivativesAt(lattice: LatticePart, at: Vec3): readonly [Vec3, Vec3, Vec3] {
  return [
    sumAt(lattice, at, [slopes, weights, weights]),
    sumAt(lattice, at, [weights, slopes, weights]),
    sumAt(lattice, at, [weights, weights, slopes]),
  ]
}

function sumAt(
  { shape: [mx, my, mz], displacementsMm }: LatticePart,
  [u, v, w]: Vec3,
  [bx, by, bz]: readonly (typeof weights)[],
): Vec3 {
  const [i, j, k] = [Math.floor(u), Math.floor(v), Math.floor(w)]
  const [wx, wy, wz] = [bx!(u - i), by!(v - j), bz!(w - k)]
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
