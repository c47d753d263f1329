import fc from 'fast-check'
import { expect, test } from 'vitest'
import { short, wordsOf } from './words.ts'

test('a name says its unit, and its words without it', () => {
  expect(
    Object.fromEntries(
      [
        'rotationDegrees',
        'degrees',
        'maxDisplacementMm',
        'mm',
        'marginVoxels',
        'voxels',
        'upperPercent',
        'delaySeconds',
        'speedMmPerSecond',
      ].map((name) => [name, Object.values(wordsOf(name)).join(' | ')]),
    ),
  ).toMatchInlineSnapshot(`
    {
      "degrees": "Degrees | °",
      "delaySeconds": "Delay | s",
      "marginVoxels": "Margin | voxels",
      "maxDisplacementMm": "Max displacement | mm",
      "mm": "Mm | mm",
      "rotationDegrees": "Rotation | °",
      "speedMmPerSecond": "Speed | mm/s",
      "upperPercent": "Upper | %",
      "voxels": "Voxels | voxels",
    }
  `)
})

test('a name without a unit is its words, the first of which begins with a capital', () => {
  expect(wordsOf('scale')).toEqual({ text: 'Scale', unit: '' })
  expect(wordsOf('labelInterpolation')).toEqual({ text: 'Label interpolation', unit: '' })
  expect(wordsOf('order2Fit')).toEqual({ text: 'Order2 fit', unit: '' })
})

test('a unit within a name is a word like any other', () => {
  expect(wordsOf('mmOnly')).toEqual({ text: 'Mm only', unit: '' })
  expect(wordsOf('degreesOfFreedom')).toEqual({ text: 'Degrees of freedom', unit: '' })
})

test('a number has six digits that count, and none that say nothing', () => {
  expect([0.1 + 0.2, 2 / 3, 1234567.8, -20, 0].map(short)).toEqual(['0.3', '0.666667', '1234570', '-20', '0'])
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
      // Half of the sixth digit.
      expect(Math.abs(Number(short(x)) - x)).toBeLessThanOrEqual(5.0001e-6 * Math.abs(x))
    }),
  )
})
