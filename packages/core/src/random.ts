import { show, VoxaugError } from './error.ts'
import type { Vec3 } from './grid.ts'
import { cosDegrees, exp, log } from './math.ts'
import type { CheckedPerAxis } from './option.ts'
import { philox } from './philox.ts'
import type { BoundedRange } from './range.ts'

/** Four 32-bit words that name a sequence of noise: a Philox key, then the counter's two high words. */
export type Stream = readonly [number, number, number, number]

/**
 * A source of random numbers that is a pure function of its name: counter-based, so forks never disturb each other.
 */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number
  /** Standard normal. */
  normal(): number
  /** A whole number from 0 to `below` − 1, each as likely. */
  integer(below: number): number
  /** An amount from a checked range. */
  draw(range: BoundedRange): number
  /** Another source, which depends only on this one's name and `name`, not on what either has drawn. */
  fork(name: string): Random
  /** The name of the noise that belongs to this source, for parameters. */
  stream(): Stream
}

/**
 * The random source of a run.
 * @param seed a whole number from 0 to 2^53 − 1
 * @throws VoxaugError `invalid-seed`
 * @see Salmon et al. 2011, Parallel random numbers: as easy as 1, 2, 3 (Philox4x32-10)
 */
export function createRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new VoxaugError('invalid-seed', `seed must be a whole number from 0 to 2^53 − 1, got ${show(seed)}.`, {
      option: 'seed',
      received: seed,
    })
  }
  return source(seed >>> 0, Math.floor(seed / 4294967296))
}

/** Three amounts: a range drawn anew for each axis, or once for all, or one range for each. */
export function drawPerAxis(random: Random, amounts: CheckedPerAxis): Vec3 {
  if ('shared' in amounts) {
    const value = random.draw(amounts.shared)
    return [value, value, value]
  }
  const [x, y, z] = 'each' in amounts ? [amounts.each, amounts.each, amounts.each] : amounts
  return [random.draw(x), random.draw(y), random.draw(z)]
}

/** The stream of one entry's noise, from the step's. */
export function forkStream([key0, key1]: Stream, name: string): Stream {
  return [...forkKey(key0, key1, name), 0, 0]
}

function source(key0: number, key1: number): Random {
  const words = new Uint32Array(4)
  let count = 0
  const uniform = () => {
    const at = count % 2
    // The third counter word keeps draws apart from noise (0) and from forks (2).
    if (at === 0) philox(key0, key1, count / 2, 0, 1, 0, words)
    count++
    return ((words[2 * at]! >>> 5) * 67108864 + (words[2 * at + 1]! >>> 6)) / 9007199254740992
  }
  const normal = () => {
    const radius = Math.sqrt(-2 * log(1 - uniform()))
    return radius * cosDegrees(360 * uniform())
  }
  const random: Random = {
    uniform,
    normal,
    integer: (below) => Math.floor(uniform() * below),
    draw(range) {
      if (typeof range === 'number') return range
      if ('choice' in range) return range.choice[random.integer(range.choice.length)]!
      if ('logUniform' in range) {
        const [low, high] = range.logUniform
        // exp(log(x)) may miss x by a rounding: keep to the ends that were asked for.
        return Math.min(high, Math.max(low, exp(between(log(low), log(high), uniform()))))
      }
      if ('normal' in range) {
        // Bounded draws end: parseRange keeps the std below the bounds' width, so that a third of the bell lies within.
        for (;;) {
          const value = range.normal.mean + range.normal.std * normal()
          if (value >= range.within[0] && value <= range.within[1]) return value
        }
      }
      return between(range[0], range[1], uniform())
    },
    fork: (name) => source(...forkKey(key0, key1, name)),
    stream: () => [key0, key1, 0, 0],
  }
  return random
}

/** Rounding could step over the upper end. */
const between = (low: number, high: number, t: number) => Math.min(high, low + (high - low) * t)

/** A key for `name` under a key: its UTF-16 units and zeros, four at a time, with its length, each block keyed by what came before. */
function forkKey(key0: number, key1: number, name: string): readonly [number, number] {
  const words = new Uint32Array(4)
  let key: readonly [number, number] = [key0, key1]
  for (let at = 0; at <= name.length; at += 4) {
    const unit = (n: number) => name.charCodeAt(at + n) || 0
    philox(key[0], key[1], unit(0) + unit(1) * 65536, unit(2) + unit(3) * 65536, 2, name.length, words)
    key = [words[0]!, words[1]!]
  }
  return key
}
