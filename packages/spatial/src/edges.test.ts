import { Compose, run, type Volume, volume } from '@voxaug/core'
import { obliqueGrid, smoothNoise } from '@voxaug/core/testing'
import { describe, expect, test } from 'vitest'
import type { Fill } from './moves.ts'
import { boxStep, noiseAt, shift, warpStep, waves } from './test-steps.ts'
import { affineWarp } from './warp.ts'

const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
const row = volume({ data: Int16Array.of(5, 6, 8, 12), shape: [4, 1, 1], affine: identity })
const values = (image: Volume) => [...image.data]
const pushed = (image: Volume, mm: number, fill?: Fill) =>
  run(warpStep(affineWarp(shift(mm)), fill === undefined ? {} : { fill }), image, { seed: 1 }).output

describe('edges', () => {
  test('a point half a voxel out is inside, and clamps', () => {
    expect(values(pushed(row, 0.5))).toEqual([5, 5.5, 7, 10])
    expect(values(pushed(row, -0.5))).toEqual([5.5, 7, 10, 12])
  })
  test('a point hardly further out takes the fill', () => {
    expect(values(pushed(row, 0.50005, 3))[0]).toBe(3)
    expect(values(pushed(row, -0.50005, 3))[3]).toBe(3)
    expect(values(pushed(row, 0.50005))[0]).toBe(5)
  })
  test('nothing is blended with the fill', () => {
    const out = values(pushed(row, 1.25, 1e6))
    expect(out[0]).toBe(1e6)
    expect(Math.max(...out.slice(1))).toBeLessThanOrEqual(12)
    expect(Math.min(...out.slice(1))).toBeGreaterThanOrEqual(5)
  })
  test('on noise, every voxel is within the data’s range or the fill', () => {
    const image = smoothNoise(obliqueGrid(), 1)
    const [low, high] = [Math.min(...image.data), Math.max(...image.data)]
    const warp = [
      ...affineWarp([
        [0.8, -0.5, 0, 3],
        [0.5, 0.8, 0.1, 1],
        [0, -0.1, 1, -4],
        [0, 0, 0, 1],
      ]),
      ...waves(1, 6, [-12, -20, 0], [14, 5, 40]),
    ]
    const out = run(warpStep(warp, { fill: 777 }), image, { seed: 1 }).output
    expect(out.data.every((x) => x === 777 || (x >= low && x <= high))).toBe(true)
    expect(out.data.some((x) => x === 777)).toBe(true)
  })
})

describe('the fill', () => {
  const two = volume({
    data: Float32Array.of(5, 6, 8, 13, -1, -2, -3, -6),
    shape: [4, 1, 1],
    channels: 2,
    affine: identity,
  })
  test('is the minimum, by channel, unless told', () =>
    expect(values(pushed(two, 2))).toEqual([5, 5, 5, 6, -6, -6, -1, -2]))
  test('or the mean', () => expect(values(pushed(two, 2, 'mean'))).toEqual([8, 8, 5, 6, -3, -3, -1, -2]))
  test('or a number', () => expect(values(pushed(two, 2, 0.25))).toEqual([0.25, 0.25, 5, 6, 0.25, 0.25, -1, -2]))
  test('is of the volume before the run of spatial steps, not of a crop in it', () => {
    const steps = Compose([boxStep([1, 0, 0], [3, 1, 1]), warpStep(affineWarp(shift(1.5)))])
    expect(values(run(steps, two, { seed: 1 }).output)).toEqual([5, 6, 7, -6, -2, -2.5])
  })
  test('of whole numbers may be a fraction, by any interpolation: the image is float32 then', () => {
    const near = (mm: number, fill: Fill) =>
      run(warpStep(affineWarp(shift(mm)), { fill, interpolation: 'nearest' }), row, { seed: 1 }).output
    expect(values(near(1.25, 0.5))).toEqual([0.5, 5, 6, 8])
    expect(values(near(1, 0.5))).toEqual([0.5, 5, 6, 8])
    expect(near(1, 0.5).dtype).toBe('float32')
    expect(values(near(1, 'mean'))).toEqual([7.75, 5, 6, 8])
  })
})

describe('whole voxels', () => {
  const types = [
    Int8Array,
    Uint8Array,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
  ] as const

  test.each(types)('shift bit for bit, and keep the type: %o', (type) => {
    const data = new type(3 * 4 * 5).map((_, n) => 100 * noiseAt(1, n))
    const image = volume({ data, shape: [3, 4, 5], spacingMm: [1.5, 2, 0.7] })
    const out = run(warpStep(affineWarp(shift(3, -2, 0.7)), { fill: 7 }), image, { seed: 1 }).output
    expect(out.data.constructor).toBe(type)
    for (let n = 0; n < 60; n++) {
      const [i, j, k] = [(n % 3) - 2, (Math.floor(n / 3) % 4) + 1, Math.floor(n / 12) - 1]
      expect(out.data[n]).toBe(i < 0 || j > 3 || k < 0 ? 7 : data[i + 3 * (j + 4 * k)])
    }
  })

  test('turn by 90° bit for bit, to within 1e-3 voxel', () => {
    const data = new Uint16Array(45).map((_, n) => 65535 * noiseAt(2, n))
    const image = volume({ data, shape: [3, 3, 5], spacingMm: [2, 2, 2] })
    // Anatomy at +x goes to +y.
    const turn = warpStep(
      affineWarp([
        [0, -1, 0, 4e-4],
        [1, 1e-5, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 0, 1],
      ]),
    )
    const out = run(turn, image, { seed: 1 }).output
    expect(out.dtype).toBe('uint16')
    for (let n = 0; n < 45; n++) {
      const [i, j, k] = [n % 3, Math.floor(n / 3) % 3, Math.floor(n / 9)]
      expect(out.data[n]).toBe(image.data[j + 3 * (2 - i + 3 * k)])
    }
  })

  test('two steps that only together are whole copy, too', () => {
    const half = () => warpStep(affineWarp(shift(0.5)), { fill: 0 })
    const out = run(Compose([half(), half()]), row, { seed: 1 }).output
    expect(out.dtype).toBe('int16')
    expect(values(out)).toEqual([5, 5, 6, 8])
  })

  test('a shift by a fraction makes float32 of an image, and keeps the type of a label map', () => {
    expect(pushed(row, 0.25).dtype).toBe('float32')
    const label = volume({ data: Uint8Array.of(1, 2, 3, 4), shape: [4, 1, 1], affine: identity, kind: 'label' })
    const out = run(warpStep(affineWarp(shift(1.25)), { labelFill: 9 }), label, { seed: 1 }).output
    expect(out.dtype).toBe('uint8')
    expect(values(out)).toEqual([9, 1, 2, 3])
  })
})
