import { type Volume, volume } from '@voxaug/core'
import { describe, expect, test } from 'vitest'
import { differenceOf, limitOf } from './difference.ts'
import { divergingColor } from './diverging.ts'
import { figure } from './figure.ts'
import type { Pixels } from './pixels.ts'

const shape = [3, 4, 5] as const
const spacingMm = [2, 3, 1]
const at = (i: number, j: number, k: number) => i + 3 * (j + 4 * k)

function image(valueAt: (i: number, j: number, k: number) => number): Volume {
  const data = Float32Array.from({ length: 60 }, (_, n) => valueAt(n % 3, Math.floor(n / 3) % 4, Math.floor(n / 12)))
  return volume({ data, shape, spacingMm })
}

const page = [28, 30, 33]
const pixel = ({ data, width }: Pixels, x: number, y: number) => [
  ...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 3),
]

describe('a difference', () => {
  test('is voxel by voxel where both have one grid', () => {
    const difference = differenceOf(
      image((i, j, k) => 100 * i + 10 * j + k),
      image((i) => 90 * i),
      0,
    )
    expect(difference[at(2, 3, 4)]).toBe(54)
    expect(difference[at(1, 0, 2)]).toBe(12)
  })

  test('is of one channel', () => {
    const two = (values: number[]) => volume({ data: Float32Array.from(values), shape: [1, 1, 1], channels: 2 })
    expect([...differenceOf(two([1, 5]), two([2, 3]), 1)]).toEqual([2])
  })

  test('takes a reference on another grid at the same place in the world, linearly', () => {
    // World x = 0.5 + i', y = 6 - 3 j', z = k' - 2: its voxels step the other way along y, and twice as finely along x.
    const reference = volume({
      data: Float32Array.from({ length: 3 * 4 * 5 }, (_, n) => (n % 3) + 10 * (Math.floor(n / 3) % 4)),
      shape,
      affine: [1, 0, 0, 0.5, 0, -3, 0, 6, 0, 0, 1, -2, 0, 0, 0, 1],
    })
    const difference = differenceOf(
      image(() => 1000),
      reference,
      0,
    )
    // The image's voxel (1, 2, 0) is at x 0, y 1.5, z -2: i' = -0.5, within half a voxel, so the first; j' = 1.5.
    expect(difference[at(1, 2, 0)]).toBe(1000 - (0 + 15))
    // (2, 3, 4): x 2, y 4.5: i' = 1.5, j' = 0.5.
    expect(difference[at(2, 3, 4)]).toBe(1000 - (1.5 + 5))
    // (0, 3, 4) is at x -2, where the reference is not.
    expect(difference[at(0, 3, 4)]).toBeNaN()
  })

  test('has as its limit a percentile of what is absolute, the greatest where little changed, 1 where nothing did', () => {
    const values = Float32Array.from({ length: 101 }, (_, n) => (n % 2 ? n : -n))
    expect(limitOf(values, 99)).toBe(99)
    expect(
      limitOf(
        Float32Array.from({ length: 1000 }, (_, n) => (n === 5 ? -3 : 0)),
        99,
      ),
    ).toBe(3)
    expect([limitOf(new Float32Array(4), 99), limitOf(Float32Array.of(Number.NaN), 99)]).toEqual([1, 1])
  })
})

describe('a row with a difference', () => {
  // 4 pixels a millimetre: axial panels of 24 × 48 pixels, voxels of 8 × 12; below a line of 13 + 6 for the legend.
  const options = { panelPx: 48, views: ['axial'] } as const
  const left = 34
  const top = 34 + 19

  test('is blue where the image is below the reference and orange where it is above, by the window', () => {
    const changed = image((i, j, k) => (k === 2 ? (j === 1 ? 7 + 2 * i - 2 : 7) : 0))
    const reference = image((_i, _j, k) => (k === 2 ? 7 : 0))
    const pixels = figure([{ image: changed, minus: reference, window: [-2, 2] }], options)
    // Row j = 1 is 24 to 36 pixels from the top; -2, 0 and 2 from the left. A cubic ends a little beyond the middle.
    expect(pixel(pixels, left + 1, top + 30)).toEqual([...divergingColor(-1)])
    expect(pixel(pixels, left + 23, top + 30)).toEqual([...divergingColor(1)])
    expect(pixel(pixels, left + 4, top + 2)).toEqual([0, 0, 0])
    const [middle, other] = [pixel(pixels, left + 11, top + 30), pixel(pixels, left + 12, top + 30)]
    // The middle of the middle voxel lies between these two.
    expect(Math.max(...middle, ...other)).toBeLessThan(40)
  })

  test('is as bright for a percentile of the differences as can be, whatever their unit', () => {
    const rows = [1, 1e-9, 1e9].map((unit) => ({
      image: image((i, j) => unit * (i - j)),
      minus: image(() => 0),
    }))
    const [one, small, large] = rows.map((row) => {
      const { data, width } = figure([row], options)
      return data.subarray(4 * width * top)
    })
    expect(small).toEqual(one)
    expect(large).toEqual(one)
  })

  test('has the page’s colour where the reference does not reach', () => {
    const reference = volume({
      data: new Float32Array(20),
      shape: [1, 4, 5],
      affine: [2, 0, 0, 2, 0, 3, 0, -4.5, 0, 0, 1, -2, 0, 0, 0, 1],
    })
    const pixels = figure([{ image: image(() => 0), minus: reference }], options)
    // It holds the last of three voxels, from 16 pixels on.
    expect(pixel(pixels, left + 15, top + 20)).toEqual(page)
    expect(pixel(pixels, left + 16, top + 20)).toEqual([0, 0, 0])
  })

  test('has a bar of its colours at the end of the title’s line, where there is room', () => {
    const row = { image: image((i) => i), minus: image(() => 1), window: [-20, 20] as const }
    const wide = figure([row], { panelPx: 300, views: ['axial'] })
    // The page's right margin is 14; then "+20", 3 × 7 wide, a gap of 5, and the bar's 64 pixels.
    const end = wide.width - 14 - 21 - 5
    expect(pixel(wide, end, 14 + 6)).toEqual(page)
    expect(pixel(wide, end - 1, 14 + 6)).toEqual([...divergingColor(63 / 64)])
    expect(pixel(wide, end - 64, 14 + 6)).toEqual([...divergingColor(-63 / 64)])
    // 64 pixels of cell do not hold it.
    const narrow = figure([row], options)
    for (let x = 0; x < narrow.width; x++) expect(pixel(narrow, x, 14 + 6)).toEqual(page)
  })
})
