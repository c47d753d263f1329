import { encode } from 'fast-png'
import type { Pixels } from './pixels.ts'

/** A picture as the bytes of a PNG file, 8-bit RGB. */
export function encodePng({ width, height, data }: Pixels): Uint8Array {
  const rgb = new Uint8Array(3 * width * height)
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    rgb[to] = data[from]!
    rgb[to + 1] = data[from + 1]!
    rgb[to + 2] = data[from + 2]!
  }
  return encode({ width, height, data: rgb, channels: 3, depth: 8 })
}
