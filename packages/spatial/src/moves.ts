import { arrayOf, type DType, type Grid, type Pending, type Vec3, type Volume } from '@voxaug/core'
import type { Extension, Interpolation } from '@voxaug/kernels'
import type { Warp } from './warp.ts'

/** Ways in which a volume goes on beyond itself, named as scipy.ndimage's modes nearest, reflect, mirror and grid-wrap. */
export const extensions = ['edge', 'reflect', 'mirror', 'wrap'] as const satisfies readonly Extension[]

/**
 * What stands where a point's path leaves a grid: a number, or a channel's minimum or mean before the run of spatial steps; or
 * the volume itself, extended, before anything is sampled.
 */
export type Fill = number | 'minimum' | 'mean' | Extension

export const isExtension = (fill: Fill): fill is Extension => (extensions as readonly Fill[]).includes(fill)

/** One spatial step of an entry: its grid after the step, and how the anatomy moved. */
export interface Move {
  readonly grid: Grid
  readonly warp: Warp
  readonly fill: Fill
  /** Deviations, in voxels of the grid before, of the Gaussian that keeps a coarser grid from aliasing. */
  readonly smoothing?: Vec3 | undefined
}

/** A volume that a run of spatial steps will be sampled into: plain data, its source apart. */
export interface SpatialPending extends Pending {
  readonly by: 'spatial'
  readonly moves: readonly Move[]
  /** The volume before the run of spatial steps, of which fills by statistics speak; the source, unless the run takes several passes. */
  readonly start: Volume
  /** Undefined while every move is by whole voxels, which agrees with all. */
  readonly interpolation: Interpolation | undefined
  /** Whether the moves, all in all, carry voxels to voxels: then these are copied, and keep their type. */
  readonly copies: boolean
}

/** The element type that computing gives: an image becomes float32 unless its voxels are copied, a label map keeps its own. */
export const dtypeAfter = ({ source, copies }: SpatialPending): DType =>
  copies || source.kind === 'label' ? source.dtype : 'float32'

/** Whether a fill can stand among voxels of a type. */
export function holds(dtype: DType, fill: Fill): boolean {
  if (fill === 'minimum' || isExtension(fill) || dtype.startsWith('float')) return true
  return typeof fill === 'number' && new (arrayOf(dtype))([fill])[0] === fill
}
