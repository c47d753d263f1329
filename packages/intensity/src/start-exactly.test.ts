import { Compose, run, volume } from '@voxaug/core'
import { expect, test } from 'vitest'
import { Noise, RescaleIntensity, ZScore } from './index.ts'

// Whole numbers that float32 does not tell apart.
const far = 1e8
const steps = [0, 1, 2, 3, 7, 5]
const types = [Int32Array, Uint32Array, Float64Array] as const
const made = (Type: (typeof types)[number]) => volume({ data: new Type(steps.map((x) => far + x)), shape: [3, 2, 1] })
const label = volume({ data: Uint8Array.of(1, 0, 1, 1, 0, 1), shape: [3, 2, 1], kind: 'label' })

test.each(types)('$name: z-scores are of the voxels, not of what float32 makes of them', (Type) => {
  const mean = 3
  const std = Math.sqrt(steps.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 6)
  const { output, trace } = run(ZScore(), made(Type))
  for (const [n, x] of steps.entries()) expect(output.data[n]).toBeCloseTo((x - mean) / std, 6)
  expect(trace.warnings).toEqual([])
})

test.each(types)('$name: so are ranges, given and measured', (Type) => {
  expect([...run(RescaleIntensity(), made(Type)).output.data]).toEqual(steps.map((x) => Math.fround(x / 7)))
  const given = RescaleIntensity({ from: [far + 1, far + 5], to: [0, 8] })
  expect([...run(given, made(Type)).output.data]).toEqual([0, 0, 2, 4, 8, 8])
})

test('voxels that are not selected become the nearest float32', () => {
  const { output } = run(ZScore({ over: { label: 'label' }, applyTo: 'selection' }), { image: made(Int32Array), label })
  expect([1, 4].map((n) => output.image.data[n])).toEqual([1e8, 1e8 + 8])
  expect(output.image.data[0]).toBeCloseTo(-2.5 / Math.sqrt(3.25), 6)
})

test('later steps, and noise, go on from there', () => {
  const both = run(Compose([ZScore(), Noise({ std: 0.5 })]), made(Int32Array), { seed: 4 }).output
  const alone = run(ZScore(), made(Int32Array), { seed: 4 }).output
  const after = run(
    Compose([ZScore({ exclude: ['image'] }), Noise({ std: 0.5 })]),
    { image: alone },
    { seed: 4 },
  ).output
  expect(both.data).toEqual(after.image.data)
})

test('NaN has one form in every engine', () => {
  const data = Float64Array.of(0, 1, Number.NaN, 3)
  const { output } = run(ZScore({ nan: 'ignore' }), volume({ data, shape: [4, 1, 1] }))
  expect(new Uint32Array(output.data.buffer)[2]).toBe(0x7fc00000)
})
