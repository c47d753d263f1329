import { forkStream, range } from '@voxaug/core'
import { defineIntensity } from './define-intensity.ts'
import { enqueue } from './pending.ts'

/**
 * Adds Gaussian noise.
 *
 * Formula: y = x + std · n
 *
 * n is standard normal and independent in each voxel and channel: a function of the step's stream, the entry's name and the voxel's
 * index, which threads and chunks cannot change.
 * Grid: unchanged. Images become float32.
 * Labels: untouched.
 * Points: untouched.
 * Inverse: none.
 * @see TorchIO RandomNoise; MONAI RandGaussianNoise
 */
export const Noise = /* @__PURE__ */ defineIntensity({
  name: 'intensity/Noise',
  help: 'Adds Gaussian noise.',
  options: { std: range({ bounds: [0, 1e30], help: 'Standard deviation, in the image’s own unit.' }) },
  example: { std: [40, 120] },
  sample: ({ std }, random) => ({ std: random.draw(std), stream: random.fork('noise').stream() }),
  apply: (volume, { std, stream }, { entry, path }) =>
    std === 0
      ? volume
      : enqueue(volume, {
          transform: 'intensity/Noise',
          path,
          step: { step: 'noise', std, stream: forkStream(stream, entry) },
        }),
})
