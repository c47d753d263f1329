import { ElasticNoise } from '@voxaug/elastic'

/** The article's numbers. */
export const faint = ElasticNoise({
  alpha: 4,
  sigmaVoxels: 35,
  noise: 'full',
})

export const deform = ElasticNoise({
  alpha: 3000,
  sigmaMm: 35,
  labelInterpolation: 'vote',
})
