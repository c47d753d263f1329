export { normal, type Stream, uniform } from './noise.ts'
