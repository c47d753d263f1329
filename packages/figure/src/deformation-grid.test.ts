import { type Vec3, type Volume, volume } from '@voxaug/core'
import { describe, expect, test } from 'vitest'
import { figure } from './figure.ts'
import type { Pixels } from './pixels.ts'

/*
 * 3 × 4 × 5 voxels of 2 × 3 × 1 mm about the world's origin, at 4 pixels a millimetre: the axial panel is 24 × 48 pixels, x from
 * -3 to 3 mm and y from 6 (its top) to -6 mm.
 */
const shape = [3, 4, 5] as const
const spacingMm = [2, 3, 1]
const options = { panelPx: 48, views: ['axial'], gridMm: 4 } as const
const corner = 34

/** A deformation on that grid: where the voxel at a place came from. */
function deformation(from: (p: Vec3) => Vec3): Volume {
  const data = new Float32Array(180)
  for (let n = 0; n < 60; n++) {
    const p: Vec3 = [((n % 3) - 1) * 2, ((Math.floor(n / 3) % 4) - 1.5) * 3, Math.floor(n / 12) - 2]
    for (const [axis, x] of from(p).entries()) data[n + 60 * axis] = x
  }
  return volume({ data, shape, spacingMm, channels: 3 })
}

/** How much of each pixel's blue is a line's, in the panel's row or column. */
function profile({ data, width }: Pixels, place: (n: number) => readonly [number, number], count: number): number[] {
  return Array.from({ length: count }, (_, n) => {
    const [x, y] = place(n)
    return data[4 * ((corner + y) * width + corner + x) + 2]! / 255
  })
}

const across = (pixels: Pixels, y: number) => profile(pixels, (x) => [x, y], 24)
const upwards = (pixels: Pixels, x: number) => profile(pixels, (n) => [x, 47 - n], 48)

/** The places of lines in a profile, in pixels from its start: the middle of each run of bright pixels, weighted. */
function lines(values: readonly number[]): number[] {
  const found: number[] = []
  for (let n = 0; n < values.length; n++) {
    let [sum, weighted] = [0, 0]
    for (; n < values.length && values[n]! > 0; n++) {
      sum += values[n]!
      weighted += values[n]! * (n + 0.5)
    }
    if (sum > 0) found.push(weighted / sum)
  }
  return found
}

/** To half a hundredth of a pixel: colours are whole numbers of 255. */
const near = (...places: number[]) => places.map((x) => expect.closeTo(x, 2))

describe('a deformation’s lines', () => {
  test('are where world coordinates are multiples of gridMm, one pixel wide', () => {
    const pixels = figure([{ deformation: deformation((p) => p) }], options)
    // Only x = 0, 12 pixels from the left; y = -4, 0 and 4, 8, 24 and 40 pixels from the bottom. Between two pixels: half each.
    expect(across(pixels, 20).map((part) => Math.round(100 * part))).toEqual([
      ...new Array(11).fill(0),
      50,
      50,
      ...new Array(11).fill(0),
    ])
    expect(lines(upwards(pixels, 5))).toEqual(near(8, 24, 40))
  })

  test('move as the anatomy did, to a hundredth of a pixel', () => {
    // From x - 0.75: the anatomy moved by 0.75 mm to the right, 3 pixels. y is stretched: y = 1.25 y' + 1, so y' = (y - 1) / 1.25.
    const pixels = figure([{ deformation: deformation(([x, y, z]) => [x - 0.75, (y - 1) / 1.25, z]) }], options)
    expect(lines(across(pixels, 10))).toEqual(near(15))
    // y' = -4, 0, 4 are now at y = -4, 1 and 6, the last at the very edge.
    expect(lines(upwards(pixels, 5)).slice(0, 2)).toEqual(near(8, 28))
  })

  test('keep their width where space is stretched, and bend within the plane', () => {
    const pixels = figure([{ deformation: deformation(([x, y, z]) => [x / 4 + y / 8, y, z]) }], options)
    // x / 4 + y / 8 = 0 at x = -y / 2: for y = 1.125 and -0.875 mm, rows 19 and 27 from the top, x = -0.5625 and 0.4375 mm.
    expect(lines(across(pixels, 19))).toEqual([expect.closeTo(12 - 4 * 0.5625, 1)])
    expect(lines(across(pixels, 27))).toEqual([expect.closeTo(12 + 4 * 0.4375, 1)])
    // One pixel along its normal, (2, 1) / √5: √5 / 2 along a row.
    const width = across(pixels, 19).reduce((sum, part) => sum + part, 0)
    expect(width).toBeCloseTo(1.118, 1)
  })

  test('follow the axes of an oblique panel, whatever their directions are in the body', () => {
    // i goes down, j to the right, k to the front, turned by 36.87° about k: an undeformed grid is straight all the same.
    const affine = [1.2, 2.4, 0, 0.3, 0, 0, 1, 0.2, -1.6, 1.8, 0, 0.1, 0, 0, 0, 1]
    const data = new Float32Array(180)
    for (let n = 0; n < 60; n++) {
      const [i, j, k] = [n % 3, Math.floor(n / 3) % 4, Math.floor(n / 12)]
      for (const axis of [0, 1, 2])
        data[n + 60 * axis] =
          affine[4 * axis]! * i + affine[4 * axis + 1]! * j + affine[4 * axis + 2]! * k + affine[4 * axis + 3]!
    }
    const oblique = volume({ data, shape, affine, channels: 3 })
    const pixels = figure([{ deformation: oblique }], { ...options, planes: 'voxels' })
    const rows = [3, 20, 44].map((y) => lines(across(pixels, y)).map((x) => x.toFixed(2)))
    expect(rows[0]!.length).toBeGreaterThan(0)
    expect(rows[1]).toEqual(rows[0])
    expect(rows[2]).toEqual(rows[0])
  })

  test('are not drawn where nothing was, nor where a position stands still', () => {
    const nowhere = deformation((p) => (p[1] > 0 ? [Number.NaN, Number.NaN, Number.NaN] : p))
    const half = figure([{ deformation: nowhere }], options)
    // Voxels up to y = -1.5 mm, 18 pixels from the bottom.
    expect(lines(upwards(half, 5))).toEqual([8])
    const still = figure([{ deformation: deformation(([x, y]) => [x / 1e4, 4 + y / 1e4, 8]) }], options)
    expect(lines([...across(still, 20), ...upwards(still, 5)])).toEqual([])
  })

  test('lie over an image and its labels, with a shadow on both sides', () => {
    const white = volume({ data: new Float32Array(60).fill(1), shape, spacingMm })
    const row = { image: white, window: [0, 0.5] as const, deformation: deformation(([x, y, z]) => [x + 0.125, y, z]) }
    const pixels = figure([row], options)
    const reds = Array.from({ length: 24 }, (_, x) => pixels.data[4 * ((corner + 19) * pixels.width + corner + x)]!)
    // x = 0 came to -0.125 mm, 11.5 pixels from the left: pixel 11 is the line's, its neighbours are a fifth darker than white.
    expect(reds[11]).toBe(119)
    expect([reds[10], reds[12]]).toEqual([204, 204])
    expect([reds[8], reds[14]]).toEqual([255, 255])
  })

  test('are found through the world where a deformation has another grid than the image', () => {
    const image = volume({ data: new Float32Array(60), shape, spacingMm })
    // Twice as fine along x, and from x = -0.5 mm on: 10 pixels from the left.
    const data = new Float32Array(3 * 8 * 4 * 5)
    for (let n = 0; n < 160; n++) {
      data[n] = (n % 8) / 2
      data[n + 160] = ((Math.floor(n / 8) % 4) - 1.5) * 3
    }
    const fine = volume({
      data,
      shape: [8, 4, 5],
      affine: [0.5, 0, 0, -0.25, 0, 3, 0, -4.5, 0, 0, 1, -2, 0, 0, 0, 1],
      channels: 3,
    })
    const pixels = figure([{ image, window: [0, 1], deformation: fine }], options)
    // It came from x + 0.25: the line of 0 is at -0.25 mm, 11 pixels from the left; none of the others begin before 10.
    expect(lines(across(pixels, 19))).toEqual(near(11))
    expect(lines(upwards(pixels, 9))).toEqual([])
    expect(lines(upwards(pixels, 20))).toEqual(near(8, 24, 40))
  })
})
