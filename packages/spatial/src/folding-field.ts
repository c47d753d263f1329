import type { Affine, Vec3 } from '@voxaug/core'
import { jacobian } from './jacobian.ts'
import type { FieldPart } from './warp.ts'

/**
 * Whether p + d(p) of a dense field folds space: its Jacobian determinant is not above 0 at a corner of one of the cells between
 * voxels, where d is trilinear. Where neighbours differ little enough, no cell can fold, and none is looked at.
 */
export function fieldFolds({ shape, toField, millimetres }: FieldPart): boolean {
  const strides = [1, shape[0], shape[0] * shape[1]] as const
  const volume = strides[2] * shape[2]
  if (steepness(millimetres, shape, strides, volume, toField) < 1) return false
  const [nx, ny, nz] = shape
  // An axis of one voxel has no cells, but its only voxel has neighbours along the others.
  const cells = (n: number) => Math.max(1, n - 1)
  const steps = strides.map((stride, axis) => (shape[axis]! > 1 ? stride : 0)) as unknown as Vec3
  const slopes = [new Float64Array(3), new Float64Array(3), new Float64Array(3)] as const
  for (let k = 0; k < cells(nz); k++) {
    for (let j = 0; j < cells(ny); j++) {
      for (let i = 0; i < cells(nx); i++) {
        const cell = i + strides[1] * j + strides[2] * k
        for (let corner = 0; corner < 8; corner++) {
          const at = cell + (corner & 1) * steps[0] + ((corner >> 1) & 1) * steps[1] + (corner >> 2) * steps[2]
          for (const axis of [0, 1, 2] as const) {
            // From the corner on the low side of the cell to the one on its high side.
            const low = at - ((corner >> axis) & 1) * steps[axis]!
            for (let component = 0; component < 3; component++) {
              const from = component * volume + low
              slopes[axis][component] = millimetres[from + steps[axis]!]! - millimetres[from]!
            }
          }
          if (jacobian(slopes, toField) <= 0) return true
        }
      }
    }
  }
  return false
}

/** An upper bound of how much of a small step in space the field can add or take away (the largest row sum of |∂d/∂p|). */
function steepness(millimetres: Float32Array, shape: Vec3, strides: Vec3, volume: number, toField: Affine): number {
  const sums = [0, 0, 0]
  for (const axis of [0, 1, 2] as const) {
    const stride = strides[axis]
    const period = stride * shape[axis]
    const row = 4 * axis
    const perMm = Math.abs(toField[row]!) + Math.abs(toField[row + 1]!) + Math.abs(toField[row + 2]!)
    for (const component of [0, 1, 2] as const) {
      let most = 0
      const end = (component + 1) * volume
      for (let block = component * volume; block < end; block += period) {
        for (let at = block + stride; at < block + period; at++) {
          const difference = Math.abs(millimetres[at]! - millimetres[at - stride]!)
          if (difference > most) most = difference
        }
      }
      sums[component]! += most * perMm
    }
  }
  return Math.max(...sums)
}
