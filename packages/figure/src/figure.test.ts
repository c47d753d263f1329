import { multiply, parseAffine, type Volume, volume } from '@voxaug/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { figure } from './figure.ts'
import * as exported from './index.ts'
import type { FigureOptions, FigureRow } from './options.ts'
import { colorOf } from './palette.ts'
import { blank, type Pixels } from './pixels.ts'
import { drawText } from './text.ts'

/*
 * By hand: 3 × 4 × 5 voxels of 2 × 3 × 1 mm are 6 × 12 × 5 mm. With the longest edge at 48 pixels there are 4 to a
 * millimetre: voxels of 8 × 12 × 4 pixels. Gutters are 20, gaps 6, margins 14. So the panels are
 */
const sagittal = { left: 34, top: 48, width: 48, height: 20 }
const coronal = { left: 128, top: 48, width: 24, height: 20 }
const axial = { left: 198, top: 34, width: 24, height: 48 }
const whole = { width: 256, height: 116 }
const panelPx = 48

const shape = [3, 4, 5] as const
const spacingMm = [2, 3, 1]
const at = (i: number, j: number, k: number) => i + 3 * (j + 4 * k)

function dots(...indices: number[]): Volume {
  const data = new Float32Array(60)
  for (const index of indices) data[index] = 1
  return volume({ data, shape, spacingMm })
}

const pixel = ({ data, width }: Pixels, x: number, y: number) => [
  ...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 3),
]

/** Centre and number of the pixels of a panel for which something holds, in the panel's pixels. */
function found(pixels: Pixels, panel: typeof axial, holds: (rgb: number[]) => boolean) {
  const places: [number, number][] = []
  for (let y = 0; y < panel.height; y++)
    for (let x = 0; x < panel.width; x++)
      if (holds(pixel(pixels, panel.left + x, panel.top + y))) places.push([x + 0.5, y + 0.5])
  const mean = (axis: 0 | 1) => places.reduce((sum, place) => sum + place[axis], 0) / places.length
  return { count: places.length, center: [mean(0), mean(1)] }
}

/** To half a pixel: beyond a panel's edge there is no voxel that would dim the pixels on that side. */
const near = (x: number, y: number) => [expect.closeTo(x, 0), expect.closeTo(y, 0)]

const same = (a: Pixels, b: Pixels) => a.data.length === b.data.length && a.data.every((part, n) => part === b.data[n])

const bright = ([red]: number[]) => red! > 127

describe('geometry, by hand', () => {
  test('three panels in true proportions beside each other', () => {
    const { width, height, data } = figure([{ image: dots(0) }], { panelPx })
    expect({ width, height }).toEqual(whole)
    expect(data.length).toBe(4 * whole.width * whole.height)
    expect(data.filter((_, n) => n % 4 === 3).every((alpha) => alpha === 255)).toBe(true)
  })

  test('a voxel right of the middle, second from behind, in the middle upwards', () => {
    const pixels = figure([{ image: dots(at(2, 1, 2)), window: [0, 1] }], { panelPx })
    expect(found(pixels, sagittal, bright).count).toBe(0)
    expect(found(pixels, coronal, bright).center).toEqual(near(20, 10))
    expect(found(pixels, axial, bright).center).toEqual(near(20, 30))
  })

  test('a voxel in the middle plane, foremost and topmost', () => {
    const pixels = figure([{ image: dots(at(1, 3, 4)), window: [0, 1] }], { panelPx })
    expect(found(pixels, sagittal, bright).center).toEqual(near(42, 2))
    expect(found(pixels, coronal, bright).count + found(pixels, axial, bright).count).toBe(0)
  })

  test.each([
    [{ index: [0, 3, 4] }, at(0, 3, 4)],
    [{ worldMm: [-2, 4.5, 2] }, at(0, 3, 4)],
    [{ worldMm: [-2.9, 5.9, 2.4] }, at(0, 3, 4)],
    [{ index: [-7, 100, 4] }, at(0, 3, 4)],
  ] as const)('at %j shows the slices through one voxel, the nearest', (place, index) => {
    const pixels = figure([{ image: dots(index), window: [0, 1] }], { panelPx, at: place })
    expect(found(pixels, sagittal, bright).center).toEqual(near(42, 2))
    expect(found(pixels, coronal, bright).center).toEqual(near(4, 2))
    expect(found(pixels, axial, bright).center).toEqual(near(4, 6))
  })

  test('letters stand in the gutters, centred on the edges', () => {
    const pixels = figure([{ image: dots(0) }], { panelPx })
    const letter = (text: string, left: number, top: number) => {
      const expected = blank(7, 13, [0, 0, 0])
      drawText(expected, text, 0, 0, 1, [150, 156, 163])
      for (let y = 0; y < 13; y++)
        for (let x = 0; x < 7; x++) expect(pixel(pixels, left + x, top + y)).toEqual(pixel(expected, x, y))
    }
    letter('P', 14 + 6, 51)
    letter('A', 14 + 88 - 6 - 7, 51)
    letter('L', 108 + 6, 51)
    letter('R', 108 + 64 - 6 - 7, 51)
    letter('S', 14 + 40, 14 + 3)
    letter('P', 178 + 28, 14 + 88 - 20 + 3)
  })

  test('the picture does not depend on how the voxels are stored', () => {
    const data = Float32Array.from({ length: 60 }, (_, n) => (n * 37) % 53)
    const original = volume({ data, shape, affine: [1.9, 0.2, 0, -7, -0.3, 2.9, 0.1, 11, 0.1, 0, 1, 5, 0, 0, 0, 1] })
    const expected = figure([{ image: original, label: { ...original, kind: 'label' } }], { panelPx })
    for (const order of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ] as const) {
      for (const flips of [0, 1, 2, 3, 4, 5, 6, 7]) {
        const image = stored(original, order, flips)
        expect(same(figure([{ image, label: { ...image, kind: 'label' } }], { panelPx }), expected)).toBe(true)
      }
    }
  })
})

test('voxel planes show the median slices of the array: one fixed, the other two across and up', () => {
  // AIL: 3 × 4 × 5 voxels, i of 2 mm to the front, j of 3 mm down, k of 1 mm to the left. Median slices are 1, 1 and 2.
  const affine = [0, 0, -1, 4, 2, 0, 0, -6, 0, -3, 0, 9, 0, 0, 0, 1]
  const stored = (index: number) => volume({ ...dots(index), affine })
  const draw = (index: number) => figure([{ image: stored(index), window: [0, 1] }], { panelPx, planes: 'voxels' })
  // As wide as j and i, i: 48, 24 and 24 pixels; as high as k, k and j: 20, 20 and 48. Just the places of RAS.
  expect(draw(0)).toMatchObject(whole)
  const first = draw(at(1, 0, 4))
  expect(found(first, sagittal, bright).center).toEqual(near(6, 2))
  expect(found(first, coronal, bright).count + found(first, axial, bright).count).toBe(0)
  expect(found(draw(at(2, 1, 0)), coronal, bright).center).toEqual(near(20, 18))
  expect(found(draw(at(0, 3, 2)), axial, bright).center).toEqual(near(4, 6))
  const chosen = figure([{ image: stored(at(2, 3, 4)), window: [0, 1] }], {
    panelPx,
    planes: 'voxels',
    at: { index: [2, 3, 4] },
  })
  expect(found(chosen, sagittal, bright).center).toEqual(near(42, 2))
})

/** The same volume with its voxel axes in another order, some of them reversed. */
function stored(from: Volume, order: readonly [number, number, number], flips: number): Volume {
  const to = order.map((axis) => from.shape[axis]!) as [number, number, number]
  const data = new Float32Array(60)
  const source = [0, 0, 0]
  for (let n = 0; n < 60; n++) {
    const place = [n % to[0], Math.floor(n / to[0]) % to[1], Math.floor(n / to[0] / to[1])]
    for (const [axis, old] of order.entries())
      source[old] = flips & (1 << axis) ? to[axis]! - 1 - place[axis]! : place[axis]!
    data[n] = from.data[at(source[0]!, source[1]!, source[2]!)]!
  }
  const turn = new Array<number>(16).fill(0)
  turn[15] = 1
  for (const [axis, old] of order.entries()) {
    turn[4 * old + axis] = flips & (1 << axis) ? -1 : 1
    turn[4 * old + 3] = flips & (1 << axis) ? to[axis]! - 1 : 0
  }
  return volume({ data, shape: to, affine: multiply(from.affine, parseAffine(turn, 'turn')) })
}

describe('labels', () => {
  const label = (index: number, value: number) => {
    const data = new Uint8Array(60)
    data[index] = value
    return volume({ data, shape, spacingMm, kind: 'label' })
  }

  test('cover their voxel: outlined in their colour, translucent inside', () => {
    const pixels = figure([{ image: dots(), window: [0, 1], label: label(at(2, 1, 2), 2) }], {
      panelPx,
      labelOpacity: 0.5,
    })
    const color = [...colorOf(2)!]
    const outline = found(pixels, axial, (rgb) => `${rgb}` === `${color}`)
    expect(outline).toEqual({ count: 8 * 12 - 7 * 10, center: [expect.closeTo(18.65, 2), 30] })
    expect(pixel(pixels, axial.left + 20, axial.top + 30)).toEqual(color.map((part) => Math.round(part / 2)))
    expect(pixel(pixels, axial.left + 15, axial.top + 30)).toEqual([0, 0, 0])
  })

  test("that touch are parted by one line, the lesser label's", () => {
    const both = label(at(0, 1, 2), 2)
    both.data[at(1, 1, 2)] = 1
    const pixels = figure([{ label: both }], { panelPx })
    const [first, second] = [`${colorOf(1)}`, `${colorOf(2)}`]
    // Three voxels of 8 × 12 pixels from the left: 2, 1 and nothing; the border between them is at x = 8.
    const row = Array.from({ length: 24 }, (_, x) => `${pixel(pixels, axial.left + x, axial.top + 30)}`)
    expect(row.flatMap((color, x) => (color === first || color === second ? [[x, color]] : []))).toEqual([
      [8, first],
      [15, first],
    ])
  })

  test('on another grid are found through the world', () => {
    // Twice as fine, turned by a quarter about z, and reaching beyond the image to one side only.
    const data = new Uint8Array(12 * 6 * 3)
    const fine = volume({
      data,
      shape: [12, 6, 3],
      affine: [0, 1, 0, -2.5, -1, 0, 0, 5.5, 0, 0, 1, -1, 0, 0, 0, 1],
      kind: 'label',
    })
    // World (1.5, 0.5, 0): inside image voxel (2, 2, 2), which spans x 1…3 and y 0…3.
    data[5 + 12 * (4 + 6 * 1)] = 3
    const pixels = figure([{ image: dots(), label: fine }], { panelPx, labelOpacity: 1 })
    const square = found(pixels, axial, (rgb) => `${rgb}` === `${colorOf(3)}`)
    expect(square).toEqual({ count: 16, center: [18, 22] })
  })

  test('alone are shown without an image', () => {
    const pixels = figure([{ label: label(at(2, 1, 2), 1) }], { panelPx })
    expect(found(pixels, axial, ([red]) => red! > 100)).toEqual({ count: 96, center: [20, 30] })
  })

  test('have twelve colours, then the first again; 0 and NaN have none', () => {
    const colors = Array.from({ length: 12 }, (_, n) => `${colorOf(n + 1)}`)
    expect(new Set(colors).size).toBe(12)
    expect(colorOf(13)).toBe(colorOf(1))
    expect([colorOf(0), colorOf(Number.NaN)]).toEqual([undefined, undefined])
    expect(colorOf(-2)).toBe(colorOf(2))
  })
})

describe('rows', () => {
  test('share one scale and stand in line below their titles', () => {
    const small = volume({ data: new Float32Array(8), shape: [2, 2, 2], spacingMm: [3, 3, 3] })
    const pixels = figure([{ title: 'one', image: dots(0) }, { image: small }], { panelPx })
    // 6 mm are 24 pixels: the second row's cells are 24 + 40 high, its title line stays empty.
    expect(pixels.width).toBe(whole.width)
    expect(pixels.height).toBe(14 + 19 + 88 + 14 + 19 + 64 + 14)
  })

  test('lie side by side in columns, with the views asked for', () => {
    const row = { image: dots(0) }
    const pixels = figure([row, row, row], { panelPx, columns: 2, views: ['axial'] })
    expect(pixels).toMatchObject({ width: 14 + 64 + 14 + 64 + 14, height: 14 + 88 + 14 + 88 + 14 })
  })

  test('twelve with one view are a contact sheet, each below its title', () => {
    const rows = Array.from({ length: 12 }, (_, n) => ({ title: `variant ${n + 1}`, image: dots(n) }))
    const pixels = figure(rows, { panelPx, columns: 4, views: ['axial'] })
    expect(pixels).toMatchObject({ width: 28 + 4 * 64 + 3 * 14, height: 28 + 3 * (19 + 88) + 2 * 14 })
    // The last one's title, cut to the nine letters that 64 pixels hold, is at the fourth place of the third line.
    const [left, top] = [14 + 3 * (64 + 14), 14 + 2 * (19 + 88 + 14)]
    const expected = blank(64, 13, [28, 30, 33])
    drawText(expected, 'varian...', 0, 0, 1, [214, 217, 221])
    for (let y = 0; y < 13; y++)
      for (let x = 0; x < 64; x++) expect(pixel(pixels, left + x, top + y)).toEqual(pixel(expected, x, y))
  })

  test('are enlarged to whole pixels a voxel, 320 or more along the longest edge', () => {
    // Longest edge 12 of the finest spacing, 1 mm: 27 pixels each make 324.
    expect(figure([{ image: dots(0) }], { views: ['axial'] })).toMatchObject({
      width: 28 + 40 + 162,
      height: 28 + 40 + 324,
    })
  })

  test('titles that do not fit end in dots', () => {
    const at = (title: string) => figure([{ title, image: dots(0) }], { panelPx, views: ['axial'] })
    expect(same(at('a title as long as this'), at('a titl...'))).toBe(true)
    expect(same(at('a title as long as this'), at('a title a'))).toBe(false)
  })
})

describe('windows', () => {
  const greys = (image: Volume, row: Partial<FigureRow> = {}, options: FigureOptions = {}) => {
    const pixels = figure([{ image, ...row }], { panelPx, views: ['axial'], ...options })
    // One panel alone begins at 34, 34; the centres of its 3 × 4 voxels.
    return [30, 18, 6].flatMap((y) => [4, 12, 20].map((x) => pixel(pixels, 34 + x, 34 + y)[0]!))
  }

  test('a constant image is mid-grey, one of NaN black, infinities black and white', () => {
    const filled = (value: number) => volume({ data: new Float32Array(60).fill(value), shape, spacingMm })
    expect(new Set(greys(filled(-3)))).toEqual(new Set([128]))
    expect(new Set(greys(filled(Number.NaN)))).toEqual(new Set([0]))
    expect(new Set(greys(filled(Infinity)))).toEqual(new Set([255]))
    expect(new Set(greys(filled(-Infinity)))).toEqual(new Set([0]))
  })

  test('a mask, whose percentiles are equal, is shown from its least to its greatest value', () => {
    const data = new Uint8Array(6000)
    data[10 + 20 * 7 + 200 * 14] = 1
    const mask = volume({ data, shape: [20, 10, 30] })
    const pixels = figure([{ image: mask }], { views: ['axial'], at: { index: [10, 7, 14] } })
    expect(pixels.data).toContain(255)
  })

  test('percentiles clip one outlier, and channel and window can be given', () => {
    const data = Float32Array.from({ length: 1000 * 2 }, (_, n) => (n < 1000 ? n : -n))
    data[0] = 1e6
    const image = volume({ data, shape: [10, 10, 10], channels: 2 })
    const at = (row: Partial<FigureRow>) => figure([{ image, ...row }], { views: ['axial'] })
    expect(same(at({}), at({ window: [5.995, 995.005] }))).toBe(true)
    expect(same(at({}), at({ channel: 1 }))).toBe(false)
    expect(same(at({ window: [0, 1] }), at({}))).toBe(false)
  })
})

test('draws every valid volume', () => {
  const size = fc.integer({ min: 1, max: 5 })
  const number = fc.double({ noNaN: true, min: -50, max: 50 })
  fc.assert(
    fc.property(
      fc.tuple(size, size, size),
      fc.array(number, { minLength: 12, maxLength: 12 }),
      fc.constantFrom(1e-3, 1, 1e3),
      fc.array(fc.float(), { minLength: 1, maxLength: 20 }),
      (size, rows, scale, values) => {
        const affine = [...rows.map((value, n) => (n % 5 === 0 ? value + 60 : value) * scale), 0, 0, 0, 1]
        const count = size[0] * size[1] * size[2]
        let image: Volume
        try {
          image = volume({
            data: Float32Array.from({ length: count }, (_, n) => values[n % values.length]!),
            shape: size,
            affine,
          })
        } catch {
          return
        }
        const { width, height, data } = figure([{ title: '\u0000é…', image, label: { ...image, kind: 'label' } }], {
          panelPx: 16,
        })
        expect(data.length).toBe(4 * width * height)
      },
    ),
    { seed: 4, numRuns: 300 },
  )
})

describe('errors', () => {
  const rows = [{ image: dots(0) }]
  const twoChannels = volume({ data: new Float32Array(120), shape, spacingMm, channels: 2 })
  test.each([
    [() => figure([]), 'figure: rows must be a list of one row at least, got [].'],
    [() => figure([{ title: 'x' }]), 'figure: rows[0] must have an image, a label or a deformation, got ["title"].'],
    [
      () => figure([...rows, { image: dots(0), channel: 1 }]),
      'figure: rows[1].channel must be a channel of the image, 0 to 0, got 1.',
    ],
    [
      () => figure([{ image: dots(0), window: [2, 1] }]),
      'figure: rows[0].window must be two rising numbers, got [2, 1].',
    ],
    [
      () => figure([{ label: { ...dots(0), kind: 'label' }, minus: dots(1) }]),
      'figure: rows[0] must have an image to take minus from, got ["label", "minus"].',
    ],
    [
      () => figure([{ image: twoChannels, channel: 1, minus: dots(1) }]),
      'figure: rows[0].minus must have a channel 1, as the image has, got "1 channels".',
    ],
    [
      () => figure([{ image: dots(0), minus: dots(1), window: [-1, 2] }]),
      'figure: rows[0].window must be [-x, x], x above 0, where there is a minus, got [-1, 2].',
    ],
    [
      () => figure([{ image: dots(0), deformation: dots(1) }]),
      'figure: rows[0].deformation must have three channels, as deformationOf gives it, got 1.',
    ],
    [() => figure(rows, { planes: 'world' as 'voxels' }), 'figure: planes must be anatomical or voxels, got "world".'],
    [() => figure(rows, { gridMm: 0 }), 'figure: gridMm must be a number from 0.001 to 1000000, got 0.'],
    [() => figure(rows, { columns: 0 }), 'figure: columns must be a whole number from 1 to 1000, got 0.'],
    [() => figure(rows, { panelPx: 4.5 }), 'figure: panelPx must be a whole number from 16 to 8192, got 4.5.'],
    [() => figure(rows, { views: [] }), 'figure: views must be a list of sagittal, coronal, axial, got [].'],
    [
      () => figure(rows, { percentiles: [50, 50] }),
      'figure: percentiles must be two rising numbers from 0 to 100, got [50, 50].',
    ],
    [
      () => figure(rows, { at: { worldMm: [0, Number.NaN, 0] } }),
      'figure: at must be { worldMm } or { index } of three numbers, got {"worldMm":[0, NaN, 0]}.',
    ],
    [() => figure(rows, { labelOpacity: 2 }), 'figure: labelOpacity must be a number from 0 to 1, got 2.'],
  ])('%#', (act, message) => {
    expect(act).toThrow(expect.objectContaining({ code: 'invalid-option', message }))
  })

  test('a volume whose buffer was given away', () => {
    const gone = { ...dots(0), data: new Float32Array(0) }
    for (const row of [{ image: gone }, { image: dots(0), minus: gone }, { deformation: { ...gone, channels: 3 } }])
      expect(() => figure([row])).toThrow(
        /^data must hold .* voxels \(was its buffer transferred to a worker\?\), got 0\.$/,
      )
  })
})

test('exports', () => {
  expect(Object.keys(exported).sort()).toEqual(['colorOf', 'deformationOf', 'divergingColor', 'encodePng', 'figure'])
})
