import type { FigureOptions } from '@voxaug/figure'
import type { SubjectName } from './subjects.ts'

/** What a transform's page shows of its example, where that is not the usual. */
export interface Shown {
  /** 'head' unless given. */
  readonly subject?: SubjectName
  /** Of the figure; by what the transform does unless given. */
  readonly figure?: FigureOptions
  /** Where the result has another unit, so that before and after each have a window of their own. */
  readonly ownWindows?: boolean
  /** How many variants are shown; one unless given. */
  readonly copies?: number
}

/** By name: how the example that a transform's definition has is shown. */
export const shown: Readonly<Record<string, Shown>> = {
  'core/OneOf': { copies: 3 },
  'core/RandomApply': { copies: 3 },
  'core/SomeOf': { copies: 3 },
  'elastic/DisplacementField': { subject: 'head and field' },
  'geometry/Conform': { figure: { planes: 'voxels' } },
  'geometry/Reorient': { figure: { planes: 'voxels' } },
  'geometry/ResampleTo': { subject: 'head and pet' },
  'intensity/RescaleIntensity': { ownWindows: true },
  'intensity/ZScore': { ownWindows: true },
}
