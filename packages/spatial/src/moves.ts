import { arrayOf, type DType, type Grid, type Pending, type Volume } from '@voxaug/core'
import type { Warp } from './warp.ts'

/** How voxels between voxels are found. */
export type Interpolation = 'nearest' | 'linear'

/** What stands where a point's path leaves a grid: a number, or a channel's minimum or mean before the run of spatial steps. */
export type Fill = number | 'minimum' | 'mean'

/** One spatial step of an entry: its grid after the step, and how the anatomy moved. */
export interface Move {
  readonly grid: Grid
  readonly warp: Warp
  readonly fill: Fill
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

/** Whether a fill value can stand among voxels of a type. */
export function holds(dtype: DType, fill: Fill): boolean {
  if (fill === 'minimum' || dtype.startsWith('float')) return true
  return typeof fill === 'number' && new (arrayOf(dtype))([fill])[0] === fill
}
