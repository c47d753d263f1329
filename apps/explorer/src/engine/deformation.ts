import { type Affine, inverse, multiply, type Shape, type Subject, type Trace, voxelsOf } from '@voxaug/core'
import { deformationOf } from '@voxaug/figure'

/** Where voxels came from: the world x, y and z in mm before the run, for every second voxel along each axis; NaN for nowhere. */
export interface Deformation {
  readonly shape: Shape
  /** From the world to an index of these. */
  readonly toIndex: Affine
  /** Three channels. */
  readonly data: Float32Array<ArrayBuffer>
}

/** The deformation of a run; undefined where there was no step. */
export function sparseDeformation(trace: Trace, subject: Subject): Deformation | undefined {
  if (trace.steps.length === 0) return undefined
  const { label: _, ...others } = subject
  const whole = deformationOf(trace, { entries: others })
  const [nx, ny] = whole.shape
  const shape = whole.shape.map((n) => Math.ceil(n / 2)) as unknown as Shape
  const [mx, my, mz] = shape
  const size = voxelsOf(shape)
  const data = new Float32Array(3 * size)
  for (let channel = 0; channel < 3; channel++)
    for (let k = 0, n = channel * size; k < mz; k++)
      for (let j = 0; j < my; j++) {
        const row = channel * voxelsOf(whole.shape) + nx * (2 * j + ny * 2 * k)
        for (let i = 0; i < mx; i++, n++) data[n] = whole.data[row + 2 * i]!
      }
  return {
    shape,
    toIndex: multiply([0.5, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, 1], inverse(whole.affine)),
    data,
  }
}
