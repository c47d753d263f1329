import {
  type Mask,
  type Pass,
  type Pending,
  pendingOf,
  pendingVolume,
  type Stream,
  type Subject,
  sameSpace,
  show,
  type Volume,
  VoxaugError,
} from '@voxaug/core'
import { computeProgram } from './program.ts'

/** Some voxels of a volume: all, those that are not 0, or those where a label map is not 0. */
export type Selection = 'all' | 'nonzero' | Volume

/**
 * One voxel-wise step, as plain data. What it needs to know of the whole volume (a mean, a minimum) is found when it is
 * computed, from the voxels as they are before the step.
 */
export type VoxelStep =
  | { readonly step: 'clip'; readonly min: number; readonly max: number }
  | { readonly step: 'noise'; readonly std: number; readonly stream: Stream }
  | { readonly step: 'gamma'; readonly gamma: number }
  | { readonly step: 'zscore'; readonly over: Selection; readonly applyTo: 'all' | 'selection' }

/** A step and where it stands. */
export interface QueuedStep {
  readonly transform: string
  readonly path: string
  readonly step: VoxelStep
}

/** A volume whose voxels wait for voxel-wise steps, which will run in one pass over memory. */
export interface IntensityPending extends Pending {
  readonly by: 'intensity'
  readonly queue: readonly QueuedStep[]
}

/** The volume after one more voxel-wise step, float32. Nothing is computed yet. */
export function enqueue(volume: Volume, queued: QueuedStep): Volume {
  const before = pendingOf(volume)
  const joins = isIntensity(before)
  const passes: readonly Pass[] = joins
    ? before.passes
    : [...(before?.passes ?? []), { by: 'intensity', path: queued.path, why: 'voxel-wise steps' }]
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

/**
 * The voxels that a mask option means for a volume.
 * @throws VoxaugError `unknown-entry`, `mask-grid` when the label map does not lie on the volume's grid
 */
export function selectionOf(mask: Mask, volume: Volume, subject: Subject, transform: string): Selection {
  if (typeof mask === 'string') return mask
  const label = Object.hasOwn(subject, mask.label) ? subject[mask.label] : undefined
  const refuse = (code: string, message: string) =>
    new VoxaugError(code, message, { transform, option: 'over', received: mask })
  if (label?.kind !== 'label')
    throw refuse('unknown-entry', `over must name a label map of the subject, got ${show(mask.label)}.`)
  if (!sameSpace(label, volume)) {
    const grid = ({ shape, affine }: Volume) =>
      `${shape.join(' × ')} voxels at ${[3, 7, 11].map((n) => affine[n]!.toFixed(2)).join(', ')} mm`
    throw refuse('mask-grid', `${mask.label} must lie on the image's grid of ${grid(volume)}, got ${grid(label)}.`)
  }
  return label
}
