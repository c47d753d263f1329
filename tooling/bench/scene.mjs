import { inverse, multiply, volume } from '@voxaug/core'
import { headPhantom } from '@voxaug/phantom'

/** The size that the targets speak of: 256 × 256 × 192 float32. */
export const shape = [256, 256, 192]
export const voxels = shape[0] * shape[1] * shape[2]

const pattern = () => {
  const data = new Float32Array(voxels)
  for (let n = 0; n < voxels; n++) data[n] = ((n * 7919) % 1000) / 7
  return data
}

/** An image of nothing in particular, on an oblique grid of three spacings. */
export const scene = () =>
  volume({
    data: pattern(),
    shape,
    affine: [
      [0.9, 0.05, 0, -110],
      [-0.04, 1, 0.1, -130],
      [0, -0.08, 1.2, -100],
      [0, 0, 0, 1],
    ],
  })

/** The same voxels of a cubic millimetre, along the world's axes. */
export const straight = (data) => volume({ data, shape, spacingMm: [1, 1, 1] })

/** A head, two fifths of it background of 0: what statistics are taken of. */
export function head() {
  const { image } = headPhantom({ shape })
  return straight(Float32Array.from(image.data))
}

/** A 12° rotation with scaling, as in every row of the table. */
export const turn = { rotationDegrees: [0, 0, 12], scale: 1.1, fill: 0 }
export const bend = { controlPoints: 7, maxDisplacementMm: 7.5, fill: 0 }
export const box = { shape: [128, 128, 128], at: 'center', fill: 0 }

/** `turn` as a map from output index to source index, for contenders that know nothing of worlds. */
export function indexMapOf({ affine }) {
  const center = [0, 1, 2].map((row) => {
    const c = shape.map((n) => (n - 1) / 2)
    return affine[4 * row] * c[0] + affine[4 * row + 1] * c[1] + affine[4 * row + 2] * c[2] + affine[4 * row + 3]
  })
  const radians = (turn.rotationDegrees[2] * Math.PI) / 180
  const [c, s] = [Math.cos(radians) * turn.scale, Math.sin(radians) * turn.scale]
  const [cx, cy, cz] = center
  const z = turn.scale
  const push = [c, -s, 0, cx - c * cx + s * cy, s, c, 0, cy - s * cx - c * cy, 0, 0, z, cz - z * cz, 0, 0, 0, 1]
  return multiply(inverse(affine), multiply(inverse(push), affine))
}

/** The control lattice of a drawn `bend`, in voxels: coordinate 1 at the first voxel's outer edge, m − 2 at the last one's. */
export function latticeOf({ affine }, { controlPoints, displacementsMm }) {
  const toIndex = inverse(affine)
  const scale = controlPoints.map((m, axis) => (m - 3) / shape[axis])
  const displacements = []
  for (let n = 0; n < displacementsMm.length; n += 3) {
    for (const row of [0, 4, 8]) {
      displacements.push([0, 1, 2].reduce((sum, axis) => sum + toIndex[row + axis] * displacementsMm[n + axis], 0))
    }
  }
  return { shape: controlPoints, displacements, scale, start: scale.map((one) => 1 + 0.5 * one) }
}
