import { Compose, run, type Volume, volume } from '@voxaug/core'
import { countPasses, obliqueGrid, smoothNoise } from '@voxaug/core/testing'
import { describe, expect, test } from 'vitest'
import { extensions } from './moves.ts'
import { boxStep, shift, warpStep, waves } from './test-steps.ts'
import { affineWarp } from './warp.ts'

const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
const row = volume({ data: Int16Array.of(5, 6, 8, 12), shape: [4, 1, 1], affine: identity })
const only = (step: ReturnType<typeof warpStep>, on = row): Volume => run(step, on, { seed: 1 }).output

describe('a volume is extended before it is sampled', () => {
  test.each([
    ['edge', [5, 5, 5, 5, 5, 6, 8, 12, 12, 12]],
    ['reflect', [12, 8, 6, 5, 5, 6, 8, 12, 12, 8]],
    ['mirror', [8, 12, 8, 6, 5, 6, 8, 12, 8, 6]],
    ['wrap', [5, 6, 8, 12, 5, 6, 8, 12, 5, 6]],
  ] as const)('by whole voxels, whose type stays: %s', (fill, wanted) => {
    const shown = only(boxStep([-4, 0, 0], [10, 1, 1], { fill }))
    expect(shown.dtype).toBe('int16')
    expect([...shown.data]).toEqual(wanted)
  })

  test.each([
    // At −2.75, −1.75, −0.75 and 0.25.
    ['edge', [5, 5, 5, 5.25]],
    ['reflect', [7.5, 5.75, 5, 5.25]],
    ['mirror', [11, 7.5, 5.75, 5.25]],
    ['wrap', [6.5, 9, 10.25, 5.25]],
  ] as const)('between voxels, and nothing clamps: %s', (fill, wanted) => {
    expect([...only(warpStep(affineWarp(shift(2.75)), { fill })).data]).toEqual(wanted)
  })

  test('each channel by itself', () => {
    const two = volume({ data: Float32Array.of(1, 2, 3, 40, 50, 60), shape: [3, 1, 1], channels: 2, affine: identity })
    const { data } = only(boxStep([-2, 0, 0], [5, 1, 1], { fill: 'reflect' }), two)
    expect([...data]).toEqual([2, 1, 1, 2, 3, 50, 40, 40, 50, 60])
  })

  test('label maps by a word of their own, and by 0 unless told', () => {
    const label = volume({ data: Uint8Array.of(3, 1, 2), shape: [3, 1, 1], affine: identity, kind: 'label' })
    const padded = (settings: object) => [...only(boxStep([-2, 0, 0], [5, 1, 1], settings), label).data]
    expect(padded({ fill: 'reflect' })).toEqual([0, 0, 3, 1, 2])
    expect(padded({ labelFill: 'reflect' })).toEqual([1, 3, 3, 1, 2])
    expect(padded({ labelFill: 'mirror' })).toEqual([2, 1, 3, 1, 2])
  })

  test('any number of times, along each axis, also of one voxel', () => {
    const image = volume({ data: Int8Array.of(1, 2), shape: [1, 2, 1], affine: identity })
    const { data } = only(boxStep([-3, -5, 0], [4, 9, 2], { fill: 'reflect' }), image)
    const along = [1, 1, 2, 2, 1, 1, 2, 2, 1]
    expect([...data]).toEqual([...along, ...along].flatMap((x) => [x, x, x, x]))
  })

  test('turned and flipped as well: a whole map of the extended volume is a copy', () => {
    const image = volume({ data: Int16Array.from({ length: 60 }, (_, n) => n), shape: [3, 4, 5], affine: identity })
    const half = affineWarp([
      [-1, 0, 0, 4],
      [0, 0, 1, -1],
      [0, 1, 0, 2],
      [0, 0, 0, 1],
    ])
    const { data, dtype } = only(warpStep(half, { fill: 'wrap' }), image)
    expect(dtype).toBe('int16')
    for (let n = 0; n < 60; n++) {
      const [i, j, k] = [n % 3, Math.floor(n / 3) % 4, Math.floor(n / 12)]
      const [x, y, z] = [(4 - i + 30) % 3, (k - 2 + 40) % 4, (j + 1 + 50) % 5]
      expect(data[n]).toBe(x + 3 * (y + 4 * z))
    }
  })
})

describe('a run of steps with an extension', () => {
  const image = smoothNoise(obliqueGrid(), 5)
  const turn = (fill: (typeof extensions)[number] | number) =>
    warpStep(
      affineWarp([
        [0.8, -0.5, 0, 3],
        [0.5, 0.8, 0.1, 1],
        [0, -0.1, 1, -4],
        [0, 0, 0, 1],
      ]),
      { fill },
    )

  test.each(extensions)('is one pass if it is the first that extends, and a crop of it has its bits: %s', (fill) => {
    const bend = warpStep(waves(1, 4, [-12, -20, 0], [14, 5, 40]), { fill: -50 })
    const whole = Compose([turn(fill), bend])
    const crop = Compose([turn(fill), bend, boxStep([3, 5, 2], [9, 11, 13])])
    expect(countPasses(() => run(crop, image, { seed: 1 }))).toEqual({ spatial: 1 })
    const [all, part] = [run(whole, image, { seed: 1 }).output, run(crop, image, { seed: 1 }).output]
    for (let n = 0; n < part.data.length; n++) {
      const [i, j, k] = [n % 9, Math.floor(n / 9) % 11, Math.floor(n / 99)]
      expect(part.data[n]).toBe(all.data[i + 3 + 20 * (j + 5 + 24 * (k + 2))])
    }
  })

  test('begins anew where a later step extends, and the trace says why', () => {
    const { trace } = run(Compose([turn(0), turn('mirror')]), image, { seed: 1 })
    expect(trace.passes['image']).toEqual([
      { by: 'spatial', path: 'Compose[0]', why: 'the first spatial step' },
      { by: 'spatial', path: 'Compose[1]', why: 'the volume is extended (mirror) before the step' },
    ])
  })

  test('leaves no voxel to the fill of the step that extends', () => {
    const { output } = run(turn('edge'), image, { seed: 1 })
    const [low, high] = [Math.min(...image.data), Math.max(...image.data)]
    expect(output.data.every((x) => x >= low && x <= high)).toBe(true)
    // A later step's grid is left all the same.
    const after = run(Compose([turn('edge'), warpStep(affineWarp(shift(9)), { fill: 77 })]), image, { seed: 1 }).output
    expect(after.data.some((x) => x === 77)).toBe(true)
  })
})
