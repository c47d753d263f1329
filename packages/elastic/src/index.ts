export { DisplacementField } from './displacement-field.ts'
export { ElasticDeformation } from './elastic-deformation.ts'
export { ElasticNoise } from './elastic-noise.ts'
export { unet2015 } from './presets.ts'
