import { arrayOf, type DType, VoxaugError, type VoxelArray } from '@voxaug/core'
import { isScaled, type Scaling, unscaled } from './scaling.ts'
import { eachBlockInTurns } from './voxels.ts'

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
 * negative. `nameOf` gives a voxel's name from its index.
 * @throws VoxaugError `invalid-label` with the first value that is no whole number, or the range where none holds it
 */
export async function labelVoxels(
  stored: VoxelArray,
  nameOf: (index: number) => string,
  scaling: Scaling = unscaled,
): Promise<VoxelArray> {
  const scaled = isScaled(scaling)
  if (stored instanceof Uint8Array && !scaled) return stored
  const mayBeFractions = scaled || stored instanceof Float32Array || stored instanceof Float64Array
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  await eachBlockInTurns(stored, (values, start) => {
    if (scaled) scaleBlock(values, scaling)
    if (mayBeFractions) checkWhole(values, start, nameOf)
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
  if (stored instanceof Labels && !scaled) return stored
  const labels = new Labels(stored.length)
  await eachBlockInTurns(stored, (values, start) => {
    if (scaled) scaleBlock(values, scaling)
    labels.set(values, start)
  })
  return labels
}

function scaleBlock(values: Float64Array, { slope, intercept }: Scaling): void {
  for (let n = 0; n < values.length; n++) {
    const product = values[n]! * slope
    // A fraction so small that float64 has nothing for it is no 0.
    values[n] = (product === 0 && values[n] !== 0 && slope !== 0 ? Number.MIN_VALUE : product) + intercept
  }
}

function checkWhole(values: Float64Array, start: number, nameOf: (index: number) => string): void {
  for (let n = 0; n < values.length; n++) {
    const value = values[n]!
    if (Number.isInteger(value)) continue
    throw new VoxaugError(
      'invalid-label',
      `a label map must hold whole numbers, got ${value} at voxel ${nameOf(start + n)}.`,
      { received: value },
    )
  }
}
