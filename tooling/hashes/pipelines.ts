import { Compose, choice, normal, OneOf, RandomApply, SomeOf, type Transform } from '@voxaug/core'
import { ElasticDeformation } from '@voxaug/elastic'
import { Affine, AffineMatrix, Crop, Flip } from '@voxaug/geometry'
import { ClipRange, Gamma, Noise, ZScore } from '@voxaug/intensity'

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
}
