/** A picture: RGBA, one byte each, row by row from the top left; always opaque. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array<ArrayBuffer>
}

/** Red, green and blue, 0 to 255. */
export type Color = readonly [number, number, number]

/** A picture of one colour. */
export function blank(width: number, height: number, color: Color): Pixels {
  const made: Pixels = { width, height, data: new Uint8Array(4 * width * height) }
  fill(made, 0, 0, width, height, color)
  return made
}

/** Paints a rectangle; what lies outside the picture is left out. */
export function fill(pixels: Pixels, x: number, y: number, width: number, height: number, color: Color): void {
  for (let row = Math.max(0, y); row < Math.min(pixels.height, y + height); row++) {
    for (let column = Math.max(0, x); column < Math.min(pixels.width, x + width); column++) {
      const at = 4 * (row * pixels.width + column)
      pixels.data[at] = color[0]
      pixels.data[at + 1] = color[1]
      pixels.data[at + 2] = color[2]
      pixels.data[at + 3] = 255
    }
  }
}

/** Lays a colour over the pixel at offset `at`: 0 leaves it, 1 replaces it. */
export function blend(pixels: Pixels, at: number, color: Color, opacity: number): void {
  for (let n = 0; n < 3; n++) {
    const below = pixels.data[at + n]!
    pixels.data[at + n] = Math.round(below + (color[n as 0] - below) * opacity)
  }
}
