import { type Affine, inverse, isVolume, type Subject, transformPoint, type Vec3, type Volume } from '@voxaug/core'
import type { Probe } from './answers.ts'

/** What an image and its label map have at a place of the world. */
export function probe(subject: Subject, mm: Vec3, channel: number): Probe | undefined {
  const image = subject['image']
  if (!image || !isVolume(image)) return undefined
  const label = subject['label']
  return {
    voxel: indexOf(image.affine, mm),
    value: valueAt(image, mm, Math.min(channel, image.channels - 1)),
    label: label && isVolume(label) ? valueAt(label, mm, 0) : undefined,
  }
}

function valueAt({ shape: [nx, ny, nz], affine, data }: Volume, mm: Vec3, channel: number): number | undefined {
  const [i, j, k] = indexOf(affine, mm)
  const isInside = i >= 0 && j >= 0 && k >= 0 && i < nx && j < ny && k < nz
  return isInside ? data[i + nx * (j + ny * (k + nz * channel))] : undefined
}

const indexOf = (affine: Affine, mm: Vec3) =>
  transformPoint(inverse(affine), mm).map((x) => Math.floor(x + 0.5)) as unknown as Vec3
