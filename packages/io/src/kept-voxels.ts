import { arrayOf, type DType, type VolumeKind, type VoxelArray } from '@voxaug/core'
import type { NiftiDType } from './datatypes.ts'
import { labelVoxels } from './label.ts'
import type { Scaling } from './scaling.ts'
import { eachBlockInTurns } from './voxels.ts'

/** What the voxels that a sink has made are. */
export interface Made {
  readonly dtype: NiftiDType
  readonly kind: VolumeKind
  readonly scaling?: Scaling
  readonly nameOf: (index: number) => string
}

/**
 * Voxels in the type in which a volume keeps them: of a label map the smallest integer type, of 64-bit integers the first of
 * int32, uint32 and float64 that holds them; any other as they are.
 * @throws VoxaugError `invalid-label`
 */
export async function keptVoxels(voxels: VoxelArray, { dtype, kind, scaling, nameOf }: Made): Promise<VoxelArray> {
  if (kind === 'label') return labelVoxels(voxels, nameOf, scaling)
  const isInt64 = (dtype === 'int64' || dtype === 'uint64') && voxels instanceof Float64Array
  return isInt64 ? narrowed(voxels) : voxels
}

async function narrowed(values: VoxelArray): Promise<VoxelArray> {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  await eachBlockInTurns(values, (block) => {
    for (let n = 0; n < block.length; n++) {
      const value = block[n]!
      if (value < min) min = value
      if (value > max) max = value
    }
  })
  const dtype: DType = min >= -(2 ** 31) && max < 2 ** 31 ? 'int32' : min >= 0 && max < 2 ** 32 ? 'uint32' : 'float64'
  if (dtype === 'float64') return values
  const narrow = new (arrayOf(dtype))(values.length)
  await eachBlockInTurns(values, (block, start) => narrow.set(block, start))
  return narrow
}
