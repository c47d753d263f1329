import { exp, range } from '@voxaug/core'
import { defineIntensity } from './define-intensity.ts'
import { enqueue } from './pending.ts'

/**
 * Raises intensities to a power, keeping each channel's range.
 *
 * Formula: y = ((x − min) / (max − min))^γ · (max − min) + min
 *
 * γ = exp(logGamma). A constant channel stays as it is.
 * Grid: unchanged. Images become float32.
 * Labels: untouched.
 * Points: untouched.
 * Inverse: γ becomes 1 / γ.
 * @throws VoxaugError `invalid-option` when an option is out of range, `non-finite` for a volume with NaN or infinite voxels
 * @see batchgeneratorsv2 GammaTransform; γ = exp(logGamma) as in TorchIO
 */
export const Gamma = /* @__PURE__ */ defineIntensity({
  name: 'intensity/Gamma',
  help: 'Brightens or darkens the middle of the range.',
  options: {
    logGamma: range({ default: [-0.3, 0.3], bounds: [-3, 3], help: 'Natural log of the exponent; 0 changes nothing.' }),
  },
  example: { logGamma: [0.3, 0.9] },
  sample: ({ logGamma }, random) => ({ gamma: exp(random.draw(logGamma)) }),
  apply: (volume, { gamma }, { path }) =>
    enqueue(volume, { transform: 'intensity/Gamma', path, step: { step: 'gamma', gamma } }),
  invert: ({ gamma }) => ({ gamma: 1 / gamma }),
})
