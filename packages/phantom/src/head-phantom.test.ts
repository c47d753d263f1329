import { inverse, orientationOf, transformPoint, type Vec3, type Volume } from '@voxaug/core'
import { describe, expect, test } from 'vitest'
import { headPhantom } from './head-phantom.ts'
import * as exported from './index.ts'
import { toWorld } from './placement.ts'
import { type LabelName, labels } from './tissue.ts'

const shape = [66, 84, 66] as const
const { image, label } = headPhantom({ shape })

/** FNV-1a over the bytes, little-endian as every engine's typed arrays are. */
function hash({ data }: Volume): string {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  let value = 0x811c9dc5
  for (const byte of bytes) value = Math.imul(value ^ byte, 0x01000193)
  return (value >>> 0).toString(16).padStart(8, '0')
}

/** Voxels of one tissue, as their places in memory. */
const voxelsOf = (name: LabelName, map = label) =>
  Array.from(map.data.keys()).filter((voxel) => map.data[voxel] === labels[name])

const worldOf = (voxel: number): Vec3 =>
  transformPoint(label.affine, [
    voxel % shape[0],
    Math.floor(voxel / shape[0]) % shape[1],
    Math.floor(voxel / shape[0] / shape[1]),
  ])

const mean = (name: LabelName) => {
  const voxels = voxelsOf(name)
  return voxels.reduce((sum, voxel) => sum + image.data[voxel]!, 0) / voxels.length
}

describe('the same options give the same bytes', () => {
  test('by hash, small', () => {
    expect([hash(image), hash(label)]).toEqual(['1586a6b0', '279428d9'])
  })

  test('by hash, as large as by default', { timeout: 120_000 }, () => {
    const made = headPhantom()
    expect(made.image.shape).toEqual([176, 224, 176])
    expect(made.image.spacingMm.map((mm) => Math.round(mm * 1e6) / 1e6)).toEqual([1, 1, 1.1])
    expect([hash(made.image), hash(made.label)]).toEqual(['9200e469', '17abc440'])
  })

  test('another seed folds another brain', () => {
    const other = headPhantom({ shape, seed: 1 })
    const differing = other.label.data.filter((value, voxel) => value !== label.data[voxel]).length
    expect(differing).toBeGreaterThan(0.02 * label.data.length)
    expect(differing).toBeLessThan(0.2 * label.data.length)
  })

  test('noise and bias leave the labels alone', () => {
    expect(hash(headPhantom({ shape, noiseStd: 0, bias: 0 }).label)).toBe(hash(label))
  })
})

describe('the head', () => {
  test('is an int16 image and a uint8 label map on one oblique grid', () => {
    expect(image).toMatchObject({ kind: 'image', dtype: 'int16', shape, channels: 1 })
    expect(label).toMatchObject({ kind: 'label', dtype: 'uint8', shape, channels: 1 })
    expect(label.affine).toEqual(image.affine)
    expect(orientationOf(image.affine)).toBe('RAS')
    for (const n of [1, 2, 4, 6, 8, 9])
      expect(Math.abs(image.affine[n]!)).toBeGreaterThan(0.02 * image.spacingMm[n % 4]!)
  })

  test('has every tissue, about as much of it as people have', () => {
    const litres = (...names: LabelName[]) =>
      (names.reduce((sum, name) => sum + voxelsOf(name).length, 0) * image.spacingMm.reduce((a, b) => a * b)) / 1e6
    for (const name of Object.keys(labels) as LabelName[]) expect(voxelsOf(name), name).not.toHaveLength(0)
    const brain = litres('grey', 'white', 'deepGrey', 'brainStem', 'lesion')
    expect(brain).toBeGreaterThan(1)
    expect(brain).toBeLessThan(1.6)
    expect(litres('ventricles')).toBeGreaterThan(0.01)
    expect(litres('ventricles')).toBeLessThan(0.06)
  })

  test('has the contrast of a T1: fat over white over grey matter over water over bone over air', () => {
    const order = (['white', 'brainStem', 'deepGrey', 'grey', 'csf', 'background'] as const).map(mean)
    expect(order).toEqual([...order].sort((a, b) => b - a))
    expect(mean('white') - mean('grey')).toBeGreaterThan(150)
    expect(mean('lesion')).toBeLessThan(mean('grey') - 50)
    expect(mean('ventricles')).toBeLessThan(300)
    const scalp = voxelsOf('scalp').map((voxel) => image.data[voxel]!)
    expect(Math.max(...scalp)).toBeGreaterThan(mean('white') + 100)
    expect(Math.min(...voxelsOf('skull').map((voxel) => image.data[voxel]!))).toBeLessThan(80)
  })

  test('has its lesion in the left hemisphere alone, and none where its radius is 0', () => {
    const lesion = voxelsOf('lesion').map(worldOf)
    expect(lesion.every(([x]) => x < 0)).toBe(true)
    expect(lesion.length * image.spacingMm.reduce((a, b) => a * b)).toBeGreaterThan(1500)
    expect(voxelsOf('lesion', headPhantom({ shape, lesionRadiusMm: 0 }).label)).toEqual([])
  })

  test('is not symmetric: the left ventricle is larger, and the cortex folds otherwise', () => {
    const toHead = inverse(toWorld)
    const horn = voxelsOf('ventricles').map((voxel) => transformPoint(toHead, worldOf(voxel)))
    const left = horn.filter(([x]) => x < 0).length
    expect(left).toBeGreaterThan(1.1 * (horn.length - left))
    const mirrored = label.data.filter((value, voxel) => {
      const i = voxel % shape[0]
      return value !== label.data[voxel - i + (shape[0] - 1 - i)]
    }).length
    expect(mirrored).toBeGreaterThan(0.1 * label.data.length)
  })

  test('has noise around the signal, also in air, and a field that dims one side', () => {
    const still = headPhantom({ shape, noiseStd: 0 }).image.data
    const even = headPhantom({ shape, noiseStd: 0, bias: 0 }).image.data
    const white = voxelsOf('white')
    const differences = white.map((voxel) => image.data[voxel]! - still[voxel]!)
    const square = differences.reduce((sum, d) => sum + d * d, 0) / white.length
    // Thousands of voxels: a few percent off 20 at most; rounding adds 1/12 to the square.
    expect(Math.sqrt(square)).toBeCloseTo(20, 0)
    // Rayleigh: 20 · √(π / 2), the air's own faint signal aside.
    expect(mean('background')).toBeGreaterThan(23)
    expect(mean('background')).toBeLessThan(30)
    const ratios = white.map((voxel) => still[voxel]! / even[voxel]!)
    expect(Math.max(...ratios) - Math.min(...ratios)).toBeGreaterThan(0.05)
  })
})

describe('errors', () => {
  test.each([
    [{ shape: [176, 224] }, 'headPhantom: shape must be three whole numbers from 8 to 1024, got [176, 224].'],
    [
      { shape: [176, 224.5, 176] },
      'headPhantom: shape must be three whole numbers from 8 to 1024, got [176, 224.5, 176].',
    ],
    [{ noiseStd: -1 }, 'headPhantom: noiseStd must be a number from 0 to 1000, got -1.'],
    [{ bias: 0.5 }, 'headPhantom: bias must be a number from 0 to 0.3, got 0.5.'],
    [{ lesionRadiusMm: Number.NaN }, 'headPhantom: lesionRadiusMm must be a number from 0 to 15, got NaN.'],
  ])('%j', (options, message) => {
    expect(() => headPhantom(options as Parameters<typeof headPhantom>[0])).toThrow(
      expect.objectContaining({ code: 'invalid-option', message }),
    )
  })

  test('a seed that is no whole number', () => {
    expect(() => headPhantom({ shape, seed: 0.5 })).toThrow(expect.objectContaining({ code: 'invalid-seed' }))
  })
})

test('exports', () => {
  expect(Object.keys(exported).sort()).toEqual(['headPhantom', 'labels'])
})
