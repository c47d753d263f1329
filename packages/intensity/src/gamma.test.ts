import { Compose, exp, invert, run, volume } from '@voxaug/core'
import { obliqueGrid, smoothNoise } from '@voxaug/core/testing'
import { describe, expect, test } from 'vitest'
import { Gamma } from './index.ts'

const image = volume({ data: Int16Array.of(100, 200, 125, 150, 175, 100), shape: [3, 2, 1] })
const raised = (logGamma: number, of = image) => run(Gamma({ logGamma }), of, { seed: 0 }).output

test('a logGamma of 0 changes no bit', () => {
  expect([...raised(0).data]).toEqual([...image.data])
  const noise = smoothNoise(obliqueGrid([5, 7, 3]), 1)
  expect(raised(0, noise).data).toEqual(noise.data)
})

test('y = ((x − min) / (max − min))^γ · (max − min) + min, γ = exp(logGamma)', () => {
  // γ = 2: 0.25² = 0.0625, 0.5² = 0.25, 0.75² = 0.5625, of a range of 100. log 2 is rounded, and so is the power: 1e-6 of the range.
  const wanted = [100, 200, 106.25, 125, 156.25, 100]
  for (const [n, y] of raised(Math.LN2).data.entries()) expect(Math.abs(y - wanted[n]!)).toBeLessThan(1e-4)
})

test('minimum and maximum stay what they are, the order of voxels too', () => {
  const noise = smoothNoise(obliqueGrid([9, 7, 5]), 1)
  const order = [...noise.data.keys()].sort((a, b) => noise.data[a]! - noise.data[b]!)
  for (const logGamma of [-3, -0.5, 0.5, 3]) {
    const { data } = raised(logGamma, noise)
    expect(data[order[0]!]).toBe(noise.data[order[0]!])
    expect(data[order.at(-1)!]).toBe(noise.data[order.at(-1)!])
    for (let n = 1; n < order.length; n++) expect(data[order[n]!]! >= data[order[n - 1]!]!).toBe(true)
  }
})

test('each channel keeps its own range', () => {
  const data = Float32Array.of(0, 0.5, 1, 10, 15, 20)
  const got = raised(Math.LN2, volume({ data, shape: [3, 1, 1], channels: 2 })).data
  const wanted = [0, 0.25, 1, 10, 12.5, 20]
  for (const [n, y] of got.entries()) expect(y).toBeCloseTo(wanted[n]!, 5)
})

test('a constant channel stays as it is, to the bit', () => {
  const flat = volume({ data: Float32Array.of(0.1, 0.1, 0.1, 5, 6, 7), shape: [3, 1, 1], channels: 2 })
  const { output, trace } = run(Gamma({ logGamma: 1 }), flat, { seed: 0 })
  expect(output.data.subarray(0, 3)).toEqual(flat.data.subarray(0, 3))
  expect(trace.warnings).toEqual([])
})

test('the exponent drawn is in the trace, and is exp of the amount', () => {
  for (let seed = 0; seed < 20; seed++) {
    const { params } = run(Gamma(), image, { seed, compute: false }).trace.steps[0]!
    expect(params['gamma']).toBeGreaterThanOrEqual(exp(-0.3))
    expect(params['gamma']).toBeLessThanOrEqual(exp(0.3))
  }
  expect(run(Gamma({ logGamma: 1 }), image).trace.steps[0]!.params).toEqual({ gamma: exp(1) })
})

test('it is undone where asked, but for rounding, and stays where not', () => {
  const noise = smoothNoise(obliqueGrid([9, 7, 5]), 1)
  const { output, trace } = run(Gamma({ logGamma: [-0.5, 0.5] }), noise, { seed: 4 })
  expect(invert(trace, output).output).toEqual(output)
  const back = invert(trace, output, { intensity: true }).output
  // Float32 between the two powers: about 1e-6 of the range of 2, more where the slope of the inverse is steep, near the minimum.
  for (const [n, x] of back.data.entries()) expect(Math.abs(x - noise.data[n]!)).toBeLessThan(1e-5)
})

describe('what is wrong is refused:', () => {
  test('options', () => {
    expect(() => Gamma({ logGamma: [0.3, -0.3] })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: intensity/Gamma: logGamma must be a number or [min, max] with min ≤ max, got [0.3, -0.3].]`,
    )
    expect(() => Gamma({ logGamma: 3.5 })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: intensity/Gamma: logGamma must be a number or [min, max] with min ≤ max, from -3 to 3, got 3.5.]`,
    )
    expect(() => Gamma({ logGamma: 'bright' as never })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: intensity/Gamma: logGamma must be a number or [min, max] with min ≤ max, got "bright".]`,
    )
  })
  test('voxels that are not finite, with the step that met them', () => {
    const odd = volume({ data: Float32Array.of(1, NaN, 3, Infinity), shape: [4, 1, 1] })
    expect(() => run(Compose([Gamma({ logGamma: 0.1 })]), odd)).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: Compose[0] > intensity/Gamma: the volume must be finite here, got 2 voxels that are NaN or infinite.]`,
    )
  })
})
