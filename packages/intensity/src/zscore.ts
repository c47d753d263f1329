import { defineIntensity } from './define-intensity.ts'
import { enqueue } from './pending.ts'
import { selectionOf } from './selection.ts'
import { applyTo, changesOf, constant, empty, nan, over } from './statistics-options.ts'

const name = 'intensity/ZScore'

/**
 * Brings each channel to mean 0 and standard deviation 1.
 *
 * Formula: y = (x − mean) / std
 *
 * std is the root mean square deviation (ddof 0). `over` selects the voxels that count, `applyTo` those that change. Where the voxels
 * that count are all alike, the result is 0 and the trace has the warning `constant`.
 * Grid: unchanged. Images become float32.
 * Labels: untouched.
 * Points: untouched.
 * Inverse: none.
 * @throws VoxaugError `empty-mask` when no voxel counts, `non-finite` for NaN or infinite ones, `constant` on demand; `unknown-entry`,
 * `mask-grid` for a label map on another grid
 * @see nnU-Net ZScoreNormalization (ddof 0 as here); TorchIO ZNormalization has ddof 1
 */
export const ZScore = /* @__PURE__ */ defineIntensity({
  name,
  help: 'Brings the mean to 0 and the standard deviation to 1.',
  options: { over, applyTo, nan, empty, constant },
  sample: ({ over, applyTo, ...policy }) => ({ over, applyTo, ...policy }),
  apply(volume, { over, applyTo, ...policy }, { subject, path }) {
    const counted = selectionOf(over, volume, subject, name)
    const changes = changesOf(applyTo, counted, volume, subject, name)
    return enqueue(volume, {
      transform: name,
      path,
      step: { step: 'zscore', over: counted, applyTo: changes, ...policy },
    })
  },
})
