import { matrix } from '@voxaug/core'
import { affineWarp, defineSpatial } from '@voxaug/spatial'

/**
 * Moves the anatomy by a 4×4 affine in world mm: p′ = matrix · p, as a registration gives it.
 *
 * Grid: unchanged. Images become float32; labels gain no value; points move along. Inverse: exact but for interpolation.
 * @throws VoxaugError `invalid-option` for a matrix that cannot be inverted
 */
export const AffineMatrix = /* @__PURE__ */ defineSpatial({
  name: 'geometry/AffineMatrix',
  help: 'Moves the anatomy by a given 4×4 affine in world mm.',
  options: { matrix: matrix({ help: 'Where each world point goes: four rows of four numbers, the last 0 0 0 1.' }) },
  sample: ({ matrix }) => ({ matrix }),
  resolve: ({ matrix }) => ({ warp: affineWarp(matrix) }),
})
