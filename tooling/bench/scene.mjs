import { volume } from '@voxaug/core'

/** The size that the targets speak of: 256 × 256 × 192 float32. */
export const shape = [256, 256, 192]
export const voxels = shape[0] * shape[1] * shape[2]

/** An image of nothing in particular, on an oblique grid of three spacings. */
export function scene() {
  const data = new Float32Array(voxels)
  for (let n = 0; n < voxels; n++) data[n] = ((n * 7919) % 1000) / 7
  return volume({
    data,
    shape,
    affine: [
      [0.9, 0.05, 0, -110],
      [-0.04, 1, 0.1, -130],
      [0, -0.08, 1.2, -100],
      [0, 0, 0, 1],
    ],
  })
}

/** A 12° rotation with scaling, as in every row of the table. */
export const turn = { rotationDegrees: [0, 0, 12], scale: 1.1, fill: 0 }
export const bend = { controlPoints: 7, maxDisplacementMm: 7.5, fill: 0 }
export const box = { shape: [128, 128, 128], at: 'center', fill: 0 }
