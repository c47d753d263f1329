import {
  Compose,
  type Grid,
  inverse,
  run,
  spacingOf,
  transformPoint,
  type Vec3,
  type Volume,
  volume,
} from '@voxaug/core'
import { obliqueGrid } from '@voxaug/core/testing'
import { expect, test } from 'vitest'
import { boxStep, warpStep, waves } from './test-steps.ts'
import { affineWarp } from './warp.ts'

/** An ellipsoid, as a level set: below 1 within. */
const level = ([x, y, z]: Vec3) => Math.sqrt(((x - 3) / 11) ** 2 + ((y + 5) / 8) ** 2 + ((z - 22) / 13) ** 2)

const sampled = ({ shape, affine }: Grid, kind: 'image' | 'label'): Volume => {
  const data = new (kind === 'image' ? Float32Array : Uint8Array)(shape[0] * shape[1] * shape[2])
  for (let n = 0; n < data.length; n++) {
    const p = transformPoint(affine, [
      n % shape[0],
      Math.floor(n / shape[0]) % shape[1],
      Math.floor(n / (shape[0] * shape[1])),
    ])
    data[n] = kind === 'image' ? level(p) : level(p) < 1 ? 1 : 0
  }
  return volume({ data, shape, affine, kind })
}

test('an image and a label map of another spacing and field of view stay aligned within half a voxel', () => {
  // The label map’s axes are others, too, and it is the smaller of the two.
  const image = sampled(obliqueGrid([40, 42, 36], [1, 0.9, 1.2], [-14, -26, 2]), 'image')
  const label = sampled(
    { shape: [30, 26, 34], affine: [0, 0, 1.1, -15, 0, -1.4, 0, 12, 1.25, 0, 0, 3, 0, 0, 0, 1] },
    'label',
  )
  const steps = Compose([
    warpStep(
      affineWarp([
        [0.97, -0.2, 0.05, 2],
        [0.2, 0.95, -0.1, 1],
        [0, 0.1, 1.05, -3],
        [0, 0, 0, 1],
      ]),
      { fill: 1e6 },
    ),
    warpStep(waves(2, 4, [-14, -26, 0], [24, 16, 48]), { fill: 1e6 }),
    boxStep([3, 2, 4], [26, 22, 28], { include: ['label', 'seen'] }),
  ])
  // 1 where the label map was.
  const seen = volume({
    shape: label.shape,
    affine: label.affine,
    kind: 'label',
    data: new Uint8Array(label.data.length).fill(1),
  })
  const { output } = run(steps, { image, label, seen }, { seed: 1 })
  const voxel = Math.max(...spacingOf(label.affine))
  let checked = 0
  const [nx, ny, nz] = output.label.shape
  for (let n = 0; n < nx * ny * nz; n++) {
    const p = transformPoint(output.label.affine, [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))])
    const at = transformPoint(inverse(output.image.affine), p)
    if (output.seen.data[n] === 0) continue
    if (at.some((x, axis) => x < 1 || x > output.image.shape[axis]! - 2)) continue
    const value = trilinear(output.image, at)
    // The image left its own field of view near here.
    if (value > 10) continue
    // How far the surface is, in mm, from the level and its steepest slope, and what an image’s curvature may hide.
    const distance = Math.abs(value - 1) * 8 * 0.8
    if (distance < (voxel * Math.sqrt(3)) / 2) continue
    checked++
    expect(output.label.data[n]).toBe(value < 1 ? 1 : 0)
  }
  expect(checked).toBeGreaterThan(3000)
})

function trilinear({ data, shape: [nx, ny] }: Volume, [x, y, z]: Vec3): number {
  const [i, j, k] = [Math.floor(x), Math.floor(y), Math.floor(z)]
  let sum = 0
  for (let corner = 0; corner < 8; corner++) {
    const [a, b, c] = [corner & 1, (corner >> 1) & 1, corner >> 2]
    const weight = (a ? x - i : 1 - x + i) * (b ? y - j : 1 - y + j) * (c ? z - k : 1 - z + k)
    sum += weight * data[i + a + nx * (j + b + ny * (k + c))]!
  }
  return sum
}
