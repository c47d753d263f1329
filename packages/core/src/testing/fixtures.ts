import { type Affine, type Grid, transformPoint, type Vec3, voxelsOf } from '../grid.ts'
import { cosDegrees, sinDegrees } from '../math.ts'
import { philox } from '../philox.ts'
import { type Points, points } from '../subject.ts'
import { type Volume, volume } from '../volume.ts'

/** A grid turned by 20° about z, then 10° about x, whose first voxel's centre is `origin`: no axis is the world's. */
export function obliqueGrid(
  shape: Vec3 = [20, 24, 18],
  spacingMm: Vec3 = [1.3, 1, 1.7],
  origin: Vec3 = [-11, -19, 7],
): Grid {
  const [c, s, d, e] = [cosDegrees(20), sinDegrees(20), cosDegrees(10), sinDegrees(10)]
  const [x, y, z] = spacingMm
  // biome-ignore format: rows of a matrix
  const affine: Affine = [
    c * x, -s * y, 0, origin[0],
    d * s * x, d * c * y, -e * z, origin[1],
    e * s * x, e * c * y, d * z, origin[2],
    0, 0, 0, 1,
  ]
  return { shape, affine }
}

/** What tests go by: nothing in it is symmetric, equal or aligned, so that a transposed matrix or a swapped axis shows. */
export type AsymmetricSubject = {
  /** int16, some of it negative. */
  readonly image: Volume
  /** float32, on the image's grid. */
  readonly second: Volume
  /** uint8, on a grid of another spacing and field of view: 0, 1, 2 and 7, so that a blend of two labels is none of them. */
  readonly label: Volume
  readonly points: Points
}

/** An image of 20 × 24 × 18 voxels, a float32 one on its grid, a label map on another, and points within. */
export function asymmetricSubject(): AsymmetricSubject {
  const grid = obliqueGrid()
  const other = obliqueGrid([18, 17, 21], [1.4, 1.6, 1.5], [-12.5, -20, 5.5])
  const noise = smoothNoise(grid, 1)
  const label = Uint8Array.from({ length: voxelsOf(other.shape) }, (_, n) => labelAt(worldOf(other, n)))
  return {
    image: volume({ ...grid, data: Int16Array.from(noise.data, (x, n) => 300 * x + ((7 * n) % 23) - 100) }),
    second: smoothNoise(grid, 2),
    label: volume({ ...other, data: label, kind: 'label' }),
    points: points([
      [3.5, 0.25, 22],
      [-4, -7.5, 15.5],
      [0.125, 4, 27.25],
    ]),
  }
}

/** An image of three channels that hold each voxel's world x, y and z in mm: what stands where, after any motion. */
export function worldRamp({ shape, affine }: Grid): Volume {
  const grid = { shape, affine }
  const size = voxelsOf(grid.shape)
  const data = new Float32Array(3 * size)
  for (let n = 0; n < size; n++) {
    for (const [axis, x] of worldOf(grid, n).entries()) data[n + axis * size] = x
  }
  return volume({ ...grid, data, channels: 3 })
}

/** A float32 image of smooth waves of about six voxels' length in random directions, about −1 to 1. */
export function smoothNoise({ shape, affine }: Grid, seed: number): Volume {
  const waves = Array.from({ length: 5 }, (_, n) => {
    const words = new Uint32Array(4)
    philox(seed, 0, n, 0, 0, 0, words)
    return Array.from(words, (word) => 120 * (word / 2 ** 32) - 60)
  })
  const [nx, ny] = shape
  const data = Float32Array.from({ length: voxelsOf(shape) }, (_, n) => {
    const [i, j, k] = [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))]
    return waves.reduce((sum, [a, b, c, d]) => sum + cosDegrees(a! * i + b! * j + c! * k + 6 * d!) / 5, 0)
  })
  return volume({ shape, affine, data })
}

function worldOf({ shape: [nx, ny], affine }: Grid, n: number): Vec3 {
  return transformPoint(affine, [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))])
}

/** Three ellipsoids, each within the next or beside it. */
function labelAt([x, y, z]: Vec3): number {
  const within = (cx: number, cy: number, cz: number, rx: number, ry: number, rz: number) => {
    const [u, v, w] = [(x - cx) / rx, (y - cy) / ry, (z - cz) / rz]
    return u * u + v * v + w * w < 1
  }
  if (within(-3, -4, 20, 5, 6, 5.5)) return 7
  if (within(-2, -5, 22, 11, 13, 11)) return 1
  return within(9, -2, 30, 6, 12, 6) ? 2 : 0
}
