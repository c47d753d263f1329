import { pow } from '@voxaug/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normal, type Stream } from './noise.ts'
import { runProgram, type VoxelOp } from './program.ts'
import { blockLength } from './voxels.ts'

const stream: Stream = [1, 2, 3, 4]
const bitsOf = (data: Float32Array) => new Uint32Array(data.buffer, data.byteOffset, data.length)

/** Each operation, one voxel at a time and in float64. */
function reference(input: ArrayLike<number>, op: VoxelOp): Float32Array {
  const noise = new Float32Array(input.length)
  if (op.op === 'noise') normal(op.stream, 0, noise)
  const change = (x: number, n: number): number => {
    switch (op.op) {
      case 'clip':
        return Number.isNaN(x) ? x : Math.min(Math.max(x, op.min), op.max)
      case 'standardise':
        return (x - op.mean) / op.std
      case 'rescale': {
        const [[a, b], [low, high]] = [op.from, op.to]
        const y = ((x - a) / (b - a)) * (high - low) + low
        return op.clip && !Number.isNaN(y) ? Math.min(Math.max(Math.fround(y), low), high) : y
      }
      case 'noise':
        return x + Math.fround(Math.fround(op.std) * noise[n]!)
      case 'gamma': {
        const range = op.max - op.min
        const t = range > 0 ? Math.max(0, Math.min(1, (x - op.min) / range)) : 0
        return pow(t, op.gamma) * range + op.min
      }
    }
  }
  return Float32Array.from(input, (x, n) => {
    const { where } = op
    const changes = where === undefined || (where === 'nonzero' ? x !== 0 : where[n] !== 0)
    return changes ? change(x, n) : x
  })
}

/** Three blocks and an odd rest, an eighth of it zeros. */
const data = new Float32Array(3 * blockLength + 37)
normal([9, 8, 7, 6], 0, data)
for (let n = 0; n < data.length; n += 1) data[n] = n % 8 ? 300 + 100 * data[n]! : 0
const mask = Uint8Array.from(data, (_, n) => (n % 5 < 2 ? 0 : n))

test('no steps, and steps that change nothing, give the same bits', () => {
  const odd = Float32Array.of(-0, 0, 1e-45, NaN, Infinity, -Infinity, 3.4e38, 5)
  expect(bitsOf(runProgram(odd, []))).toEqual(bitsOf(odd))
  const ops: VoxelOp[] = [
    { op: 'gamma', min: 1, max: 2, gamma: 1 },
    { op: 'clip', min: -Infinity, max: Infinity },
    { op: 'noise', std: 3, stream, where: new Uint8Array(8) },
  ]
  expect(bitsOf(runProgram(odd, ops))).toEqual(bitsOf(odd))
  expect(runProgram(new Float32Array(0), ops)).toEqual(new Float32Array(0))
})

test('a few voxels, by hand', () => {
  const x = Int16Array.of(-4, 0, 1, 4, 10)
  expect([...runProgram(x, [{ op: 'clip', min: -1, max: 5 }])]).toEqual([-1, 0, 1, 4, 5])
  expect([...runProgram(x, [{ op: 'standardise', mean: 4, std: 2 }])]).toEqual([-4, -2, -1.5, 0, 3])
  expect([...runProgram(x, [{ op: 'standardise', mean: 4, std: 2, where: 'nonzero' }])]).toEqual([-4, 0, -1.5, 0, 3])
  expect([...runProgram(x, [{ op: 'standardise', mean: 4, std: 0 }])]).toEqual([-8, -4, -3, 0, 6])
  expect([...runProgram(x, [{ op: 'rescale', from: [0, 4], to: [10, 12], clip: true }])]).toEqual([
    10, 10, 10.5, 12, 12,
  ])
  expect([...runProgram(x, [{ op: 'rescale', from: [0, 4], to: [10, 12], clip: false }])]).toEqual([
    8, 10, 10.5, 12, 15,
  ])
  expect([...runProgram(x, [{ op: 'rescale', from: [4, 4], to: [3, 5], clip: true }])]).toEqual([3, 3, 3, 3, 3])
  const raised = runProgram(x, [{ op: 'gamma', min: 0, max: 4, gamma: 2, where: Uint8Array.of(0, 1, 1, 1, 1) }])
  expect([...raised]).toEqual([-4, 0, 0.25, 4, 4])
})

describe.each<VoxelOp>([
  { op: 'clip', min: 250, max: 410.5 },
  { op: 'standardise', mean: 271.3, std: 98.7 },
  { op: 'rescale', from: [120.5, 433], to: [-1, 2.5], clip: true },
  { op: 'rescale', from: [0, 255], to: [0, 1], clip: false },
  { op: 'noise', std: 12.3, stream },
])('$op', (op) => {
  test.each([undefined, 'nonzero', mask] as const)('is its definition, to the bit, for voxels %#', (where) => {
    const located = where === undefined ? op : { ...op, where }
    expect(bitsOf(runProgram(data, [located]))).toEqual(bitsOf(reference(data, located)))
  })
})

describe('gamma', () => {
  const extent = { min: data.reduce((a, b) => Math.min(a, b)), max: data.reduce((a, b) => Math.max(a, b)) }

  test.each([0.05, 0.5, 0.74, 0.99, 1.01, 1.35, 2, 4, 8])(
    'to the power %d agrees with core’s to a millionth of the range',
    (gamma) => {
      for (const where of [undefined, 'nonzero', mask] as const) {
        const op: VoxelOp = { op: 'gamma', ...extent, gamma, ...(where === undefined ? {} : { where }) }
        const wanted = reference(data, op)
        const worst = runProgram(data, [op]).reduce((most, got, n) => Math.max(most, Math.abs(got - wanted[n]!)), 0)
        // x − min is rounded to float32, and the power magnifies that by gamma.
        expect(worst / (extent.max - extent.min)).toBeLessThan(gamma > 2 ? 1e-6 : 3e-7)
      }
    },
  )

  test('from 0 on agrees in relative terms too, down to 1e-6 of the range', () => {
    const x = Float32Array.from({ length: 20_000 }, (_, n) => 1000 * pow(10, (-6 * (n + 0.5)) / 20_000))
    for (const gamma of [0.05, 0.74, 1.35, 3, 5]) {
      const op: VoxelOp = { op: 'gamma', min: 0, max: 1000, gamma }
      const wanted = reference(x, op)
      const worst = runProgram(x, [op]).reduce((most, got, n) => Math.max(most, Math.abs(got / wanted[n]! - 1)), 0)
      expect(worst).toBeLessThan(1e-6)
    }
  })

  test('keeps both ends and never leaves the range, whatever the range', () => {
    const range = fc.tuple(
      fc.float({ noNaN: true, noDefaultInfinity: true }),
      fc.float({ noNaN: true, noDefaultInfinity: true }),
    )
    const gammas = fc.double({ min: 0.05, max: 20, noNaN: true })
    fc.assert(
      fc.property(
        range,
        gammas,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 50 }),
        (ends, gamma, parts) => {
          const [min, max] = [Math.min(...ends), Math.max(...ends)]
          const between = parts.map((t) => min * (1 - t) + max * t)
          const out = runProgram(Float64Array.of(min, ...between, max), [{ op: 'gamma', min, max, gamma }])
          expect(out[0]).toBe(min)
          expect(out.at(-1)).toBe(max)
          expect(out.every((y) => y >= min && y <= max)).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('of a constant is the constant', () => {
    const x = new Float32Array(9).fill(7.5)
    expect(runProgram(x, [{ op: 'gamma', min: 7.5, max: 7.5, gamma: 1.4 }])).toEqual(x)
  })

  test('rises with x', () => {
    const x = Float32Array.from({ length: 100_000 }, (_, n) => -20 + n / 1000)
    const y = runProgram(x, [{ op: 'gamma', min: -20, max: 79.999, gamma: 0.7 }])
    // Two neighbours may change places by the error of either.
    expect(y.every((value, n) => n === 0 || value >= y[n - 1]! - 3e-5)).toBe(true)
  })
})

describe('a program', () => {
  const ops: VoxelOp[] = [
    { op: 'clip', min: 100, max: 500 },
    { op: 'noise', std: 10, stream, where: mask },
    { op: 'standardise', mean: 300, std: 90, where: 'nonzero' },
    { op: 'gamma', min: -3, max: 3, gamma: 1.3 },
    { op: 'noise', std: 0.1, stream: [4, 3, 2, 1] },
  ]

  test('gives the bits of its steps run one by one', () => {
    const stepwise = ops.reduce<Float32Array>((values, op) => runProgram(values, [op]), data)
    expect(bitsOf(runProgram(data, ops))).toEqual(bitsOf(stepwise))
  })

  test('gives the same bits for any part of the channel, told where it starts', () => {
    const whole = runProgram(data, ops)
    fc.assert(
      fc.property(fc.nat(data.length), fc.nat(data.length), (a, b) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)]
        const cut = ops.map((op) =>
          op.where instanceof Uint8Array ? { ...op, where: op.where.subarray(start, end) } : op,
        )
        expect(bitsOf(runProgram(data.subarray(start, end), cut, { start }))).toEqual(bitsOf(whole.slice(start, end)))
      }),
      { numRuns: 30 },
    )
  })

  test('writes where it is told, over the input too, and leaves the input alone otherwise', () => {
    const input = data.slice()
    const fresh = runProgram(input, ops)
    expect(input).toEqual(data)
    expect(runProgram(input, ops, { out: input })).toBe(input)
    expect(bitsOf(input)).toEqual(bitsOf(fresh))
  })

  test('converts other types as they come in', () => {
    const wide = Int32Array.from(data, (x, n) => Math.trunc(x) + (n % 9 ? 0 : 2 ** 30 + 1))
    expect(bitsOf(runProgram(wide, ops))).toEqual(bitsOf(runProgram(Float32Array.from(wide), ops)))
  })

  test('keeps NaN, with the one bit pattern 0x7fc00000 where a step computed it', () => {
    const payload = new Float32Array(Uint32Array.of(0xffc12345, 0xffc12345, 0x7f800000).buffer)
    const chosen = Uint8Array.of(1, 0, 1)
    for (const op of ops) {
      const [computed, kept] = bitsOf(runProgram(payload, [{ ...op, where: chosen }]))
      expect(computed).toBe(0x7fc00000)
      expect(kept).toBe(0xffc12345)
    }
    expect(bitsOf(runProgram(payload, [{ op: 'standardise', mean: Infinity, std: 1 }]))[2]).toBe(0x7fc00000)
  })
})
