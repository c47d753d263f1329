import { Compose, forkStream, run, type Stream, type Subject, volume } from '@voxaug/core'
import { normal } from '@voxaug/kernels'
import { describe, expect, test } from 'vitest'
import { Noise } from './index.ts'

const zeros = (shape: readonly [number, number, number], channels = 1) =>
  volume({ data: new Float32Array(shape[0] * shape[1] * shape[2] * channels), shape, channels })
const noisy = (of = zeros([40, 50, 20]), seed = 1, std = 1) => run(Noise({ std }), of, { seed }).output.data

test('a std of 0 is the same object', () => {
  const image = zeros([3, 4, 5])
  expect(run(Noise({ std: 0 }), image).output).toBe(image)
})

test('y = x + std · n, with n the normal of the step’s stream, the entry’s name and the voxel’s index', () => {
  const image = volume({ data: Int16Array.from({ length: 60 }, (_, n) => 3 * n), shape: [3, 4, 5] })
  const { output, trace } = run(Noise({ std: 2.5 }), { t1: image }, { seed: 7 })
  const n = new Float32Array(60)
  normal(forkStream(trace.steps[0]!.params['stream'] as unknown as Stream, 't1'), 0, n)
  expect([...output.t1.data]).toEqual(
    [...image.data].map((x, at) => Math.fround(x + Math.fround(Math.fround(2.5) * n[at]!))),
  )
})

test('it has mean 0 and the deviation asked for, is not skewed, and has no more far out than a normal', () => {
  const count = 40_000
  const x = [...noisy()].map(Number)
  const moment = (power: number) => x.reduce((sum, one) => sum + one ** power, 0) / count
  // Five standard errors each: √(var / count).
  const near = (got: number, wanted: number, variance: number) =>
    expect(Math.abs(got - wanted)).toBeLessThan(5 * Math.sqrt(variance / count))
  near(moment(1), 0, 1)
  near(moment(2), 1, 2)
  near(moment(3), 0, 15)
  near(moment(4), 3, 96)
})

test('neighbours, planes and channels do not go together', () => {
  const data = noisy(zeros([40, 50, 10], 2))
  for (const lag of [1, 2, 4, 40, 2000, 20_000]) {
    const count = data.length - lag
    let sum = 0
    for (let n = 0; n < count; n++) sum += data[n]! * data[n + lag]!
    expect(Math.abs(sum / count), `lag ${lag}`).toBeLessThan(5 / Math.sqrt(count))
  }
})

test('it scales with its std, and another seed gives another', () => {
  const [one, two, other] = [noisy(), noisy(undefined, 1, 2), noisy(undefined, 2)]
  expect(two).toEqual(one.map((x) => 2 * x))
  expect(one.filter((x, n) => x === other[n]).length).toBeLessThan(20)
})

describe('a voxel’s noise', () => {
  test('goes by its index alone: a longer volume begins with the same, whatever blocks it is computed in', () => {
    const long = noisy(zeros([40, 50, 20]))
    for (const shape of [
      [3, 1, 1],
      [40, 50, 1],
      [4099, 1, 1],
      [17, 11, 13],
    ] as const) {
      const short = noisy(zeros(shape))
      expect(short).toEqual(long.subarray(0, short.length))
    }
  })
  test('goes by its entry’s name: others come and go', () => {
    const image = zeros([9, 8, 7])
    const of = (subject: Subject) => run(Noise({ std: 1 }), subject, { seed: 1 }).output
    const both = of({ a: image, b: image })
    const data = (subject: Subject, name: string) => (subject[name] as typeof image).data
    expect(data(of({ b: image }), 'b')).toEqual(data(both, 'b'))
    expect(data(of({ c: image, b: image, a: image }), 'a')).toEqual(data(both, 'a'))
    expect(data(both, 'a')).not.toEqual(data(both, 'b'))
  })
  test('differs between two steps', () => {
    const { output } = run(Compose([Noise({ std: 1 }), Noise({ std: 1 })]), zeros([9, 8, 7]), { seed: 1 })
    expect(output.data).not.toEqual(noisy(zeros([9, 8, 7]), 1, 2))
  })
})

test('wrong options are refused', () => {
  expect(() => Noise({ std: -1 })).toThrowErrorMatchingInlineSnapshot(
    `[VoxaugError: intensity/Noise: std must be a number or [min, max] with min ≤ max, from 0 to 1e+30, got -1.]`,
  )
  expect(() => Noise({ std: [5, 1] })).toThrowErrorMatchingInlineSnapshot(
    `[VoxaugError: intensity/Noise: std must be a number or [min, max] with min ≤ max, got [5, 1].]`,
  )
  expect(() => Noise({} as never)).toThrowErrorMatchingInlineSnapshot(
    `[VoxaugError: intensity/Noise: std must be a number or [min, max] with min ≤ max, got undefined.]`,
  )
})
