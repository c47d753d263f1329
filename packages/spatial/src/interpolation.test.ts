import { Compose, run, type Volume, volume } from '@voxaug/core'
import { countPasses, obliqueGrid, smoothNoise } from '@voxaug/core/testing'
import { describe, expect, test } from 'vitest'
import { boxStep, shift, warpStep, waves } from './test-steps.ts'
import { affineWarp } from './warp.ts'

const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
const turned = affineWarp([
  [0.98, -0.16, 0.03, 1.5],
  [0.17, 0.96, -0.09, -2],
  [-0.02, 0.1, 1.05, 0.4],
  [0, 0, 0, 1],
])
const bent = waves(1, 2, [-12, -20, 0], [14, 5, 40])

describe('cubic interpolation', () => {
  const image = smoothNoise(obliqueGrid(), 2)
  const cubic = { interpolation: 'cubic' } as const

  test('is nearer than linear to what a smooth image has between its voxels', () => {
    const wave = (x: number) => Math.sin(x / 1.5)
    const data = Float32Array.from({ length: 40 }, (_, x) => wave(x))
    const row = volume({ data, shape: [40, 1, 1], affine: identity })
    const error = (interpolation: 'linear' | 'cubic') => {
      const { output } = run(warpStep(affineWarp(shift(-0.4)), { interpolation }), row, { seed: 1 })
      return Math.max(...[...output.data].slice(10, 30).map((y, n) => Math.abs(y - wave(n + 10.4))))
    }
    expect(error('linear')).toBeGreaterThan(0.04)
    expect(error('cubic')).toBeLessThan(0.004)
  })

  test('takes one pass for a chain, of an elastic and a crop too, and a crop has the whole’s bits', () => {
    const steps = [warpStep(turned, cubic), warpStep(bent, cubic)]
    const crop = Compose([...steps, boxStep([3, 5, 2], [9, 11, 13])])
    expect(countPasses(() => run(crop, image, { seed: 1 }))).toEqual({ spatial: 1 })
    const [all, part] = [run(Compose(steps), image, { seed: 1 }).output, run(crop, image, { seed: 1 }).output]
    for (let n = 0; n < part.data.length; n++) {
      const [i, j, k] = [n % 9, Math.floor(n / 9) % 11, Math.floor(n / 99)]
      expect(part.data[n]).toBe(all.data[i + 3 + 20 * (j + 5 + 24 * (k + 2))])
    }
  })

  test('filters each channel by itself', () => {
    const other = smoothNoise(obliqueGrid(), 3)
    const both = volume({ ...image, channels: 2, data: Float32Array.of(...image.data, ...other.data) })
    const at = (on: Volume) => run(warpStep(turned, cubic), on, { seed: 1 }).output.data
    expect(at(both)).toEqual(Float32Array.of(...at(image), ...at(other)))
  })

  test('refuses what is not finite, by its step', () => {
    const data = image.data.slice()
    data[7] = Number.NaN
    data[9] = Infinity
    expect(() =>
      run(Compose([warpStep(turned, cubic)]), volume({ ...image, data })),
    ).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: Compose[0] > the volume must be finite for cubic interpolation, got 2 voxels that are NaN or infinite.]`,
    )
  })

  test('of NaN, linear spreads to its eight neighbours, and nearest to one voxel', () => {
    const data = Float32Array.from({ length: 125 }, (_, n) => n)
    data[62] = Number.NaN
    const at = (interpolation: 'linear' | 'nearest') => {
      const cube = volume({ data, shape: [5, 5, 5], affine: identity })
      const { output } = run(warpStep(affineWarp(shift(0.4, 0.3, 0.2)), { interpolation }), cube, { seed: 1 })
      return [...output.data].filter(Number.isNaN).length
    }
    expect(at('linear')).toBe(8)
    expect(at('nearest')).toBe(1)
  })
})

describe('a vote of labels', () => {
  const label = volume({
    ...obliqueGrid(),
    data: Uint8Array.from(smoothNoise(obliqueGrid(), 4).data, (x) => (x > 0.2 ? 9 : x > -0.1 ? 4 : 0)),
    kind: 'label',
  })
  const vote = { labelInterpolation: 'vote' } as const

  test('is one pass, keeps the type, and gains no label', () => {
    const steps = Compose([warpStep(turned, vote), warpStep(bent, vote), boxStep([2, 3, 1], [12, 14, 13], vote)])
    expect(countPasses(() => run(steps, label, { seed: 1 }))).toEqual({ spatial: 1 })
    const { output } = run(steps, label, { seed: 1 })
    expect(output.dtype).toBe('uint8')
    expect(new Set(output.data)).toEqual(new Set([0, 4, 9]))
  })

  test('is smoother than the nearest voxel: fewer voxels stand alone', () => {
    const alone = (settings: object) => {
      const { data, shape } = run(warpStep(turned, settings), label, { seed: 1 }).output
      const [nx, ny] = shape
      let count = 0
      for (let n = nx * ny + nx + 1; n < data.length - nx * ny - nx - 1; n++) {
        const around = [1, -1, nx, -nx, nx * ny, -nx * ny].filter((step) => data[n + step] === data[n])
        if (around.length < 2) count++
      }
      return count
    }
    expect(alone(vote)).toBeLessThan(alone({}))
  })

  test('differs from nearest: the pass begins anew', () => {
    const { trace } = run(Compose([warpStep(turned), warpStep(turned, vote)]), label, { seed: 1 })
    expect(trace.passes['label']?.map(({ why }) => why)).toEqual([
      'the first spatial step',
      'vote interpolation follows nearest',
    ])
  })
})
