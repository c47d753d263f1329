export { blur } from './blur.ts'
export { copyVoxels, type WholeMap } from './copy.ts'
export type { LineEnds } from './gaussian.ts'
export { normal, type Stream, uniform } from './noise.ts'
export { type Percentiles, percentiles } from './percentiles.ts'
export { runProgram, type VoxelOp } from './program.ts'
export { type Reach, reachOf } from './reach.ts'
export { type ResamplePass, resample } from './resample.ts'
export {
  compose,
  type Extension,
  type Field,
  type Interpolation,
  type Lattice,
  type Matrix,
  type Stage,
  type Window,
} from './stage.ts'
export { type Statistics, statistics } from './statistics.ts'
export type { Voxels, Where } from './voxels.ts'
