import { type Affine, centerIndex, cosDegrees, type Grid, sinDegrees, transformPoint, type Vec3 } from '@voxaug/core'

/** A 3×3 matrix in rows. */
export type Linear = readonly number[]

/** The matrix product a · b. */
export function product(a: Linear, b: Linear): Linear {
  return Array.from({ length: 9 }, (_, n) => {
    const row = n - (n % 3)
    return a[row]! * b[n % 3]! + a[row + 1]! * b[(n % 3) + 3]! + a[row + 2]! * b[(n % 3) + 6]!
  })
}

/** R · H · S with R = Rz · Ry · Rx; at multiples of 90 degrees R is exact. */
export function linearPart([rx, ry, rz]: Vec3, [xy, xz, yz]: Vec3, [sx, sy, sz]: Vec3): Linear {
  const [cx, cy, cz] = [cosDegrees(rx), cosDegrees(ry), cosDegrees(rz)]
  const [nx, ny, nz] = [sinDegrees(rx), sinDegrees(ry), sinDegrees(rz)]
  const aboutX = [1, 0, 0, 0, cx, -nx, 0, nx, cx]
  const aboutY = [cy, 0, ny, 0, 1, 0, -ny, 0, cy]
  const aboutZ = [cz, -nz, 0, nz, cz, 0, 0, 0, 1]
  const shearAndScale = [sx, xy * sy, xz * sz, 0, sy, yz * sz, 0, 0, sz]
  return product(product(product(aboutZ, aboutY), aboutX), shearAndScale)
}

/** The place of a grid's centre in the world. */
export const centerOf = (frame: Grid): Vec3 => transformPoint(frame.affine, centerIndex(frame))

/** The affine p′ = c + t + M · (p − c) about a point c, in world mm. */
export function aboutPoint(c: Vec3, m: Linear, t: Vec3): Affine {
  const shift = (row: 0 | 1 | 2) =>
    c[row] + t[row] - (m[3 * row]! * c[0] + m[3 * row + 1]! * c[1] + m[3 * row + 2]! * c[2])
  return [m[0]!, m[1]!, m[2]!, shift(0), m[3]!, m[4]!, m[5]!, shift(1), m[6]!, m[7]!, m[8]!, shift(2), 0, 0, 0, 1]
}
