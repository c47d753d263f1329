import { drawPerAxis, perAxis, type Vec3 } from '@voxaug/core'
import { defineIntensity } from './define-intensity.ts'
import { enqueue } from './pending.ts'

/**
 * Smooths by a Gaussian.
 *
 * Formula: y = Σ w(d) · x(p + d), w ∝ exp(−d² / 2σ²) along each voxel axis
 *
 * w is sampled, cut off at 4σ and of sum 1. σ is in millimetres; along an axis of spacing s it is sigmaMm / s voxels. The image is
 * reflected at its edges (d c b a | a b c d), as often as a wide Gaussian asks for. Each channel by itself. NaN and infinite voxels
 * spread as far as the Gaussian reaches.
 * Grid: unchanged. Images become float32.
 * Labels: untouched.
 * Points: untouched.
 * Inverse: none.
 * @see scipy.ndimage.gaussian_filter (truncate 4, mode reflect); TorchIO RandomBlur
 */
export const Blur = /* @__PURE__ */ defineIntensity({
  name: 'intensity/Blur',
  help: 'Smooths by a Gaussian.',
  options: {
    sigmaMm: perAxis({
      bounds: [0, 1e6],
      help: 'Standard deviation along the voxel axes, in mm: drawn anew for each of them, or three.',
    }),
  },
  example: { sigmaMm: [4, 4, 0] },
  sample: ({ sigmaMm }, random) => ({ sigmaMm: drawPerAxis(random, sigmaMm) }),
  apply(volume, { sigmaMm }, { path }) {
    const std = sigmaMm.map((sigma, axis) =>
      volume.shape[axis] === 1 ? 0 : sigma / volume.spacingMm[axis]!,
    ) as unknown as Vec3
    return std.every((sigma) => sigma === 0)
      ? volume
      : enqueue(volume, { transform: 'intensity/Blur', path, step: { step: 'blur', std } })
  },
})
