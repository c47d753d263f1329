import {
  inverse,
  multiply,
  type Pass,
  type Pending,
  pendingOf,
  pendingVolume,
  sameSpace,
  type Volume,
} from '@voxaug/core'
import type { Interpolation } from '@voxaug/kernels'
import { dtypeAfter, holds, isExtension, type Move, type SpatialPending } from './moves.ts'
import { computePass } from './pass.ts'
import { wholeMap } from './whole.ts'

/**
 * The volume after one more spatial step. Nothing is computed: steps join the volume's pending ones, to be sampled in one pass.
 *
 * A new pass begins after voxels that another package will compute, where interpolations differ, and with a step that has to
 * have the volume before it as voxels: to smooth them, or to extend them.
 */
export function move(volume: Volume, step: Move, interpolation: Interpolation, path: string): Volume {
  if (step.warp.length === 0 && sameSpace(volume, step.grid)) return volume
  const before = pendingOf(volume)
  const own = isWhole([{ grid: volume, warp: [], fill: 0 }, step]) ? undefined : interpolation
  const why = whyNewPass(before, step, own)
  const joins = isSpatial(before) && why === undefined
  const source = joins ? before.source : volume
  const moves = joins ? [...before.moves, step] : [step]
  const passes: readonly Pass[] = joins
    ? before.passes
    : [...(before?.passes ?? []), { by: 'spatial', path, why: why! }]
  const copies =
    moves.every(({ fill, smoothing }) => !smoothing && holds(source.dtype, fill)) &&
    isWhole([{ grid: source, warp: [], fill: 0 }, ...moves])
  const agreed = joins ? (before.interpolation ?? own) : own
  const start = isSpatial(before) ? before.start : volume
  const pending: SpatialPending = {
    by: 'spatial',
    source,
    start,
    passes,
    warnings: [],
    moves,
    interpolation: agreed,
    copies,
  }
  const { kind, warnings, channels } = source
  const dtype = dtypeAfter(pending)
  const { shape, affine } = step.grid
  return pendingVolume({ kind, shape, affine, channels, dtype, warnings }, pending, computePass)
}

/** Why a step cannot join the steps before it; undefined where it can. */
function whyNewPass(before: Pending | undefined, step: Move, own: Interpolation | undefined): string | undefined {
  if (!before) return 'the first spatial step'
  if (!isSpatial(before)) return `voxels were computed by ${before.by} steps`
  if (own !== undefined && before.interpolation !== undefined && before.interpolation !== own)
    return `${own} interpolation follows ${before.interpolation}`
  if (step.smoothing) return 'voxels are smoothed before the grid gets coarser'
  if (isExtension(step.fill)) return `the volume is extended (${step.fill}) before the step`
  return undefined
}

const isSpatial = (pending: Pending | undefined): pending is SpatialPending => pending?.by === 'spatial'

/** Whether moves, all in all, carry voxels to voxels. The first of the list is where they start. */
function isWhole(moves: readonly Move[]): boolean {
  const [start, ...steps] = moves
  let matrix = steps.at(-1)!.grid.affine
  for (const { warp } of steps.toReversed()) {
    for (const part of warp.toReversed()) {
      if (part.type !== 'affine') return false
      matrix = multiply(inverse(part.matrix), matrix)
    }
  }
  return wholeMap(multiply(inverse(start!.grid.affine), matrix), steps.at(-1)!.grid.shape) !== undefined
}
