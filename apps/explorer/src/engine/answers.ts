import type { PipelineJson, Trace, Vec3, Warning } from '@voxaug/core'
import type { TimedPass } from './compute-timed.ts'
import type { Deformation } from './deformation.ts'
import type { Picture, Window } from './picture.ts'

/** What is to be run. */
export interface Recipe {
  readonly json: PipelineJson
  readonly seed: number
}

/** What is to be shown of a run. */
export interface Wanted {
  /** On the grid of what it was before, to be laid over it; or its difference from that. */
  readonly as: 'itself' | 'over before' | 'difference'
  readonly deformation: boolean
  readonly channel: number
  /** The values shown black and white; found unless given. */
  readonly window: Window | undefined
}

/** A volume, as the page says what it is. */
export interface About {
  readonly entry: string
  readonly kind: 'image' | 'label'
  readonly file: string
  /** What `voxaug apply` calls what it writes of it. */
  readonly output: string
  /** Whether it is of the made-up head. */
  readonly isOurs: boolean
  readonly shape: readonly number[]
  readonly spacingMm: Vec3
  readonly orientation: string
  readonly dtype: string
  readonly channels: number
}

/** The subject, as it was opened. */
export interface Before {
  /** Another number for other entries. */
  readonly subject: number
  /** Another number for another image. */
  readonly scan: number
  readonly entries: readonly About[]
  /** Entries beside these that steps may read. */
  readonly extras: readonly string[]
  readonly key: string
  readonly picture: Picture
  readonly labels: Picture | undefined
  readonly window: Window
  readonly warnings: readonly Warning[]
  /** The shape that is shown, where the whole is too large for the viewer. */
  readonly reducedTo: readonly number[] | undefined
}

/** A label map after a run. */
export interface AfterLabels {
  readonly picture: Picture
  readonly passes: readonly TimedPass[]
}

/** What came of a run. */
export interface After {
  readonly picture: Picture
  readonly window: Window
  readonly deformation: Deformation | undefined
  readonly image: Pick<About, 'shape' | 'spacingMm' | 'orientation' | 'dtype'>
  readonly passes: readonly TimedPass[]
  readonly warnings: readonly Warning[]
  /** What the steps drew, by path. */
  readonly drawn: readonly Pick<Trace['steps'][number], 'path' | 'transform' | 'params'>[]
  readonly reducedTo: readonly number[] | undefined
}

/** Values at a place of the world; undefined outside. */
export interface Probe {
  readonly voxel: readonly number[]
  readonly value: number | undefined
  readonly label: number | undefined
}

/** A file to be saved. */
export interface Saved {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
}
