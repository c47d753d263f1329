import { divergingColor } from './diverging.ts'
import { type Color, fill, type Pixels } from './pixels.ts'
import { drawText, textHeight, textWidth } from './text.ts'

/** Length of the bar in pixels of the font. */
const barLength = 64

/** What a difference's colours mean, from -limit to +limit, in three digits. */
export interface Legend {
  readonly width: number
  /** Draws it with its top right corner at (right, top). */
  readonly draw: (pixels: Pixels, right: number, top: number) => void
}

/** A bar of the colours between the numbers at its ends. */
export function legendOf(limit: number, unit: number, color: Color): Legend {
  const text = String(Number(limit.toPrecision(3)))
  const [low, high] = [`-${text}`, `+${text}`]
  const gap = 5 * unit
  const end = textWidth(low, unit)
  const bar = barLength * unit
  const width = 2 * end + 2 * gap + bar
  return {
    width,
    draw(pixels, right, top) {
      const left = right - width
      drawText(pixels, low, left, top, unit, color)
      // As high as a capital, which stands on the font's third row from below.
      for (let x = 0; x < bar; x++) {
        const part = (2 * (x + 0.5)) / bar - 1
        fill(pixels, left + end + gap + x, top + 2 * unit, 1, textHeight(unit) - 4 * unit, divergingColor(part))
      }
      drawText(pixels, high, right - end, top, unit, color)
    },
  }
}
