import { forkStream, type Grid, voxelsOf } from '@voxaug/core'
import { blur, uniform } from '@voxaug/kernels'
import { fieldWarp, type Warp } from '@voxaug/spatial'
import type { SmoothNoise } from './elastic-noise.ts'
import { alongVoxels, mixed, planeProjection } from './mix-field.ts'

/** The dense field of smoothed noise, at every voxel of a frame. */
export function fullNoise(frame: Grid, { alpha, std, inVoxels, stream }: SmoothNoise): Warp {
  const size = voxelsOf(frame.shape)
  const field = new Float32Array(3 * size)
  for (const [axis, name] of ['x', 'y', 'z'].entries()) {
    const component = field.subarray(axis * size, (axis + 1) * size)
    uniform(forkStream(stream, name), 0, component)
    for (let n = 0; n < size; n++) component[n] = alpha * (2 * component[n]! - 1)
    blur(component, frame.shape, std, 'zeros', component)
  }
  const matrix = inVoxels ? alongVoxels(frame) : planeProjection(frame)
  return fieldWarp(frame, matrix ? mixed(field, matrix, field) : field)
}
