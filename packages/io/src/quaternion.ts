import { type Affine, determinant, inverse, spacingOf, type Vec3 } from '@voxaug/core'
import { float32, type Precision } from './precision.ts'

/** A rotation, `[a, b, c, d]`; need not be of length 1. */
export type Quaternion = readonly [number, number, number, number]

/** The affine of a qform: rotation, voxel size, handedness of the third axis, place of the first voxel. */
export function qformAffine([a, b, c, d]: Quaternion, [x, y, z]: Vec3, handedness: 1 | -1, [tx, ty, tz]: Vec3): Affine {
  const s = 2 / (a * a + b * b + c * c + d * d)
  const w = z * handedness
  return [
    (1 - s * (c * c + d * d)) * x,
    s * (b * c - a * d) * y,
    s * (b * d + a * c) * w,
    tx,
    s * (b * c + a * d) * x,
    (1 - s * (b * b + d * d)) * y,
    s * (c * d - a * b) * w,
    ty,
    s * (b * d - a * c) * x,
    s * (c * d + a * b) * y,
    (1 - s * (b * b + c * c)) * w,
    tz,
    0,
    0,
    0,
    1,
  ].map((value) => value + 0)
}

/** What a header stores of a qform, rounded as it rounds. */
export interface QformFields {
  readonly quaternion: Vec3
  readonly voxelSize: Vec3
  readonly handedness: 1 | -1
  /** Whether readers get the affine back from this: it has no shear, and the rounding keeps its rotation. */
  readonly faithful: boolean
}

/**
 * The qform nearest to an affine: the rotation nearest to its axes' directions, by polar decomposition.
 *
 * Readers compute a from b, c, d and take a small one for 0, so what float32 leaves within a few thousandths of a half turn is
 * wrong by up to 1e-3 of a voxel. Whether it is, for both thresholds in use, is what `faithful` tells.
 * @see nifti1_io.c nifti_mat44_to_quatern, nifti_quatern_to_mat44; nibabel's fillpositive
 */
export function qformOf(affine: Affine, precision: Precision = float32): QformFields {
  const handedness = determinant(affine) < 0 ? -1 : 1
  const voxelSize = spacingOf(affine).map(precision.nearest) as unknown as Vec3
  const [, b, c, d] = quaternionOf(nearestRotation(directions(affine, handedness))).map(
    precision.nearest,
  ) as unknown as Quaternion
  const misread = (threshold: number) => {
    const square = 1 - (b * b + c * c + d * d)
    const a = square < threshold ? 0 : Math.sqrt(square)
    const read = qformAffine([a, b, c, d], voxelSize, handedness, [affine[3]!, affine[7]!, affine[11]!])
    return Math.max(...read.map((value, n) => Math.abs(value - affine[n]!)))
  }
  // The second is half of what readers here call a difference between the forms.
  const bound = Math.min(1e-4 * Math.max(...voxelSize), 5e-4)
  const faithful = Math.max(misread(3 * precision.epsilon), misread(1e-7)) <= bound
  return { quaternion: [b, c, d], voxelSize, handedness, faithful }
}

/** The unit vectors of the axes, made right-handed by turning the third. */
function directions(affine: Affine, handedness: 1 | -1): Affine {
  const size = spacingOf(affine)
  return affine.map((value, n) =>
    n % 4 === 3 || n > 11 ? Number(n === 15) : value / size[n % 4]! / (n % 4 === 2 ? handedness : 1),
  )
}

/** The rotation nearest to an invertible matrix: Newton's iteration for the polar factor, (M + M⁻ᵀ) / 2. */
function nearestRotation(start: Affine): Affine {
  let current = start
  // Quadratic once near; a sheared affine at the edge of invertible needs some forty halvings first.
  for (let step = 0; step < 60; step++) {
    const inverted = inverse(current)
    const next = current.map((value, n) => (value + inverted[4 * (n % 4) + (n >> 2)]!) / 2)
    const change = Math.max(...next.map((value, n) => (n < 12 && n % 4 < 3 ? Math.abs(value - current[n]!) : 0)))
    current = next
    if (change < 1e-15) break
  }
  return current
}

/** The quaternion of a rotation with a ≥ 0, from its largest component so that nothing small is divided by. */
function quaternionOf(r: Affine): Quaternion {
  const [xx, yy, zz] = [r[0]!, r[5]!, r[10]!]
  const squares = [1 + xx + yy + zz, 1 + xx - yy - zz, 1 - xx + yy - zz, 1 - xx - yy + zz]
  const largest = squares.indexOf(Math.max(...squares))
  const m = Math.sqrt(squares[largest]!) / 2
  const [x, y, z] = [r[9]! - r[6]!, r[2]! - r[8]!, r[4]! - r[1]!].map((value) => value / (4 * m)) as [
    number,
    number,
    number,
  ]
  const [xy, xz, yz] = [r[1]! + r[4]!, r[2]! + r[8]!, r[6]! + r[9]!].map((value) => value / (4 * m)) as [
    number,
    number,
    number,
  ]
  const found = (
    [
      [m, x, y, z],
      [x, m, xy, xz],
      [y, xy, m, yz],
      [z, xz, yz, m],
    ] as const
  )[largest]!
  // Of length 1 to the last bit: nibabel refuses a NIfTI-2 whose b² + c² + d² is above 1 by 7e-16.
  const length = Math.sqrt(found.reduce((sum, value) => sum + value * value, 0)) * (found[0] < 0 ? -1 : 1)
  return found.map((value) => value / length) as unknown as Quaternion
}
