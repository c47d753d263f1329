import { word } from '@voxaug/core'
import { defineSpatial } from '@voxaug/spatial'
import { orientationForm, orientations, reoriented } from './orientation.ts'

/**
 * Brings the voxel axes of each volume into another order and direction. World points keep their place.
 *
 * Formula: out(i) = in(P · i), A′ = A · P
 *
 * A is a volume's affine; P exchanges and turns round its axes as `to` wants it. `to` has a letter for each voxel axis, the direction
 * in which its index grows: with RAS, i grows to the right, j to the front and k upwards. An oblique axis counts as the anatomical
 * one that it is nearest to, each once.
 * Grid: the same voxels in another order, each entry by its own axes. Images, of any type, are copied bit for bit.
 * Labels: copied bit for bit.
 * Points: stay where they are.
 * Inverse: exact.
 * @see nibabel as_reoriented, as_closest_canonical; TorchIO Reorient, MONAI Orientation
 */
export const Reorient = /* @__PURE__ */ defineSpatial({
  name: 'geometry/Reorient',
  help: 'Brings voxel axes into another order and direction.',
  options: {
    to: word({
      words: orientations,
      accepts: orientationForm,
      help: 'The direction of each voxel axis, as in RAS or LPI.',
    }),
  },
  example: { to: 'PSL' },
  sample: ({ to }) => ({ to }),
  resolve: ({ to }, { grid }) => ({ grid: reoriented(grid, to) }),
})
