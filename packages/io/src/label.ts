import { arrayOf, type DType, type Shape, type Vec3, VoxaugError, type VoxelArray } from '@voxaug/core'
import { eachBlock, voxelName } from './voxels.ts'

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
 * negative. `first` is the place of the first one where they are part of a larger grid.
 * @throws VoxaugError `invalid-label` with the first value that is no whole number, or the range where none holds it
 */
export function labelVoxels(
  stored: VoxelArray,
  slope: number,
  intercept: number,
  shape: Shape,
  first?: Vec3,
): VoxelArray {
  const scaled = slope !== 1 || intercept !== 0
  if (stored instanceof Uint8Array && !scaled) return stored
  const mayBeFractions = scaled || stored instanceof Float32Array || stored instanceof Float64Array
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  eachBlock(stored, (values, start) => {
    if (scaled) scaleBlock(values, slope, intercept)
    if (mayBeFractions) checkWhole(values, start, shape, first)
    for (let n = 0; n < values.length; n++) {
      const value = values[n]!
      if (value < min) min = value
      if (value > max) max = value
    }
  })
  const smallest = integers.find(([, least, most]) => least <= min && max <= most)
  if (!smallest) {
    const received = [min, max]
    throw new VoxaugError('invalid-label', `labels must fit int32 or uint32, got ${min} … ${max}.`, { received })
  }
  const Labels = arrayOf(smallest[0])
  if (!scaled) return stored instanceof Labels ? stored : new Labels(stored)
  const labels = new Labels(stored.length)
  eachBlock(stored, (values, start) => {
    scaleBlock(values, slope, intercept)
    labels.set(values, start)
  })
  return labels
}

function scaleBlock(values: Float64Array, slope: number, intercept: number): void {
  for (let n = 0; n < values.length; n++) values[n] = values[n]! * slope + intercept
}

function checkWhole(values: Float64Array, start: number, shape: Shape, first?: Vec3): void {
  for (let n = 0; n < values.length; n++) {
    const value = values[n]!
    if (Number.isInteger(value)) continue
    throw new VoxaugError(
      'invalid-label',
      `a label map must hold whole numbers, got ${value} at voxel ${voxelName(start + n, shape, first)}.`,
      { received: value },
    )
  }
}
