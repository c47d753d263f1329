export { ClipRange } from './clip-range.ts'
export { defineIntensity, type IntensityContext, type IntensityDefinition } from './define-intensity.ts'
export { Gamma } from './gamma.ts'
export { Noise } from './noise.ts'
export {
  enqueue,
  type IntensityPending,
  type QueuedStep,
  type Selection,
  selectionOf,
  type VoxelStep,
} from './pending.ts'
export { ZScore } from './zscore.ts'
