import { number } from '@voxaug/core'
import { defineIntensity } from './define-intensity.ts'
import { float32Bounds as bounds } from './float32.ts'
import { enqueue } from './pending.ts'

/**
 * Cuts intensities off at both ends.
 *
 * Formula: y = min(max(x, min), max)
 *
 * NaN stays NaN.
 * Grid: unchanged. Images become float32.
 * Labels: untouched.
 * Points: untouched.
 * Inverse: none.
 * @throws VoxaugError `invalid-option` when min > max
 * @see numpy.clip; TorchIO Clamp
 */
export const ClipRange = /* @__PURE__ */ defineIntensity({
  name: 'intensity/ClipRange',
  help: 'Cuts intensities off below min and above max.',
  options: {
    min: number({ bounds, help: 'The least value that stays.' }),
    max: number({ bounds, help: 'The greatest value that stays.' }),
  },
  example: { min: 150, max: 650 },
  relate: ({ min, max }) => (min <= max ? undefined : `min must be at most max, got ${min} and ${max}.`),
  sample: ({ min, max }) => ({ min, max }),
  apply: (volume, { min, max }, { path }) =>
    enqueue(volume, { transform: 'intensity/ClipRange', path, step: { step: 'clip', min, max } }),
})
