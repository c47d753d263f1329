import { normal } from '@voxaug/core'

/**
 * The elastic deformation of the U-Net paper, for `ElasticDeformation(unet2015)`: normal displacements of 10 voxels' deviation at
 * 3 × 3 × 3 control points, which are 5 along an axis with the B-spline's outer ring; `lockedBorders` holds none of them.
 *
 * Meant for slices of some hundred voxels: on small volumes it folds.
 * @see Ronneberger, Fischer, Brox 2015, U-Net: convolutional networks for biomedical image segmentation, section 3.1
 */
export const unet2015 = {
  controlPoints: 5,
  displacementVoxels: /* @__PURE__ */ normal(0, 10),
  lockedBorders: 0,
} as const
