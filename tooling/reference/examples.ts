import type { StepJson } from '@voxaug/core'
import type { FigureOptions } from '@voxaug/figure'
import type { SubjectName } from './subjects.ts'

/** What a transform's page runs and shows. */
export interface Example {
  /** As pipeline JSON has them. */
  readonly options?: StepJson['options']
  /** 'head' unless given. */
  readonly subject?: SubjectName
  /** Of the figure; by what the transform does unless given. */
  readonly figure?: FigureOptions
  /** Where the result has another unit, so that before and after each have a window of their own. */
  readonly ownWindows?: boolean
  /** How many variants are shown; one unless given. */
  readonly copies?: number
}

const shrink: StepJson = { transform: 'geometry/Scale', options: { factor: 0.7 } }
const noise: StepJson = { transform: 'intensity/Noise', options: { std: 80 } }
const flip = (axis: string): StepJson => ({ transform: 'geometry/Flip', options: { axes: [axis] } })

/** By name: options that show well what a transform does. */
export const examples: Readonly<Record<string, Example>> = {
  'core/Compose': {
    options: {
      transforms: [
        flip('left-right'),
        { transform: 'geometry/Rotate', options: { degrees: [0, 0, 25] } },
        { transform: 'intensity/Gamma', options: { logGamma: 0.6 } },
      ],
    },
  },
  'core/OneOf': {
    options: {
      transforms: [shrink, { transform: 'intensity/Blur', options: { sigmaMm: 4 } }, noise],
      weights: [2, 1, 1],
    },
    copies: 3,
  },
  'core/RandomApply': { options: { transforms: [shrink], probability: 0.5 }, copies: 3 },
  'core/SomeOf': { options: { transforms: [shrink, flip('y'), noise], count: 2 }, copies: 3 },
  'elastic/DisplacementField': { options: { entry: 'field' }, subject: 'head and field' },
  'elastic/ElasticDeformation': { options: { controlPoints: 8, maxDisplacementMm: 14 } },
  'elastic/ElasticNoise': { options: { alpha: 900, sigmaMm: 22 } },
  'geometry/Affine': {
    options: { rotationDegrees: [0, 0, [-25, 25]], scale: [0.75, 1.2], translationMm: [[-15, 15], [-15, 15], 0] },
  },
  'geometry/AffineMatrix': {
    options: {
      matrix: [
        [0.97, 0.26, 0, 6],
        [-0.2, 0.88, 0, -4],
        [0, 0, 1, 0],
        [0, 0, 0, 1],
      ],
    },
  },
  'geometry/Conform': {
    options: { shape: [64, 64, 64], spacingMm: 3.5, orientation: 'LIA' },
    figure: { planes: 'voxels' },
  },
  'geometry/Crop': { options: { shape: [28, 36, 24], at: { label: 'label', odds: { 1: 1 } } } },
  'geometry/CropOrPad': { options: { shape: [80, 64, 48], fill: 'mean' } },
  'geometry/CropToForeground': { options: { over: { label: 'label' }, marginVoxels: 1 } },
  'geometry/Flip': { options: { axes: ['left-right'] } },
  'geometry/Pad': { options: { voxels: [[12, 4], [8, 8], 0], fill: 'mirror', labelFill: 'mirror' } },
  'geometry/PadToMultiple': { options: { multiple: 32, fill: 'mean' } },
  'geometry/Reorient': { options: { to: 'PSL' }, figure: { planes: 'voxels' } },
  'geometry/Resample': { options: { spacingMm: 8, antialias: true } },
  'geometry/ResampleTo': { options: { entry: 'pet' }, subject: 'head and pet' },
  'geometry/Resize': { options: { factor: 0.4 } },
  'geometry/Rotate': { options: { degrees: [0, 0, [-30, 30]] } },
  'geometry/Scale': { options: { factor: [0.7, 1.2] } },
  'geometry/Shift': { options: { fraction: [[-0.2, 0.2], [-0.2, 0.2], 0] } },
  'intensity/Blur': { options: { sigmaMm: [4, 4, 0] } },
  'intensity/ClipPercentile': { options: { lower: 5, upper: 85 } },
  'intensity/ClipRange': { options: { min: 150, max: 650 } },
  'intensity/Gamma': { options: { logGamma: [0.3, 0.9] } },
  'intensity/Noise': { options: { std: [40, 120] } },
  'intensity/RescaleIntensity': {
    options: { to: [0, 1], from: 'percentiles', percentiles: [5, 85] },
    ownWindows: true,
  },
  'intensity/ZScore': { ownWindows: true },
}
