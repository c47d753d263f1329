import type { Plugin } from '@voxaug/core'
import { Blur, ClipPercentile, ClipRange, Gamma, Noise, RescaleIntensity, ZScore } from './index.ts'

/** The transforms of this package, for `createRegistry`. */
const intensity: Plugin = [Blur, ClipPercentile, ClipRange, Gamma, Noise, RescaleIntensity, ZScore]

export default intensity
