import { either, flag, interval, word } from '@voxaug/core'
import { defineIntensity } from './define-intensity.ts'
import { float32Bounds } from './float32.ts'
import { enqueue } from './pending.ts'
import { selectionOf } from './selection.ts'
import { constant, empty, nan, over } from './statistics-options.ts'

const name = 'intensity/RescaleIntensity'

/**
 * Brings a range of intensities to another.
 *
 * Formula: y = (x − a) / (b − a) · (to[1] − to[0]) + to[0]
 *
 * [a, b] is `from`: the channel's least and greatest value (`'range'`), two `percentiles` of it, or two given numbers; `over` selects
 * the voxels that count. What lies beyond becomes the nearer end of `to`, unless `clip` is off. Where the voxels that count are
 * all alike, the result is to[0] and the trace has the warning `constant`; where only the two percentiles are alike, voxels above
 * become to[1] and all others to[0], with the warning `no-width`.
 * Grid: unchanged. Images become float32.
 * Labels: untouched.
 * Points: untouched.
 * Inverse: none.
 * @throws VoxaugError `invalid-option` when percentiles or `from` have no width; `empty-mask` when no voxel counts, `non-finite` for
 * NaN or infinite ones, `constant` on demand; `unknown-entry`, `mask-grid` for a label map on another grid
 * @see skimage.exposure.rescale_intensity; TorchIO RescaleIntensity, MONAI ScaleIntensityRange (clip)
 */
export const RescaleIntensity = /* @__PURE__ */ defineIntensity({
  name,
  help: 'Brings a range of intensities to another.',
  options: {
    to: interval({ default: [0, 1], bounds: float32Bounds, help: 'The range after the step.' }),
    from: either({
      of: [word({ words: ['range', 'percentiles'], help: '' }), interval({ bounds: float32Bounds, help: '' })],
      default: 'range',
      help: 'The range before: the channel’s least and greatest value, two percentiles of it, or two numbers.',
    }),
    percentiles: interval({ default: [0.5, 99.5], bounds: [0, 100], help: 'The percentiles that are meant by from.' }),
    clip: flag({ default: true, help: 'Cut off what lies beyond the range.' }),
    over,
    nan,
    empty,
    constant,
  },
  example: { to: [0, 1], from: 'percentiles', percentiles: [5, 85] },
  relate({ from, percentiles }) {
    if (percentiles[0] === percentiles[1])
      return `percentiles must be two different ones, got ${percentiles.join(' and ')}.`
    return typeof from !== 'string' && from[0] === from[1]
      ? `from must have a width, got ${from.join(' and ')}.`
      : undefined
  },
  sample: (options) => options,
  apply(volume, { to, from, percentiles, clip, over, ...policy }, { subject, path }) {
    if (typeof from !== 'string')
      return enqueue(volume, { transform: name, path, step: { step: 'rescale', from, to, clip } })
    const percents = from === 'range' ? ([0, 100] as const) : percentiles
    const counted = selectionOf(over, volume, subject, name)
    return enqueue(volume, {
      transform: name,
      path,
      step: { step: 'rescale-measured', percents, to, clip, over: counted, applyTo: 'all', ...policy },
    })
  },
})
