import { type Affine, type Shape, type Volume, type VoxelArray, volume } from '@voxaug/core'
import { colorOf, divergingColor } from '@voxaug/figure'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { autoWindow, differencePicture, greyPicture, labelPicture, recycle } from './picture.ts'

const affine: Affine = [0, 3, 0.5, 10, 2, 0, 0, 20, 0, 0.25, 4, 30, 0, 0, 0, 1]
const view = (values: readonly number[] | VoxelArray, shape: Shape = [values.length, 1, 1]): Volume =>
  volume({ data: ArrayBuffer.isView(values) ? values : Float32Array.from(values), shape, affine })
const labels = (values: readonly number[]): Volume =>
  volume({ data: Float64Array.from(values), shape: [values.length, 1, 1], affine, kind: 'label' })

/** Four bytes for each voxel. */
const voxels = ({ rgba }: { readonly rgba: Uint8Array }) =>
  Array.from({ length: rgba.length / 4 }, (_, n) => [...rgba.subarray(4 * n, 4 * n + 4)])
const greys = (picture: { readonly rgba: Uint8Array }) => voxels(picture).map(([red]) => red)

describe('a window', () => {
  test('spans all but a two hundredth of the voxels at both ends', () => {
    const values = Float32Array.from({ length: 2001 }, (_, n) => ((n * 7) % 2001) * 2 - 500)
    expect(autoWindow(view(values))).toEqual([-480, 3480])
  })

  test('spans all values where almost all are one', () => {
    expect(autoWindow(view([...new Array<number>(500).fill(3), 7]))).toEqual([3, 7])
    expect(autoWindow(view([-2, ...new Array<number>(500).fill(3)]))).toEqual([-2, 3])
  })

  test('of one value, or of none, is 1 wide', () => {
    expect(autoWindow(view([5, 5, Number.NaN]))).toEqual([5, 6])
    expect(autoWindow(view([Number.NaN, Infinity]))).toEqual([0, 1])
  })

  test('leaves out what is not finite', () => {
    expect(autoWindow(view([1, Infinity, 2, -Infinity, Number.NaN, 3]))).toEqual([
      expect.closeTo(1.01),
      expect.closeTo(2.99),
    ])
  })
})

describe('a grey picture', () => {
  test('keeps the grid, and is black at the window’s low end and white at its high end', () => {
    const shape: Shape = [1, 3, 2]
    const picture = greyPicture(view([10, 15, 20, 30, 5, 31], shape), [10, 30])
    expect([picture.shape, picture.affine]).toEqual([shape, affine])
    expect(greys(picture)).toEqual([0, 64, 128, 255, 0, 255])
  })

  test('is grey, and the more see-through the darker', () => {
    expect(voxels(greyPicture(view([0, 100, 255]), [0, 255]))).toEqual([
      [0, 0, 0, 0],
      [100, 100, 100, 50],
      [255, 255, 255, 127],
    ])
  })

  test('has NaN black, and infinities at the ends', () => {
    expect(greys(greyPicture(view([Number.NaN, Infinity, -Infinity]), [-3, 5]))).toEqual([0, 255, 0])
  })

  test('has the nearest of 256 greys, whatever the type of the voxels', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -300, max: 300 }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: -300, max: 299 }),
        fc.integer({ min: 1, max: 400 }),
        (values, black, width) => {
          const wanted = values.map((x) => Math.round(Math.min(255, Math.max(0, ((x - black) * 255) / width))))
          // Halves may fall to either side.
          for (const data of [Int16Array.from(values), Float32Array.from(values)])
            for (const [n, grey] of greys(greyPicture(view(data), [black, black + width])).entries())
              expect(Math.abs(grey! - wanted[n]!)).toBeLessThanOrEqual(
                ((values[n]! - black) * 510) % width === 0 ? 1 : 0,
              )
        },
      ),
    )
  })

  test('of a window without width is black up to it, and white above', () => {
    expect(greys(greyPicture(view([1, 2, 3]), [2, 2]))).toEqual([0, 0, 255])
  })
})

describe('a picture of a difference', () => {
  test('has the colours of figures at its ends, and next to black at 0', () => {
    const [below, zero, above, beyond] = voxels(differencePicture(view([-4, 0, 4, 9]), 4))
    expect(below).toEqual([...divergingColor(-1), 128])
    expect(above).toEqual([...divergingColor(1), 128])
    expect(beyond).toEqual(above)
    expect(Math.max(...zero!)).toBeLessThanOrEqual(3)
  })

  test('shows nothing where there is NaN', () => {
    const [nothing, blue] = voxels(differencePicture(view([Number.NaN, -Infinity]), 4))
    expect(nothing).toEqual([0, 0, 0, 0])
    expect(blue).toEqual([...divergingColor(-1), 128])
  })

  test('is blue below and orange above, as strong on either side', () => {
    for (const x of [0.5, 2, 3.5]) {
      const [below, above] = voxels(differencePicture(view([-x, x]), 4))
      expect(below![3]).toBe(above![3])
      expect(below![2]).toBeGreaterThan(below![0]!)
      expect(above![0]).toBeGreaterThan(above![2]!)
    }
  })
})

describe('a picture of labels', () => {
  test('has the colours of figures, see-through, and nothing for 0', () => {
    const some = [3, 0, 3, 1, 25, 12, 1024, 1, 0, 2]
    expect(voxels(labelPicture(labels(some)))).toEqual(
      some.map((label) => (label === 0 ? [0, 0, 0, 0] : [...colorOf(label)!, 120])),
    )
  })

  test('has the colours of figures for any label', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), { minLength: 1 }), (some) => {
        const colors = some.map((label) => colorOf(label))
        expect(voxels(labelPicture(labels(some)))).toEqual(
          colors.map((color) => (color ? [...color, 120] : [0, 0, 0, 0])),
        )
      }),
    )
  })

  test('keeps the grid', () => {
    const { shape, affine: same } = labelPicture(
      volume({ data: new Uint8Array(24), shape: [2, 3, 4], affine, kind: 'label' }),
    )
    expect([shape, same]).toEqual([[2, 3, 4], affine])
  })
})

describe('memory that was given back', () => {
  test('is used again for a picture of as many voxels, and holds nothing of before', () => {
    const first = greyPicture(view([1, 1, 1, 1, 1, 1, 1]), [0, 1])
    recycle(first.rgba.buffer)
    const second = labelPicture(labels([0, 2, 0, 0, 0, 0, 0]))
    expect(second.rgba.buffer).toBe(first.rgba.buffer)
    expect(voxels(second).map(([, , , alpha]) => alpha)).toEqual([0, 120, 0, 0, 0, 0, 0])
  })

  test('is used once, and not for a picture of more or fewer voxels', () => {
    const first = greyPicture(view([1, 2, 3]), [0, 4])
    recycle(first.rgba.buffer)
    expect(greyPicture(view([1, 2]), [0, 4]).rgba.buffer).not.toBe(first.rgba.buffer)
    expect(greyPicture(view([1, 2, 3]), [0, 4]).rgba.buffer).toBe(first.rgba.buffer)
    expect(greyPicture(view([1, 2, 3]), [0, 4]).rgba.buffer).not.toBe(first.rgba.buffer)
  })

  test('is kept for four pictures at most', () => {
    const pictures = Array.from({ length: 6 }, () => greyPicture(view([1, 2, 3, 4, 5]), [0, 9]).rgba.buffer)
    pictures.forEach(recycle)
    const again = Array.from({ length: 6 }, () => greyPicture(view([1, 2, 3, 4, 5]), [0, 9]).rgba.buffer)
    expect(again.filter((buffer) => pictures.includes(buffer))).toEqual(pictures.slice(2))
  })
})
