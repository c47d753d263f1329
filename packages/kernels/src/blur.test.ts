import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { generator, shapes } from './arbitrary-pass.ts'
import { blur } from './blur.ts'
import { gaussianWeights, type LineEnds } from './gaussian.ts'
import { withMemory } from './instance.ts'
import { resample } from './resample.ts'
import { extendedIndex, type Shape, type Vec3 } from './stage.ts'

const sizeOf = (shape: Shape) => shape[0] * shape[1] * shape[2]
const noise = (length: number, seed: number) => {
  const draw = generator(seed)
  return Float32Array.from({ length }, () => 100 * draw())
}

/** By the definition, in float64: a sampled Gaussian cut off at 4σ, its sum 1, over lines that go on in reverse or as zeros. */
function reference(source: ArrayLike<number>, shape: Shape, std: Vec3, ends: LineEnds): number[] {
  let from = Array.from(source)
  const strides = [1, shape[0], shape[0] * shape[1]]
  for (const axis of [0, 1, 2] as const) {
    if (std[axis] === 0) continue
    const radius = Math.floor(4 * std[axis] + 0.5)
    const weights = Array.from({ length: 2 * radius + 1 }, (_, n) => Math.exp(-0.5 * ((n - radius) / std[axis]) ** 2))
    const sum = weights.reduce((a, b) => a + b, 0)
    const [n, stride] = [shape[axis], strides[axis]!]
    from = from.map((_, at) => {
      const place = Math.floor(at / stride) % n
      return weights.reduce((total, weight, m) => {
        const index = place + m - radius
        if (ends === 'zeros' && (index < 0 || index >= n)) return total
        return total + (weight / sum) * from[at + (extendedIndex('reflect', index, n) - place) * stride]!
      }, 0)
    })
  }
  return from
}

test('by hand: a step, over a line of three', () => {
  // exp(−½ (1 / 0.25)²) is 3.4e-4 of the middle weight.
  const w = Math.exp(-8) / (1 + 2 * Math.exp(-8))
  const out = blur(Float32Array.of(0, 0, 1), [3, 1, 1], [0.25, 5, 0], 'reflect', new Float32Array(3))
  for (const [n, wanted] of [0, w, 1 - w].entries()) expect(out[n]).toBeCloseTo(wanted, 6)
  const cut = blur(Float32Array.of(0, 0, 1), [3, 1, 1], [0.25, 0, 0], 'zeros', new Float32Array(3))
  for (const [n, wanted] of [0, w, 1 - 2 * w].entries()) expect(cut[n]).toBeCloseTo(wanted, 6)
})

test('no deviation changes nothing, to the bit', () => {
  const source = noise(60, 1)
  expect(blur(source, [3, 4, 5], [0, 0, 0], 'reflect', new Float32Array(60))).toEqual(source)
})

test('is its definition, for any shape and deviation, also of more than a line', () => {
  const std = fc.tuple(
    ...([0, 1, 2] as const).map(() => fc.oneof(fc.constant(0), fc.double({ min: 0.05, max: 9, noNaN: true }))),
  )
  fc.assert(
    fc.property(
      shapes,
      std as unknown as fc.Arbitrary<Vec3>,
      fc.constantFrom('reflect', 'zeros'),
      fc.nat(),
      (shape, deviations, ends, seed) => {
        const source = noise(sizeOf(shape), seed)
        const got = blur(source, shape, deviations, ends, new Float32Array(source.length))
        const wanted = reference(source, shape, deviations, ends)
        // Up to 73 products of float32 on noise in [0, 100), along three axes.
        for (const [n, value] of wanted.entries()) expect(Math.abs(got[n]! - value)).toBeLessThan(1e-4)
      },
    ),
    { numRuns: 150 },
  )
})

test('long lines, in strips, agree as well', () => {
  const shape: Shape = [71, 5, 67]
  const source = noise(sizeOf(shape), 3)
  const got = blur(source, shape, [2.2, 0.7, 3.4], 'reflect', new Float32Array(source.length))
  const wanted = reference(source, shape, [2.2, 0.7, 3.4], 'reflect')
  for (const [n, value] of wanted.entries()) expect(Math.abs(got[n]! - value)).toBeLessThan(1e-4)
})

test('a deviation far beyond the line gives its mean, in no more time than the line has voxels', () => {
  const out = blur(Float32Array.of(1, 2, 6), [3, 1, 1], [1e9, 0, 0], 'reflect', new Float32Array(3))
  // To what the cut at four deviations leaves uneven.
  for (const value of out) expect(value).toBeCloseTo(3, 4)
})

test('the result may take its input’s place, of any type', () => {
  const source = noise(60, 4)
  const wanted = blur(source, [3, 4, 5], [1, 0.5, 2], 'reflect', new Float32Array(60))
  expect(blur(source, [3, 4, 5], [1, 0.5, 2], 'reflect', source)).toEqual(wanted)
  const bytes = Uint8Array.from({ length: 60 }, (_, n) => n)
  expect(blur(bytes, [3, 4, 5], [1, 1, 1], 'reflect', new Float32Array(60))).toEqual(
    blur(Float32Array.from(bytes), [3, 4, 5], [1, 1, 1], 'reflect', new Float32Array(60)),
  )
})

test('NaN spreads as far as the Gaussian reaches, and is one bit pattern', () => {
  const source = new Float32Array(40)
  new Uint32Array(source.buffer)[20] = 0xffc12345
  const out = new Uint32Array(blur(source, [40, 1, 1], [1, 0, 0], 'reflect', new Float32Array(40)).buffer)
  expect([...out].map((bits, n) => (bits === 0x7fc00000 ? n : -1)).filter((n) => n >= 0)).toEqual([
    ...[16, 17, 18, 19, 20, 21, 22, 23, 24],
  ])
})

describe('weights', () => {
  const weights = (std: number, n: number, ends: LineEnds) =>
    withMemory(0, (kernels) => gaussianWeights(kernels, std, n, ends))
  test('add up to 1 over both sides, however often they come round', () => {
    for (const std of [0.1, 0.5, 1, 3.3, 20, 300]) {
      const [middle, ...rest] = weights(std, 7, 'reflect')
      expect(rest.length).toBeLessThanOrEqual(7)
      expect(middle! + 2 * rest.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6)
    }
  })
  test('are cut off at four deviations, as scipy’s', () => {
    expect(weights(1, 100, 'reflect')).toHaveLength(5)
    expect(weights(1.124, 100, 'zeros')).toHaveLength(5)
    expect(weights(1.126, 100, 'zeros')).toHaveLength(6)
  })
})

test('a pass that smooths first samples what blur gives, of a part as of the whole', () => {
  const shape: Shape = [23, 19, 17]
  const source = noise(sizeOf(shape), 5)
  const std: Vec3 = [1.3, 0, 2.1]
  const stages = [{ matrix: [2, 0, 0, 0.5, 0, 1, 0, 0.25, 0, 0, 2.5, 1], box: shape, fill: -1 }]
  const sample = (from: Float32Array, smoothing?: Vec3) => {
    const out = new Float32Array(5 * 7 * 3)
    const window = { base: [4, 6, 2], step: [1, 1, 1], shape: [5, 7, 3] } as const
    resample({ source: from, stages, window, interpolation: 'linear', smoothing }, out)
    return out
  }
  expect(sample(source, std)).toEqual(sample(blur(source, shape, std, 'reflect', new Float32Array(source.length))))
})
