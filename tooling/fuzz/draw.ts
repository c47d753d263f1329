/** A source of draws: the same seed and case give the same ones, everywhere. */
export interface Draw {
  /** A whole number from 0 to below `count`, which is at most 2^32. */
  below(count: number): number
  /** True this often. */
  chance(probability: number): boolean
  one<T>(of: readonly T[]): T
}

/** Draws for one case of a seed (mulberry32 from a mix of both). */
export function drawFor(seed: number, index: number): Draw {
  let state = mix(mix(seed >>> 0) ^ mix((index >>> 0) + 0x9e3779b9)) ^ Math.floor(index / 2 ** 32)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    return mix(state)
  }
  const below = (count: number) => Math.floor((next() / 2 ** 32) * count)
  return {
    below,
    chance: (probability) => next() < probability * 2 ** 32,
    one: (of) => of[below(of.length)]!,
  }
}

function mix(value: number): number {
  let x = value | 0
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return (x ^ (x >>> 16)) >>> 0
}
