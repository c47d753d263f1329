export { Compose, OneOf, RandomApply, SomeOf } from './combinators.ts'
export { type ErrorDetails, isVoxaugError, locate, show, VoxaugError } from './error.ts'
export {
  type Affine,
  centerIndex,
  cornerIndices,
  determinant,
  type Grid,
  inverse,
  isInvertible,
  multiply,
  orientationOf,
  parseAffine,
  type Shape,
  sameSpace,
  shiftOrigin,
  spacingOf,
  transformPoint,
  type Vec3,
  voxelsOf,
} from './grid.ts'
export { type InvertOptions, invert } from './invert.ts'
export { cos, cosDegrees, exp, log, pow, sin, sinDegrees } from './math.ts'
export {
  type AnyOption,
  type Bounds,
  type Checked,
  type CheckedMargins,
  type CheckedPerAxis,
  either,
  entry,
  flag,
  type Given,
  interval,
  type JsonSchema,
  type Margins,
  type Mask,
  margins,
  mask,
  matrix,
  number,
  type Odds,
  type Option,
  type Options,
  odds,
  optional,
  type PerAxis,
  perAxis,
  range,
  record,
  size,
  word,
  words,
} from './option.ts'
export { philox } from './philox.ts'
export { type PipelineJson, pipelineFromJson, pipelineSchema, pipelineToJson, type StepJson } from './pipeline.ts'
export { createRandom, drawPerAxis, forkStream, type Random, type Stream } from './random.ts'
export { type BoundedRange, choice, logUniform, normal, type Range } from './range.ts'
export { createRegistry, type Registry } from './registry.ts'
export { type RunOptions, replay, run } from './run.ts'
export { type Entry, frameNameOf, isVolume, type Points, points, type Subject } from './subject.ts'
export type { Names, Step, Trace } from './trace.ts'
export {
  type Arguments,
  type Common,
  type Context,
  type Definition,
  define,
  type Factory,
  type InverseContext,
  type Json,
  type Named,
  type Params,
  type Plugin,
  type Transform,
} from './transform.ts'
export {
  arrayOf,
  checkVolume,
  type DType,
  dtypeOf,
  type Pass,
  type Pending,
  pendingOf,
  pendingVolume,
  settled,
  type Taken,
  takeData,
  type Volume,
  type VolumeInit,
  type VolumeKind,
  type VoxelArray,
  volume,
  type Warning,
} from './volume.ts'
