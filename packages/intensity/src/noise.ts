import { forkStream, range } from '@voxaug/core'
import { defineIntensity } from './define-intensity.ts'
import { enqueue } from './pending.ts'

/**
 * Adds Gaussian noise: y = x + std · n, n standard normal and independent in each voxel and channel.
 *
 * n is a function of the step's stream, the entry's name and the voxel's index: threads and chunks cannot change it.
 * Grid: unchanged; float32 out. Label maps and points: untouched.
 * @see TorchIO RandomNoise; MONAI RandGaussianNoise
 */
export const Noise = /* @__PURE__ */ defineIntensity({
  name: 'intensity/Noise',
  help: 'Adds Gaussian noise.',
  options: { std: range({ bounds: [0, 1e30], help: 'Standard deviation, in the image’s own unit.' }) },
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
