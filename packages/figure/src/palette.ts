import type { Color } from './pixels.ts'

/**
 * Twelve colours, told apart by the colour-blind and on every grey: Okabe and Ito's seven, ordered so that neighbours
 * differ most and lightened where a grey of the same lightness would hide them, then five of Paul Tol's "light" and "bright".
 */
export const palette: readonly Color[] = [
  [240, 96, 32], // vermillion
  [86, 180, 233], // sky blue
  [240, 228, 66], // yellow
  [0, 178, 125], // bluish green
  [224, 130, 184], // reddish purple
  [40, 120, 220], // blue
  [230, 159, 0], // orange
  [170, 221, 204], // mint
  [255, 170, 187], // pink
  [187, 204, 51], // pear
  [170, 110, 230], // violet
  [119, 221, 255], // light cyan
]

/** The colour of a label, the same in every figure; undefined for 0, the background, and for NaN. */
export function colorOf(label: number): Color | undefined {
  if (label === 0 || !Number.isFinite(label)) return undefined
  const place = (Math.floor(Math.abs(label)) - 1) % palette.length
  return palette[Math.max(0, place)]
}
