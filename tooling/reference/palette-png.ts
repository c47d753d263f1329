import type { Pixels } from '@voxaug/figure'
import { encode } from 'fast-png'

/** Of a picture's file. A page loads with it, and the repository keeps every version. */
const mostBytes = 40_000

/**
 * A picture as a PNG with at most 256 colours: as many greys and shades as its file may have bytes.
 *
 * The deflate is written in JavaScript: the bytes are the same on every engine.
 */
export function palettePng(pixels: Pixels): Uint8Array {
  for (const [greys, shades] of steps) {
    const { palette, data } = indexed(pixels, greys, shades)
    if (palette.length > 256) continue
    const { width, height } = pixels
    const png = encode({ width, height, data, channels: 1, depth: 8, palette }, { zlib: { level: 9 } })
    if (png.length <= mostBytes) return png
  }
  throw new Error(`a picture of ${pixels.width} × ${pixels.height} does not fit into ${mostBytes} bytes`)
}

/** Levels of a grey, and of each channel of a colour. */
const steps = [
  [64, 16],
  [48, 16],
  [40, 14],
  [32, 14],
  [28, 12],
  [24, 10],
  [20, 8],
  [16, 6],
] as const

function indexed({ width, height, data }: Pixels, greys: number, shades: number) {
  const palette: number[][] = []
  const places = new Map<number, number>()
  const out = new Uint8Array(width * height)
  for (let n = 0; n < out.length; n++) {
    const color = quantized([data[4 * n]!, data[4 * n + 1]!, data[4 * n + 2]!], greys, shades)
    const key = color[0] * 65536 + color[1] * 256 + color[2]
    let place = places.get(key)
    if (place === undefined) {
      place = palette.length
      places.set(key, place)
      palette.push(color)
    }
    out[n] = place
  }
  return { palette, data: out }
}

type Color = [number, number, number]

/** What is nearly grey, as the page and its letters are, becomes a grey. */
function quantized(color: Color, greys: number, shades: number): Color {
  const grey = Math.max(...color) - Math.min(...color) < 14
  const mean = (color[0] + color[1] + color[2]) / 3
  const to = (x: number, levels: number) => Math.round((Math.round((x / 255) * (levels - 1)) * 255) / (levels - 1))
  return color.map((x) => (grey ? to(mean, greys) : to(x, shades))) as Color
}
