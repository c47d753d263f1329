import { arrayOf, type DType, type Shape, type Volume, VoxaugError, type VoxelArray } from '@voxaug/core'
import { eachBlock, voxelName } from './voxels.ts'

/** What each integer type holds. */
const ranges: Partial<Record<DType, readonly [number, number]>> = {
  uint8: [0, 255],
  int8: [-128, 127],
  uint16: [0, 65_535],
  int16: [-32_768, 32_767],
  uint32: [0, 4_294_967_295],
  int32: [-2_147_483_648, 2_147_483_647],
}

/**
 * Copies a volume's voxels into an array of the type to write.
 *
 * Images: integers are ⌊x + ½⌋, saturated; float32 is the nearest. Labels: the very values.
 * @throws VoxaugError `out-of-range` at a voxel that the type cannot hold: NaN in an integer type, a number too large for
 *   float32, a label that would change
 */
export function castVoxels(
  { data, kind, shape }: Pick<Volume, 'data' | 'kind' | 'shape'>,
  target: VoxelArray,
  dtype: DType,
): void {
  if (data instanceof arrayOf(dtype) || dtype === 'float64') target.set(data)
  else if (kind === 'label') copyLabels(data, target, dtype, shape)
  else if (dtype !== 'float32') roundVoxels(data, target, dtype, shape)
  else if (data instanceof Float64Array) narrowFloats(data, target, shape)
  else target.set(data)
}

function roundVoxels(data: VoxelArray, target: VoxelArray, dtype: DType, shape: Shape): void {
  const [least, most] = ranges[dtype]!
  eachBlock(data, (block, start) => {
    for (let n = 0; n < block.length; n++) {
      const value = Math.floor(block[n]! + 0.5)
      block[n] = Math.max(least, Math.min(value, most))
      if (Number.isNaN(value)) refuse(Number.NaN, start + n, dtype, shape)
    }
    target.set(block, start)
  })
}

function narrowFloats(data: Float64Array, target: VoxelArray, shape: Shape): void {
  target.set(data)
  for (let n = 0; n < data.length; n++) {
    const value = target[n]!
    if (value - value !== 0 && Number.isFinite(data[n])) refuse(data[n]!, n, 'float32', shape)
  }
}

function copyLabels(data: VoxelArray, target: VoxelArray, dtype: DType, shape: Shape): void {
  eachBlock(data, (block, start) => {
    target.set(block, start)
    const written = target.subarray(start, start + block.length)
    for (let n = 0; n < block.length; n++) if (written[n] !== block[n]) refuse(block[n]!, start + n, dtype, shape)
  })
}

function refuse(value: number, index: number, dtype: DType, shape: Shape): never {
  throw new VoxaugError(
    'out-of-range',
    `voxel ${voxelName(index, shape)} must be a value that ${dtype} holds, got ${value}.`,
    { option: 'dtype', received: value },
  )
}
