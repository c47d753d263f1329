import { transformPoint, type Vec3 } from '@voxaug/core'
import type { FieldPart, LatticePart } from './warp.ts'

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

/** The displacement d of a lattice or field at world point p, in mm. */
export const displacementAt = (part: LatticePart | FieldPart, p: Vec3): Vec3 =>
  part.type === 'lattice' ? latticeAt(part, p) : fieldAt(part, p)

/** Control points beyond the lattice are 0. */
function latticeAt({ shape: [mx, my, mz], toLattice, displacementsMm }: LatticePart, p: Vec3): Vec3 {
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

/** Beyond its outer voxel centres a field is as it is at the nearest of them. */
function fieldAt({ shape, toField, millimetres }: FieldPart, p: Vec3): Vec3 {
  const place = transformPoint(toField, p).map((x, axis) => Math.max(0, Math.min(shape[axis]! - 1, x)))
  const strides = [1, shape[0], shape[0] * shape[1]]
  const low = place.map((x, axis) => Math.min(Math.max(0, shape[axis]! - 2), Math.floor(x)))
  const start = low.reduce((sum, x, axis) => sum + x * strides[axis]!, 0)
  const volume = shape[0] * shape[1] * shape[2]
  const sum = [0, 0, 0]
  for (let corner = 0; corner < 8; corner++) {
    let weight = 1
    let at = start
    for (const axis of [0, 1, 2]) {
      const t = place[axis]! - low[axis]!
      const next = (corner >> axis) & 1
      weight *= next ? t : 1 - t
      at += next * strides[axis]!
    }
    if (weight === 0) continue
    for (const axis of [0, 1, 2]) sum[axis]! += weight * millimetres[axis * volume + at]!
  }
  return sum as unknown as Vec3
}
