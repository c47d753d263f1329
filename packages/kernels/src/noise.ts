import { withMemory } from './instance.ts'

/**
 * Four 32-bit words that name a sequence of noise: the two of a Philox key, then the upper two of its counter.
 *
 * Value `index` of a sequence comes from word `index` mod 4 of the block that the counter's lower two words number,
 * ⌊index / 4⌋: a pure function of (stream, index), whatever is asked for around it.
 */
export type Stream = readonly [number, number, number, number]

/** Values in one call of a kernel, so that they stay in the first-level cache on their way out. */
const chunk = 4096

/** Fills `out` with values `start`, `start` + 1, … of a stream, uniform in [0, 1): multiples of 2^-24. */
export function uniform(stream: Stream, start: number, out: Float32Array): void {
  fill('uniform', stream, start, out)
}

/**
 * Fills `out` with values `start`, `start` + 1, … of a stream, standard normal, none above 6.67 in size.
 * @see Box, Muller 1958, A note on the generation of random normal deviates
 */
export function normal(stream: Stream, start: number, out: Float32Array): void {
  fill('normal', stream, start, out)
}

function fill(kernel: 'uniform' | 'normal', stream: Stream, start: number, out: Float32Array): void {
  withMemory(4 * (chunk + 16), (kernels, buffer, base) => {
    for (let done = 0; done < out.length; done += chunk) {
      const count = Math.min(chunk, out.length - done)
      const { low, high, skip, groups } = blocksOf(start + done, count)
      kernels[kernel](base, groups, low, high, ...stream)
      out.set(new Float32Array(buffer, base + 4 * skip, count), done)
    }
  })
}

/** The blocks of four that hold `count` values from `start` on, in groups of four, and how many values of the first to skip. */
export function blocksOf(start: number, count: number): { low: number; high: number; skip: number; groups: number } {
  const block = Math.floor(start / 4)
  const skip = start - 4 * block
  return { low: block % 2 ** 32, high: Math.floor(block / 2 ** 32), skip, groups: Math.ceil((skip + count) / 16) }
}
