import { cos, log, philox, sin } from '@voxaug/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withMemory } from './instance.ts'
import { normal, type Stream, uniform } from './noise.ts'

const stream: Stream = [0x12345678, 0x9abcdef0, 0xdeadbeef, 7]
const fillers = { uniform, normal }

/** The definition, one value at a time and in float64. */
function reference(kind: keyof typeof fillers, [key0, key1, counter2, counter3]: Stream, index: number): number {
  const block = Math.floor(index / 4)
  const words = new Uint32Array(4)
  philox(key0, key1, block % 2 ** 32, Math.floor(block / 2 ** 32), counter2, counter3, words)
  const word = index % 4
  if (kind === 'uniform') return Math.floor(words[word]! / 256) / 2 ** 24
  const u = (Math.floor(words[word < 2 ? 0 : 2]! / 2) + 0.5) / 2 ** 31
  const angle = (2 * Math.PI * words[word < 2 ? 1 : 3]!) / 2 ** 32
  return Math.sqrt(-2 * log(u)) * (word % 2 ? sin(angle) : cos(angle))
}

function values(kind: keyof typeof fillers, from: Stream, start: number, length: number): Float32Array {
  const out = new Float32Array(length)
  fillers[kind](from, start, out)
  return out
}

test('the words are those of core’s philox, in groups of four blocks, also where the lower counter word wraps round', () => {
  const groups = 3
  const first = 2 ** 32 - 6
  const words = withMemory(64 * groups, (kernels, buffer, base) => {
    kernels.philox(base, groups, first, 41, ...stream)
    return new Uint32Array(buffer, base, 16 * groups).slice()
  })
  const wanted = new Uint32Array(4)
  for (let block = 0; block < 4 * groups; block += 1) {
    const counter = first + block
    philox(stream[0], stream[1], counter % 2 ** 32, 41 + Math.floor(counter / 2 ** 32), stream[2], stream[3], wanted)
    const got = [0, 1, 2, 3].map((word) => words[16 * Math.floor(block / 4) + 4 * word + (block % 4)])
    expect(got).toEqual([...wanted])
  }
})

describe.each(['uniform', 'normal'] as const)('%s', (kind) => {
  test('is what its definition gives in float64', () => {
    const worst = [0, 1, 123_456_789, 2 ** 34 - 7, 2 ** 52].map((start) =>
      Math.max(
        ...values(kind, stream, start, 5000).map((got, n) => Math.abs(got - reference(kind, stream, start + n))),
      ),
    )
    // Uniform values are exact. Normal ones: float32 arithmetic on values up to 6.67; and where the radius r is small, u rounds
    // beside 1, which moves them by 2^-25 / r, below 1e-5 for all but one in a hundred thousand.
    for (const error of worst) expect(error).toBeLessThanOrEqual(kind === 'uniform' ? 0 : 1e-5)
  })

  test('does not depend on how it is asked for', () => {
    const whole = values(kind, stream, 0, 20_000)
    fc.assert(
      fc.property(fc.nat(19_999), fc.nat(9_999), (start, length) => {
        const end = Math.min(whole.length, start + length)
        expect(values(kind, stream, start, end - start)).toEqual(whole.slice(start, end))
      }),
      { numRuns: 60 },
    )
  })

  test('differs from stream to stream in each of its words', () => {
    const some = values(kind, stream, 0, 64)
    for (let word = 0; word < 4; word += 1) {
      const other = values(kind, stream.map((value, n) => value ^ (n === word ? 1 : 0)) as unknown as Stream, 0, 64)
      expect(other.filter((value, n) => value === some[n]).length).toBeLessThan(2)
    }
  })
})

describe('of a million values', () => {
  const n = 2 ** 20
  const moments = (data: Float32Array, center: number) =>
    [1, 2, 3, 4].map((power) => data.reduce((sum, value) => sum + (value - center) ** power, 0) / n)

  test('normal ones have the moments, tails and distribution of a standard normal, within five standard errors', () => {
    const data = values('normal', stream, 3, n)
    const [mean, variance, third, fourth] = moments(data, 0)
    // Variances of the estimates: 1, 2, 15 and 96 over n.
    expect(Math.abs(mean!)).toBeLessThan(5 * Math.sqrt(1 / n))
    expect(Math.abs(variance! - 1)).toBeLessThan(5 * Math.sqrt(2 / n))
    expect(Math.abs(third!)).toBeLessThan(5 * Math.sqrt(15 / n))
    expect(Math.abs(fourth! - 3)).toBeLessThan(5 * Math.sqrt(96 / n))
    // P(x > z), from tables of the normal distribution.
    for (const [z, p] of [
      [1, 0.15865525],
      [2, 0.02275013],
      [3, 0.001349898],
      [4, 3.1671242e-5],
      [4.8, 7.9332815e-7],
    ] as const) {
      for (const side of [1, -1]) {
        const found = data.reduce((count, value) => count + (side * value > z ? 1 : 0), 0)
        expect(Math.abs(found - n * p)).toBeLessThan(5 * Math.sqrt(n * p))
      }
    }
    expect(kolmogorov(data, normalDistribution)).toBeLessThan(1.95)
  })

  test('uniform ones have the moments and distribution of a uniform, within five standard errors', () => {
    const data = values('uniform', stream, 1, n)
    const [mean, variance, third] = moments(data, 0.5)
    expect(Math.abs(mean!)).toBeLessThan(5 * Math.sqrt(1 / 12 / n))
    expect(Math.abs(variance! - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / n))
    expect(Math.abs(third!)).toBeLessThan(5 * Math.sqrt(1 / 448 / n))
    expect(data.every((value) => value >= 0 && value < 1)).toBe(true)
    expect(kolmogorov(data, (value) => value)).toBeLessThan(1.95)
  })

  test('neighbours are not correlated, at any distance that a volume’s rows have', () => {
    const data = values('normal', stream, 0, n)
    for (const lag of [1, 2, 3, 4, 5, 8, 16, 256, 65_536]) {
      let sum = 0
      for (let index = lag; index < n; index += 1) sum += data[index]! * data[index - lag]!
      expect(Math.abs(sum)).toBeLessThan(5 * Math.sqrt(n))
    }
  })

  /** √n times the largest distance between the found and the wanted distribution: above 1.95 once in a thousand times. */
  function kolmogorov(data: Float32Array, distribution: (value: number) => number): number {
    const sorted = data.slice().sort()
    let worst = 0
    for (let index = 0; index < n; index += 1) {
      worst = Math.max(worst, Math.abs(distribution(sorted[index]!) - (index + 0.5) / n))
    }
    return worst * Math.sqrt(n)
  }

  /** Φ(x) by its series Σ x^(2k+1) / (1·3·5…(2k+1)) times the density. */
  function normalDistribution(x: number): number {
    let term = x
    let sum = x
    for (let k = 1; Math.abs(term) > 1e-14 * Math.abs(sum); k += 1) {
      term *= (x * x) / (2 * k + 1)
      sum += term
    }
    return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI)
  }
})
