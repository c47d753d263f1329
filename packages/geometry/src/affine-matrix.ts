import { type Affine, type Grid, inverse, matrix, multiply } from '@voxaug/core'
import { affineWarp, defineSpatial } from '@voxaug/spatial'

/**
 * Moves the anatomy by a 4×4 affine, as a registration gives it.
 *
 * Formula: p′ = matrix · p
 *
 * p = (x, y, z, 1) is in world mm, RAS+, and the matrix says where it goes. A frame of one voxel's thickness keeps motion within its
 * plane.
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
  example: {
    matrix: [
      [0.97, 0.26, 0, 6],
      [-0.2, 0.88, 0, -4],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ],
  },
  sample: ({ matrix }) => ({ matrix }),
  resolve: ({ matrix }, { frame }) => ({ warp: affineWarp(withinPlane(matrix, frame)) }),
})

/** The matrix, but what lies in the plane of a frame of one voxel's thickness stays in it. */
function withinPlane(push: Affine, frame: Grid): Affine {
  if (!frame.shape.includes(1)) return push
  const moved = multiply(inverse(frame.affine), multiply(push, frame.affine))
  const kept = moved.map((x, n) => (frame.shape[n >> 2] !== 1 ? x : n % 4 === n >> 2 ? 1 : 0))
  return multiply(frame.affine, multiply(kept, inverse(frame.affine)))
}
