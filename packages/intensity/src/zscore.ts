import { mask, word } from '@voxaug/core'
import { defineIntensity } from './define-intensity.ts'
import { enqueue, selectionOf } from './pending.ts'

const name = 'intensity/ZScore'

/**
 * Brings each channel to mean 0 and standard deviation 1: y = (x − mean) / std, std the root mean square deviation (ddof 0).
 *
 * `over` selects the voxels that count, `applyTo` those that change.
 * Grid: unchanged; float32 out. Label maps and points: untouched. Where the voxels that count are all alike, the result is 0
 * and the trace has the warning `constant`.
 * @throws VoxaugError `empty-mask` when no voxel counts, `non-finite` for NaN or infinite ones, `mask-grid` for a label map on another grid
 * @see nnU-Net ZScoreNormalization (ddof 0 as here); TorchIO ZNormalization has ddof 1
 */
export const ZScore = /* @__PURE__ */ defineIntensity({
  name,
  help: 'Brings the mean to 0 and the standard deviation to 1.',
  options: {
    over: mask({ default: 'all', help: 'The voxels whose mean and standard deviation are taken.' }),
    applyTo: word({
      words: ['all', 'selection'],
      default: 'all',
      help: 'The voxels that change: all, or only those that counted.',
    }),
  },
  sample: ({ over, applyTo }) => ({ over, applyTo }),
  apply: (volume, { over, applyTo }, { subject, path }) =>
    enqueue(volume, {
      transform: name,
      path,
      step: { step: 'zscore', over: selectionOf(over, volume, subject, name), applyTo },
    }),
})
