import type { Plugin } from '@voxaug/core'
import { DisplacementField, ElasticDeformation, ElasticNoise } from './index.ts'

/** The transforms of this package, for `createRegistry`. */
const elastic: Plugin = [DisplacementField, ElasticDeformation, ElasticNoise]

export default elastic
