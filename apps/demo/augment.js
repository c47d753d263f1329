import { Compose, OneOf, RandomApply } from '@voxaug/core'
import { ElasticDeformation } from '@voxaug/elastic'
import { Affine, Flip } from '@voxaug/geometry'
import { Gamma, Noise, ZScore } from '@voxaug/intensity'

/**
 * What the demo does to a scan. Change it, and run `npm run demo` again.
 *
 * A number is fixed, [min, max] is drawn anew for each variant. The three spatial steps are one pass over the voxels.
 */
export const augment = Compose([
  Flip({ axes: ['left-right'], probability: 0.5 }),
  RandomApply(ElasticDeformation({ maxDisplacementMm: 12 }), { probability: 0.75 }),
  Affine({ rotationDegrees: [-15, 15], scale: [0.9, 1.1], translationMm: [-8, 8] }),
  ZScore({ over: 'nonzero' }),
  OneOf([Gamma({ logGamma: [-0.5, 0.5] }), Noise({ std: [0.05, 0.2] })]),
])
