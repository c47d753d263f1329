import { type Grid, inverse, multiply, type Vec3 } from '@voxaug/core'

/** Full widths at half maximum of a Gaussian in its standard deviations: 2 √(2 ln 2). */
const widths = 2.3548200450309493

/**
 * The deviations, in voxels of a grid, of the Gaussian that keeps what a coarser grid samples from aliasing; undefined where
 * it is coarser along no axis.
 *
 * Along an axis on which an output voxel is k > 1 voxels long: √(k² − 1) / (2 √(2 ln 2)), which widens a voxel's own profile, a
 * Gaussian as wide at half maximum as the voxel, to the output voxel's.
 * @see Cardoso et al. 2015, Scale factor point spread function matching; TorchIO Resample (antialias)
 */
export function smoothingOf(before: Grid, after: Grid): Vec3 | undefined {
  const map = multiply(inverse(before.affine), after.affine)
  const std = [0, 4, 8].map((row, axis) => {
    const [a, b, c] = [map[row]!, map[row + 1]!, map[row + 2]!]
    const squared = a * a + b * b + c * c
    // A rounding above 1 is no coarser grid, and an axis of one voxel has nothing to be smoothed.
    return before.shape[axis] === 1 || squared < 1 + 1e-6 ? 0 : Math.sqrt(squared - 1) / widths
  }) as unknown as Vec3
  return std.some((x) => x > 0) ? std : undefined
}
