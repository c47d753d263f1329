import { type Pass, type Pending, pendingOf, pendingVolume, type Stream, type Vec3, type Volume } from '@voxaug/core'
import { computeProgram } from './program.ts'
import type { Selection } from './selection.ts'
import type { Policy } from './statistics-options.ts'

/**
 * One intensity step, as plain data. What it needs to know of the whole volume (a mean, a percentile) is found when it is
 * computed, from the voxels as they are before the step.
 */
export type VoxelStep =
  | { readonly step: 'clip'; readonly min: number; readonly max: number }
  | { readonly step: 'noise'; readonly std: number; readonly stream: Stream }
  | {
      readonly step: 'rescale'
      readonly from: readonly [number, number]
      readonly to: readonly [number, number]
      readonly clip: boolean
    }
  | Measured
  /** Smoothing by a Gaussian, of a standard deviation in voxels along each voxel axis. */
  | { readonly step: 'blur'; readonly std: Vec3 }

/** A step that goes by statistics of the channel. */
export type Measured =
  | { readonly step: 'gamma'; readonly gamma: number }
  | (Counted & { readonly step: 'zscore' })
  | (Counted & { readonly step: 'clip-percentiles'; readonly percents: readonly [number, number] })
  | (Counted & {
      readonly step: 'rescale-measured'
      /** The percentiles that become the ends of `to`; [0, 100] is the whole range. */
      readonly percents: readonly [number, number]
      readonly to: readonly [number, number]
      readonly clip: boolean
    })

/** Which voxels count, and which change. */
interface Counted extends Partial<Policy> {
  readonly over: Selection
  readonly applyTo: Selection
}

/** A step and where it stands. */
export interface QueuedStep {
  readonly transform: string
  readonly path: string
  readonly step: VoxelStep
}

/** A volume whose voxels wait for intensity steps; those that are voxel-wise run in one pass over memory. */
export interface IntensityPending extends Pending {
  readonly by: 'intensity'
  readonly queue: readonly QueuedStep[]
}

/** The volume after one more intensity step, float32. Nothing is computed yet. */
export function enqueue(volume: Volume, queued: QueuedStep): Volume {
  const before = pendingOf(volume)
  const joins = isIntensity(before)
  const passes: readonly Pass[] = joins
    ? before.passes
    : [...(before?.passes ?? []), { by: 'intensity', path: queued.path, why: 'intensity steps' }]
  const pending: IntensityPending = {
    by: 'intensity',
    source: joins ? before.source : volume,
    passes,
    warnings: [],
    queue: joins ? [...before.queue, queued] : [queued],
  }
  return pendingVolume({ ...like(volume), dtype: 'float32' }, pending, computeProgram)
}

const isIntensity = (pending: Pending | undefined): pending is IntensityPending => pending?.by === 'intensity'

const like = ({ kind, shape, affine, channels, warnings }: Volume) => ({ kind, shape, affine, channels, warnings })
