import { glyph, glyphHeight, glyphWidth } from './font.ts'
import { type Color, fill, type Pixels } from './pixels.ts'

/** Writes one line of text with its top left corner at (x, y), every pixel of the font `scale` pixels wide. */
export function drawText(pixels: Pixels, text: string, x: number, y: number, scale: number, color: Color): void {
  Array.from(text).forEach((character, place) => {
    glyph(character).forEach((bits, row) => {
      for (let column = 0; column < glyphWidth; column++) {
        if (bits & (128 >> column)) {
          fill(pixels, x + (place * glyphWidth + column) * scale, y + row * scale, scale, scale, color)
        }
      }
    })
  })
}

/** The width of a text in pixels. */
export const textWidth = (text: string, scale: number): number => Array.from(text).length * glyphWidth * scale

/** The height of a line in pixels. */
export const textHeight = (scale: number): number => glyphHeight * scale

/** A text cut to fit a width, its end replaced by three dots. */
export function fitText(text: string, width: number, scale: number): string {
  const room = Math.floor(width / (glyphWidth * scale))
  const characters = Array.from(text)
  if (characters.length <= room) return text
  return room < 4 ? characters.slice(0, Math.max(0, room)).join('') : `${characters.slice(0, room - 3).join('')}...`
}
