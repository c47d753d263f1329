/** Where asc's static data ends: everything from here on is the caller's. */
export function heapBase(): usize {
  return __heap_base
}

export { exp, log, pow, sin, cos, sinDegrees, cosDegrees } from './math.generated'
export { philox } from './philox'
export { normal, uniform } from './noise'
export { passTile } from './pass'
export { bring } from './bring'
export { blurXY, blurZ } from './blur'
export { prefilter } from './prefilter'
export { bracketFloat32, bracketFloat64 } from './order'
export { summarizeFloat32, summarizeFloat64 } from './statistics'
export { addNoise, canonise, clip, gamma, rescale, standardise } from './program'
export { copyRows, reverseRows, turn } from './copy'
