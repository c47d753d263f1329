import { Compose, choice, normal, OneOf, RandomApply, SomeOf, type Transform } from '@voxaug/core'
import { DisplacementField, ElasticDeformation, ElasticNoise, unet2015 } from '@voxaug/elastic'
import {
  Affine,
  AffineMatrix,
  Conform,
  Crop,
  CropOrPad,
  CropToForeground,
  Flip,
  Pad,
  PadToMultiple,
  Reorient,
  Resample,
  ResampleTo,
  Resize,
  Rotate,
  Scale,
  Shift,
} from '@voxaug/geometry'
import { Blur, ClipPercentile, ClipRange, Gamma, Noise, RescaleIntensity, ZScore } from '@voxaug/intensity'

/** Each transform alone, then long chains. Changing a line here changes its hash: add lines rather. */
export const pipelines: Readonly<Record<string, Transform>> = {
  Flip: Flip({ axes: ['left-right', 'inferior-superior'], probability: 0.5 }),
  Affine: Affine({ rotationDegrees: [-30, 30], scale: [0.8, 1.3], shear: [-0.1, 0.1], translationMm: [-4, 4] }),
  'Affine, nearest, mean': Affine({ rotationDegrees: 17, interpolation: 'nearest', fill: 'mean', labelFill: 3 }),
  'Affine, quarter turns': Affine({ rotationDegrees: choice(-90, 90, 180) }),
  AffineMatrix: AffineMatrix({
    matrix: [
      [1.02, 0.05, -0.01, 3],
      [-0.04, 0.97, 0.06, -2],
      [0.02, -0.03, 1.01, 1],
      [0, 0, 0, 1],
    ],
    fill: -7,
  }),
  Crop: Crop({ shape: [11, null, null], at: 'random' }),
  ElasticDeformation: ElasticDeformation({ controlPoints: 7, maxDisplacementMm: [2, 6] }),
  'ElasticDeformation, unlocked': ElasticDeformation({
    controlPoints: [5, 6, 8],
    maxDisplacementMm: 3,
    lockedBorders: 0,
  }),
  ClipRange: ClipRange({ min: 0.0004, max: 1000 }),
  Gamma: Gamma({ logGamma: normal(0, 0.3) }),
  Noise: Noise({ std: [0.1, 20] }),
  ZScore: ZScore({}),
  'ZScore, nonzero': ZScore({ over: 'nonzero', applyTo: 'selection' }),
  'spatial chain': Compose([
    Flip({ axes: ['x'], probability: 0.5 }),
    RandomApply(ElasticDeformation({ maxDisplacementMm: 4 }), { probability: 0.8 }),
    Affine({ rotationDegrees: [-15, 15], scale: [0.9, 1.1] }),
    Crop({ shape: [9, 8, null], at: 'random' }),
  ]),
  'elastic written last': Compose([
    Affine({ rotationDegrees: [-15, 15] }),
    ElasticDeformation({ maxDisplacementMm: 4 }),
    Crop({ shape: [9, 8, null] }),
  ]),
  'everything, nested': Compose([
    OneOf([
      Affine({ rotationDegrees: [-20, 20], translationMm: normal(0, 2) }),
      Compose([ElasticDeformation({ maxDisplacementMm: 3 }), Flip({ axes: ['y'] })]),
    ]),
    SomeOf([Gamma({}), Noise({ std: 5 }), ClipRange({ min: -10, max: 3000 })], { count: [1, 3] }),
    RandomApply(Affine({ scale: [0.7, 1.4] })),
    OneOf([Gamma({ logGamma: 0.4 }), Noise({ std: [0, 2] })], { weights: [2, 1] }),
    ZScore({ over: 'nonzero' }),
    Crop({ shape: [7, 9, null], at: 'random' }),
  ]),
  Rotate: Rotate({ degrees: [-40, 40], axes: 'one', expand: true }),
  'Rotate, cubic': Rotate({ degrees: [-15, 15], interpolation: 'cubic' }),
  'Rotate, cubic, vote, edge': Rotate({
    degrees: 21,
    interpolation: 'cubic',
    fill: 'edge',
    labelInterpolation: 'vote',
    labelFill: 'edge',
  }),
  'Rotate, cubic, reflect': Rotate({ degrees: -33, interpolation: 'cubic', fill: 'reflect', labelFill: 'mirror' }),
  Scale: Scale({ factor: [0.7, 1.2], anchor: 'corner' }),
  'Scale, vote': Scale({ factor: 0.8, labelInterpolation: 'vote', fill: 'wrap' }),
  Shift: Shift({ fraction: [-0.2, 0.2] }),
  'Shift, whole voxels, mirror': Shift({ voxels: [3, -5, 0], fill: 'mirror' }),
  Resize: Resize({ factor: [0.55, 0.9, 1] }),
  'Resize, cubic, corners': Resize({
    longest: 40,
    align: 'corners',
    interpolation: 'cubic',
    labelInterpolation: 'vote',
  }),
  Resample: Resample({ spacingMm: [1.3, 2.1, 1.7] }),
  'Resample, world': Resample({ spacingMm: 1.5, axes: 'world' }),
  Conform: Conform({ shape: [24, 25, 26], spacingMm: [1.2, 1.1, 1.4], orientation: 'LIA' }),
  Reorient: Reorient({ to: 'PSL' }),
  Pad: Pad({
    voxels: [
      [2, 3],
      [0, 1],
      [4, 0],
    ],
    fill: 'reflect',
  }),
  'Crop by weights': Crop({ shape: [9, 8, null], at: { weights: 'image' } }),
  CropOrPad: CropOrPad({ shape: [20, 30, 4], at: 'random' }),
  PadToMultiple: PadToMultiple({ multiple: [16, 8, 1] }),
  'ElasticDeformation, U-Net': ElasticDeformation({ ...unet2015, displacementVoxels: 1, interpolation: 'cubic' }),
  ElasticNoise: ElasticNoise({ alpha: 300, sigmaVoxels: 7 }),
  'ElasticNoise, full': ElasticNoise({ alpha: 40, sigmaMm: 4, noise: 'full' }),
  Blur: Blur({ sigmaMm: [0.5, 3] }),
  ClipPercentile: ClipPercentile({ lower: 2.5, upper: 97 }),
  'ClipPercentile, nonzero': ClipPercentile({ lower: 0.5, upper: 99.5, over: 'nonzero', applyTo: 'selection' }),
  RescaleIntensity: RescaleIntensity({ to: [-1, 1] }),
  'RescaleIntensity, percentiles': RescaleIntensity({ to: [0, 255], from: 'percentiles', over: 'nonzero' }),
  'smoothed, turned, smoothed': Compose([
    Blur({ sigmaMm: 1 }),
    Rotate({ degrees: [-15, 15] }),
    ElasticNoise({ alpha: 200, sigmaMm: 8 }),
    Resize({ factor: 0.7 }),
    Blur({ sigmaMm: 0.7 }),
    RescaleIntensity({}),
  ]),
}

/** Those that name an entry, for the subjects that have it. */
export const pipelinesNaming: Readonly<Record<string, Readonly<Record<string, Transform>>>> = {
  label: {
    ResampleTo: ResampleTo({ entry: 'label', interpolation: 'cubic' }),
    'Crop on a label': Crop({ shape: [9, 8, null], at: { label: 'label', odds: { 2: 1, 5: 3 } } }),
    CropToForeground: CropToForeground({ over: { label: 'label' } }),
  },
  field: {
    DisplacementField: DisplacementField({ entry: 'field' }),
    'DisplacementField, cubic, turned': Compose([
      DisplacementField({ entry: 'field', interpolation: 'cubic', labelInterpolation: 'vote' }),
      Rotate({ degrees: [-15, 15], interpolation: 'cubic' }),
    ]),
  },
}
