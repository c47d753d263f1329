import { matrix } from '@voxaug/core'
import { affineWarp, defineSpatial } from '@voxaug/spatial'

/**
 * Moves the anatomy by a 4×4 affine, as a registration gives it.
 *
 * Formula: p′ = matrix · p
 *
 * p = (x, y, z, 1) is in world mm, RAS+, and the matrix says where it goes.
 * Grid: unchanged. By whole voxels, images of any type are copied bit for bit; else they become float32.
 * Labels: move along, and gain no value.
 * Points: move along.
 * Inverse: exact but for interpolation.
 * @throws VoxaugError `invalid-option` for a matrix that cannot be inverted
 * @see SimpleITK AffineTransform, which pulls, in LPS; scipy.ndimage.affine_transform, which pulls, in voxels
 */
export const AffineMatrix = /* @__PURE__ */ defineSpatial({
  name: 'geometry/AffineMatrix',
  help: 'Moves the anatomy by a given 4×4 affine in world mm.',
  options: { matrix: matrix({ help: 'Where each world point goes: four rows of four numbers, the last 0 0 0 1.' }) },
  sample: ({ matrix }) => ({ matrix }),
  resolve: ({ matrix }) => ({ warp: affineWarp(matrix) }),
})
