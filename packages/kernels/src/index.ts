export { normal, type Stream, uniform } from './noise.ts'
export { runProgram, type VoxelOp } from './program.ts'
export { type Statistics, statistics } from './statistics.ts'
