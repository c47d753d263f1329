import type { VoxelArray } from '@voxaug/core'
import { runProgram, type VoxelOp } from '@voxaug/kernels'

/**
 * Takes an offset away, and divides, before voxels become float32, which holds whole numbers up to 2²⁴ only: of types that hold
 * more, where the first op does that anyway.
 * @returns what is left to do, and on which voxels; undefined where all is as good as it gets
 */
export function startExactly(
  from: VoxelArray,
  [op, ...rest]: readonly VoxelOp[],
  out: Float32Array,
): { readonly from: Float32Array; readonly ops: readonly VoxelOp[] } | undefined {
  const isWide = from instanceof Int32Array || from instanceof Uint32Array || from instanceof Float64Array
  if (!isWide || (op?.op !== 'standardise' && op?.op !== 'rescale')) return undefined
  const [offset, width] = op.op === 'standardise' ? [op.mean, op.std] : [op.from[0], op.from[1] - op.from[0]]
  if (!(width > 0)) return undefined
  const { where = 'all', ...everywhere } = op
  const changes = (n: number) => where === 'all' || (where === 'nonzero' ? from[n] !== 0 : where[n] !== 0)
  for (let n = 0; n < from.length; n++) out[n] = (from[n]! - offset) / width
  runProgram(
    out,
    [everywhere.op === 'standardise' ? { ...everywhere, mean: 0, std: 1 } : { ...everywhere, from: [0, 1] }],
    {
      out,
    },
  )
  if (where !== 'all') for (let n = 0; n < from.length; n++) if (!changes(n)) out[n] = from[n]!
  return { from: out, ops: rest }
}
