import { forkStream, type Grid, inverse, type Vec3, voxelsOf } from '@voxaug/core'
import { blur, uniform } from '@voxaug/kernels'
import { fieldWarp, type Warp } from '@voxaug/spatial'
import type { SmoothNoise } from './elastic-noise.ts'

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
  const matrix = mixing(frame, inVoxels)
  if (matrix) mix(field, size, matrix)
  return fieldWarp(frame, field)
}

/** Three rows of three that bring components to world mm within the frame's plane; undefined where they are that. */
function mixing({ affine, shape }: Grid, inVoxels: boolean): readonly number[] | undefined {
  const thin = shape.map((n) => n === 1)
  const linear = [0, 1, 2, 4, 5, 6, 8, 9, 10].map((n) => affine[n]!)
  if (inVoxels) return linear.map((x, n) => (thin[n % 3] ? 0 : x))
  if (!thin.includes(true)) return undefined
  const back = inverse(affine)
  // A · (1 where the axis is no plane's normal) · A⁻¹.
  return [0, 1, 2].flatMap((row) =>
    [0, 1, 2].map((column) =>
      [0, 1, 2].reduce((sum, axis) => sum + (thin[axis] ? 0 : linear[3 * row + axis]! * back[4 * axis + column]!), 0),
    ),
  )
}

function mix(field: Float32Array, size: number, m: readonly number[]): void {
  for (let n = 0; n < size; n++) {
    const [x, y, z]: Vec3 = [field[n]!, field[n + size]!, field[n + 2 * size]!]
    field[n] = m[0]! * x + m[1]! * y + m[2]! * z
    field[n + size] = m[3]! * x + m[4]! * y + m[5]! * z
    field[n + 2 * size] = m[6]! * x + m[7]! * y + m[8]! * z
  }
}
