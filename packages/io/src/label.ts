import { arrayOf, type DType, type Shape, VoxaugError, type VoxelArray } from '@voxaug/core'
import { blockLength, voxelName } from './voxels.ts'

/** Integer types by size, with what they hold. */
const integers: readonly (readonly [DType, number, number])[] = [
  ['uint8', 0, 255],
  ['int8', -128, 127],
  ['uint16', 0, 65_535],
  ['int16', -32_768, 32_767],
  ['uint32', 0, 4_294_967_295],
  ['int32', -2_147_483_648, 2_147_483_647],
]

/**
 * A label map's values, stored · slope + intercept, in the smallest integer type that holds them all; unsigned if none is
 * negative.
 * @throws VoxaugError `invalid-label` with the first value that is no whole number, or the range where none holds it
 */
export function labelVoxels(stored: VoxelArray, slope: number, intercept: number, shape: Shape): VoxelArray {
  const block = new Float64Array(Math.min(blockLength, stored.length))
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let start = 0; start < stored.length; start += blockLength) {
    const part = stored.subarray(start, start + blockLength)
    block.set(part)
    for (let n = 0; n < part.length; n++) {
      const value = block[n]! * slope + intercept
      if (value !== Math.floor(value) || value - value !== 0) {
        throw new VoxaugError(
          'invalid-label',
          `a label map must hold whole numbers, got ${value} at voxel ${voxelName(start + n, shape)}.`,
          { received: value },
        )
      }
      if (value < min) min = value
      if (value > max) max = value
    }
  }
  const smallest = integers.find(([, least, most]) => least <= min && max <= most)
  if (!smallest)
    throw new VoxaugError('invalid-label', `labels must fit int32 or uint32, got ${min} … ${max}.`, {
      received: [min, max],
    })
  const labels = new (arrayOf(smallest[0]))(stored.length)
  if (slope === 1 && intercept === 0) {
    labels.set(stored)
  } else {
    for (let start = 0; start < stored.length; start += blockLength) {
      const part = stored.subarray(start, start + blockLength)
      block.set(part)
      for (let n = 0; n < part.length; n++) block[n] = block[n]! * slope + intercept
      labels.set(block.subarray(0, part.length), start)
    }
  }
  return labels
}
