import { number } from '@voxaug/core'
import { defineIntensity } from './define-intensity.ts'
import { enqueue } from './pending.ts'
import { selectionOf } from './selection.ts'
import { applyTo, changesOf, empty, nan, over } from './statistics-options.ts'

const name = 'intensity/ClipPercentile'

/**
 * Cuts intensities off at two percentiles of each channel.
 *
 * Formula: y = min(max(x, P(lower)), P(upper))
 *
 * P(q) is numpy's linear percentile, exact for any number of voxels: at position (n − 1) · q / 100 among the n sorted voxels that
 * count, between its two neighbours. `over` selects these, `applyTo` the voxels that change.
 * Grid: unchanged. Images become float32.
 * Labels: untouched.
 * Points: untouched.
 * Inverse: none.
 * @throws VoxaugError `invalid-option` unless 0 ≤ lower < upper ≤ 100; `empty-mask` when no voxel counts, `non-finite` for NaN or
 * infinite ones; `unknown-entry`, `mask-grid` for a label map on another grid
 * @see numpy.percentile; nnU-Net (0.5 and 99.5 for CT); TorchIO RescaleIntensity (percentiles)
 */
export const ClipPercentile = /* @__PURE__ */ defineIntensity({
  name,
  help: 'Cuts intensities off at two percentiles.',
  options: {
    lower: number({ default: 0.5, bounds: [0, 100], help: 'The percentile below which values are cut off.' }),
    upper: number({ default: 99.5, bounds: [0, 100], help: 'The percentile above which values are cut off.' }),
    over,
    applyTo,
    nan,
    empty,
  },
  example: { lower: 5, upper: 85 },
  relate: ({ lower, upper }) => (lower < upper ? undefined : `lower must be below upper, got ${lower} and ${upper}.`),
  sample: ({ lower, upper, over, applyTo, ...policy }) => ({ lower, upper, over, applyTo, ...policy }),
  apply(volume, { lower, upper, over, applyTo, ...policy }, { subject, path }) {
    const counted = selectionOf(over, volume, subject, name)
    const changes = changesOf(applyTo, counted, volume, subject, name)
    return enqueue(volume, {
      transform: name,
      path,
      step: { step: 'clip-percentiles', percents: [lower, upper], over: counted, applyTo: changes, ...policy },
    })
  },
})
