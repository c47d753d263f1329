import type { Plugin } from '@voxaug/core'
import { ElasticDeformation } from './index.ts'

/** The transforms of this package, for `createRegistry`. */
const elastic: Plugin = [ElasticDeformation]

export default elastic
