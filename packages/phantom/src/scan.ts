import { type Shape, type Vec3, voxelsOf } from '@voxaug/core'
import type { Anatomy } from './anatomy.ts'
import { labels, signal } from './tissue.ts'
import type { Waves } from './waves.ts'

/** The voxels of a head before noise. */
export interface Scan {
  readonly signal: Float32Array
  readonly label: Uint8Array<ArrayBuffer>
}

const block = 8

/**
 * Looks up every voxel of an upright grid, in anatomical millimetres, and shades it by 1 + bias · field.
 *
 * Goes block by block: those well outside the skin, half of the volume, are air. The margin is generous because the
 * distances are estimates.
 */
export function scan(anatomy: Anatomy, shape: Shape, origin: Vec3, spacing: Vec3, field: Waves, bias: number): Scan {
  const made: Scan = {
    signal: new Float32Array(voxelsOf(shape)).fill(signal.air),
    label: new Uint8Array(voxelsOf(shape)).fill(labels.background),
  }
  const at = (axis: 0 | 1 | 2, index: number) => origin[axis] + index * spacing[axis]
  const reach = 0.75 * block * Math.max(...spacing) * Math.sqrt(3)
  const middle = (block - 1) / 2
  for (let k = 0; k < shape[2]; k += block) {
    for (let j = 0; j < shape[1]; j += block) {
      for (let i = 0; i < shape[0]; i += block) {
        const skin = anatomy.skin(at(0, i + middle), at(1, j + middle), at(2, k + middle))
        if (skin < reach) scanBlock(anatomy, shape, origin, spacing, field, bias, [i, j, k], made)
      }
    }
  }
  return made
}

function scanBlock(
  anatomy: Anatomy,
  shape: Shape,
  origin: Vec3,
  spacing: Vec3,
  field: Waves,
  bias: number,
  start: Vec3,
  made: Scan,
): void {
  const end = start.map((from, axis) => Math.min(shape[axis]!, from + block)) as unknown as Vec3
  for (let k = start[2]; k < end[2]; k++) {
    const z = origin[2] + k * spacing[2]
    for (let j = start[1]; j < end[1]; j++) {
      const y = origin[1] + j * spacing[1]
      for (let i = start[0]; i < end[0]; i++) {
        const x = origin[0] + i * spacing[0]
        const voxel = i + shape[0] * (j + shape[1] * k)
        anatomy.at(x, y, z)
        made.label[voxel] = anatomy.label()
        made.signal[voxel] = anatomy.signal() * (1 + bias * field.value(x, y, z))
      }
    }
  }
}
