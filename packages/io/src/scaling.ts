import { type DType, VoxaugError, type VoxelArray } from '@voxaug/core'
import { integerRange } from './cast.ts'
import type { Precision } from './precision.ts'
import { eachBlockInTurns } from './voxels.ts'

/** A voxel's value is stored · slope + intercept. */
export interface Scaling {
  readonly slope: number
  readonly intercept: number
}

export const unscaled: Scaling = { slope: 1, intercept: 0 }

export const isScaled = ({ slope, intercept }: Scaling): boolean => slope !== 1 || intercept !== 0

/**
 * The slope and intercept with which an integer type errs least: its ends are those of the finite voxels, so that none is off by
 * more than half a slope. Whole numbers that the type can hold, moved if need be, keep slope 1 and are exact.
 *
 * Where the range ends at the last float32 the slope cannot be rounded up, and one end may err by a whole slope. One value alone becomes the intercept. Where no voxel is finite nothing is scaled.
 * @throws VoxaugError `out-of-range` where float32 cannot hold the values, which is what readers give them as
 * @see nibabel.arraywriters.SlopeInterArrayWriter, which scales whole numbers too, and may cut the ends by float32's rounding
 */
export async function scalingOf(data: VoxelArray, dtype: DType, precision: Precision): Promise<Scaling> {
  const { min, max, whole } = await finiteRange(data)
  const [least, most] = integerRange(dtype)!
  if (min > max || (whole && least <= min && max <= most)) return unscaled
  const moved = min - least
  if (whole && max - min <= most - least && precision.nearest(moved) === moved) return { slope: 1, intercept: moved }

  const ideal = (max - min) / (most - least)
  const intercept = least === 0 ? precision.down(min) : precision.nearest(min - least * ideal)
  // From the intercept as stored, so that the ends still fit; `/ 0` of an unsigned type is no bound.
  const exact = Math.max((max - intercept) / most, least === 0 ? 0 : (min - intercept) / least)
  // Up, so that no end is cut; but not past the last float32, which would be read as infinite.
  const readable = (slope: number) =>
    [slope, least * slope + intercept, most * slope + intercept].every((value) => Number.isFinite(Math.fround(value)))
  // Not under the least float32 either: a step of it would be read as 0.
  const up = Math.max(precision.up(exact), 2 ** -149)
  const slope = [exact === 0 ? 1 : up, precision.down(exact)].find(readable)
  if (slope !== undefined) return { slope, intercept }
  throw new VoxaugError(
    'out-of-range',
    `where scaled is true, voxels must be numbers that float32 holds, as readers give them, got ${min} … ${max}.`,
    { option: 'scaled', received: [min, max] },
  )
}

/** The least and largest finite voxel, and whether all the finite ones are whole; `min > max` where there is none. */
async function finiteRange(data: VoxelArray): Promise<{ min: number; max: number; whole: boolean }> {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  let whole = true
  await eachBlockInTurns(data, (block) => {
    for (let n = 0; n < block.length; n++) {
      const value = block[n]!
      if (value - value !== 0) continue
      if (value < min) min = value
      if (value > max) max = value
      if (value !== Math.floor(value)) whole = false
    }
  })
  return { min, max, whole: whole && Number.isSafeInteger(min) && Number.isSafeInteger(max) }
}
