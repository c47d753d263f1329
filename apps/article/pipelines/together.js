import { Compose, OneOf, RandomApply } from '@voxaug/core'
import { ElasticDeformation } from '@voxaug/elastic'
import { Affine, CropOrPad, Flip } from '@voxaug/geometry'
import { ClipPercentile, Gamma, Noise, ZScore } from '@voxaug/intensity'

export const augment = Compose([
  Flip({ axes: ['left-right'], probability: 0.5 }),
  RandomApply(ElasticDeformation({ maxDisplacementMm: 12 }), {
    probability: 0.75,
  }),
  Affine({
    rotationDegrees: [-15, 15],
    scale: [0.85, 1.15],
    translationMm: [-10, 10],
  }),
  CropOrPad({ shape: [56, 64, 56] }),
  ClipPercentile({ lower: 0.5, upper: 99.5 }),
  ZScore({ over: { label: 'label' } }),
  OneOf([Gamma({ logGamma: [-0.5, 0.5] }), Noise({ std: [0.05, 0.25] })]),
])
