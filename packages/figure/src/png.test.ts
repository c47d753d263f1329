import { decode } from 'fast-png'
import { expect, test } from 'vitest'
import { blank, fill } from './pixels.ts'
import { encodePng } from './png.ts'

test('a PNG decodes to the same colours', () => {
  const pixels = blank(5, 3, [10, 20, 30])
  fill(pixels, 1, 0, 2, 1, [255, 0, 128])
  const { width, height, channels, depth, data } = decode(encodePng(pixels))
  expect({ width, height, channels, depth }).toEqual({ width: 5, height: 3, channels: 3, depth: 8 })
  expect([...data]).toEqual([...pixels.data].filter((_, n) => n % 4 !== 3))
})
