import { entry, flag, show, VoxaugError } from '@voxaug/core'
import { defineSpatial } from '@voxaug/spatial'

const name = 'geometry/ResampleTo'

/**
 * Brings every volume to the grid of one of them. World points keep their place.
 *
 * Formula: out(i) = in(A⁻¹ · A′ · i)
 *
 * A is a volume's affine, A′ that of `entry`.
 * Grid: that of `entry`, which itself stays as it is. By whole voxels, images of any type are copied bit for bit; else they become
 * float32. Only with `antialias` are they smoothed before they get coarser, as in Resize.
 * Labels: gain no value.
 * Points: stay where they are.
 * Inverse: the grid before, by interpolation.
 * @throws VoxaugError `unknown-entry` where the subject has no volume of that name
 * @see nibabel.processing.resample_from_to; TorchIO Resample(target), MONAI ResampleToMatch
 */
export const ResampleTo = /* @__PURE__ */ defineSpatial({
  name,
  help: 'Brings every volume to the grid of one of them.',
  options: {
    entry: entry({ help: 'The volume whose grid all others get.' }),
    antialias: flag({ default: false, help: 'Smooth images before they get coarser.' }),
  },
  example: { entry: 'pet' },
  sample: ({ entry, antialias }) => ({ entry, antialias }),
  resolve({ entry, antialias }, { grids }) {
    const grid = Object.hasOwn(grids, entry) ? grids[entry] : undefined
    if (grid) return { grid, antialias }
    throw new VoxaugError(
      'unknown-entry',
      `there must be a volume named ${show(entry)}; there are ${Object.keys(grids).join(', ')}.`,
      { transform: name, option: 'entry', received: entry },
    )
  },
})
