import { withMemory } from './instance.ts'
import { blocksOf, type Stream } from './noise.ts'
import { blockLength, type Voxels, type Where, whereCode } from './voxels.ts'
import type { Kernels } from './wasm.generated.ts'

/** One step of a voxel-wise program; plain data. */
export type VoxelOp = (
  | {
      /** min(max(x, `min`), `max`). */
      readonly op: 'clip'
      readonly min: number
      readonly max: number
    }
  | {
      /** (x − `mean`) / `std`; a std of 0 counts as 1, so that a constant becomes 0. */
      readonly op: 'standardise'
      readonly mean: number
      readonly std: number
    }
  | {
      /** (x − from[0]) / (from[1] − from[0]) · (to[1] − to[0]) + to[0], `clip`ped to the range `to`; a constant where `from` has no width. */
      readonly op: 'rescale'
      readonly from: readonly [number, number]
      readonly to: readonly [number, number]
      readonly clip: boolean
    }
  | {
      /** ((x − `min`) / (`max` − `min`))^`gamma` · (`max` − `min`) + `min`, x clamped to the range. A `gamma` of 1 changes nothing. */
      readonly op: 'gamma'
      readonly min: number
      readonly max: number
      /** Above 0. */
      readonly gamma: number
    }
  | {
      /** x + `std` · normal(`stream`, index). */
      readonly op: 'noise'
      readonly std: number
      readonly stream: Stream
    }
) & {
  /** Which voxels change: all unless given. 'nonzero' looks at the value that enters the step. A mask counts as the input does. */
  readonly where?: Where
}

/** Where a block lies in memory, and which voxels it is. */
interface Block {
  readonly data: number
  readonly length: number
  readonly mask: number
  /** Room for two float32 a voxel, and for the rest of a group of noise. */
  readonly scratch: number
  /** The index, in the whole channel, of the block's first voxel. */
  readonly index: number
}

type Operations = {
  readonly [name in VoxelOp['op']]: (
    kernels: Kernels,
    op: Extract<VoxelOp, { op: name }>,
    where: number,
    block: Block,
  ) => void
}

const operations: Operations = {
  clip: (kernels, { min, max }, where, { data, length, mask }) => kernels.clip(data, length, where, mask, min, max),
  standardise: (kernels, { mean, std }, where, { data, length, mask }) =>
    kernels.standardise(data, length, where, mask, mean, std || 1),
  rescale: (kernels, { from, to, clip }, where, { data, length, mask }) => {
    const [low, high] = clip ? to : [-Infinity, Infinity]
    const width = from[1] - from[0] || Infinity
    kernels.rescale(data, length, where, mask, from[0], width, to[0], to[1] - to[0], low, high)
  },
  gamma: (kernels, { min, max, gamma }, where, { data, length, mask, scratch }) => {
    if (gamma === 1) return
    // At most 12 bits for a gamma below 32.
    const high = Math.round(gamma * 128) / 128
    const shift = max > min ? gamma * (kernels.log(Math.fround(max) - Math.fround(min)) / Math.LN2) : 0
    const whole = Math.round(shift)
    kernels.gamma(data, length, where, mask, scratch, min, max, high, gamma - high, whole, shift - whole)
  },
  noise: (kernels, { std, stream }, where, { data, length, mask, scratch, index }) => {
    const { low, high, skip, groups } = blocksOf(index, length)
    kernels.normal(scratch, groups, low, high, ...stream)
    kernels.addNoise(data, length, where, mask, std, scratch + 4 * skip)
  },
}

/**
 * Runs steps over one channel, in one pass over memory: a block of voxels goes through all of them while it is in the cache.
 *
 * Each step rounds to float32, so a program gives the bits of its steps run one by one.
 * @param options.start the index of the first voxel in its channel, which noise goes by
 * @param options.out where the result goes: as long as the input, and perhaps the input itself
 */
export function runProgram(
  input: Voxels,
  ops: readonly VoxelOp[],
  options: { readonly start?: number; readonly out?: Float32Array } = {},
): Float32Array {
  const { start = 0, out = new Float32Array(input.length) } = options
  const computesAll = ops.some((op) => (op.where ?? 'all') === 'all' && !(op.op === 'gamma' && op.gamma === 1))
  return withMemory(13 * blockLength + 64, (kernels, buffer, base) => {
    const values = new Float32Array(buffer, base, blockLength)
    const mask = new Uint8Array(buffer, base + 12 * blockLength + 64, blockLength)
    for (let from = 0; from < input.length; from += blockLength) {
      const length = Math.min(blockLength, input.length - from)
      const scratch = base + 4 * blockLength
      const block: Block = { data: base, length, mask: mask.byteOffset, scratch, index: start + from }
      values.set(input.subarray(from, from + length))
      for (const op of ops) {
        const { where = 'all' } = op
        if (typeof where !== 'string') mask.set(where.subarray(from, from + length))
        const operate = operations[op.op] as (kernels: Kernels, op: VoxelOp, where: number, block: Block) => void
        operate(kernels, op, whereCode(where), block)
      }
      if (computesAll) kernels.canonise(base, length)
      out.set(length === blockLength ? values : values.subarray(0, length), from)
    }
    return out
  })
}
