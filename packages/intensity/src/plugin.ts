import type { Plugin } from '@voxaug/core'
import { ClipRange, Gamma, Noise, ZScore } from './index.ts'

/** The transforms of this package, for `createRegistry`. */
const intensity: Plugin = [ClipRange, Gamma, Noise, ZScore]

export default intensity
