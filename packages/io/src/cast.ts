import { arrayOf, type DType, type Volume, VoxaugError, type VoxelArray } from '@voxaug/core'
import { eachBlock, voxelName } from './voxels.ts'

/** What each integer type holds. */
const ranges: ReadonlyMap<DType, readonly [least: number, most: number]> = /* @__PURE__ */ new Map([
  ['uint8', [0, 255]],
  ['int8', [-128, 127]],
  ['uint16', [0, 65_535]],
  ['int16', [-32_768, 32_767]],
  ['uint32', [0, 4_294_967_295]],
  ['int32', [-2_147_483_648, 2_147_483_647]],
])

/** The least and the largest value of an integer type; undefined for others. */
export const integerRange = (dtype: DType): readonly [least: number, most: number] | undefined => ranges.get(dtype)

/** Which voxels to copy, and how: a value is stored · slope + intercept. */
export interface CastOptions {
  /** Index of the voxel that comes first in the target, 0 unless given. */
  readonly start?: number
  readonly slope?: number
  readonly intercept?: number
}

/**
 * Copies a volume's voxels, as many as `target` takes, into an array of the type to write.
 *
 * Images: integers are ⌊x + ½⌋, saturated; float32 is the nearest. Labels: the very values. Scaling is for integers of images.
 * @throws VoxaugError `out-of-range` at a voxel that the type cannot hold: NaN in an integer type, a number too large for
 *   float32, a label that would change
 */
export function castVoxels(
  { data, kind, shape }: Pick<Volume, 'data' | 'kind' | 'shape'>,
  target: VoxelArray,
  dtype: DType,
  { start = 0, slope = 1, intercept = 0 }: CastOptions = {},
): void {
  const part = start === 0 && target.length >= data.length ? data : data.subarray(start, start + target.length)
  const scaled = slope !== 1 || intercept !== 0
  const place = (index: number) => voxelName(start + index, shape)
  if (!scaled && (part instanceof arrayOf(dtype) || dtype === 'float64')) target.set(part)
  else if (kind === 'label') copyLabels(part, target, dtype, place)
  else if (integerRange(dtype)) roundVoxels(part, target, dtype, scaled ? [slope, intercept] : undefined, place)
  else if (part instanceof Float64Array) narrowFloats(part, target, place)
  else target.set(part)
}

type Place = (index: number) => string

function roundVoxels(
  data: VoxelArray,
  target: VoxelArray,
  dtype: DType,
  scaling: readonly [slope: number, intercept: number] | undefined,
  place: Place,
): void {
  const [least, most] = integerRange(dtype)!
  eachBlock(data, (block, start) => {
    if (scaling) {
      const [slope, intercept] = scaling
      for (let n = 0; n < block.length; n++) block[n] = (block[n]! - intercept) / slope
    }
    for (let n = 0; n < block.length; n++) {
      const value = Math.floor(block[n]! + 0.5)
      block[n] = Math.max(least, Math.min(value, most))
      if (Number.isNaN(value)) refuse(Number.NaN, place(start + n), dtype)
    }
    target.set(block, start)
  })
}

function narrowFloats(data: Float64Array, target: VoxelArray, place: Place): void {
  target.set(data)
  for (let n = 0; n < data.length; n++) {
    const value = target[n]!
    if (value - value !== 0 && Number.isFinite(data[n])) refuse(data[n]!, place(n), 'float32')
  }
}

function copyLabels(data: VoxelArray, target: VoxelArray, dtype: DType, place: Place): void {
  eachBlock(data, (block, start) => {
    target.set(block, start)
    const written = target.subarray(start, start + block.length)
    for (let n = 0; n < block.length; n++) if (written[n] !== block[n]) refuse(block[n]!, place(start + n), dtype)
  })
}

function refuse(value: number, place: string, dtype: DType): never {
  throw new VoxaugError('out-of-range', `voxel ${place} must be a value that ${dtype} holds, got ${value}.`, {
    option: 'dtype',
    received: value,
  })
}
