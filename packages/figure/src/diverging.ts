import type { Color } from './pixels.ts'

/**
 * Black at 0, blue below, orange above: the pair that no colour blindness confuses, on a dark page. Lightness (L* of CIELAB)
 * grows evenly from 0 to about 84 on both sides, so that a difference and its negative are equally conspicuous.
 */
const below: readonly Color[] = [
  [0, 0, 0],
  [30, 101, 190],
  [168, 212, 255],
]
const above: readonly Color[] = [
  [0, 0, 0],
  [158, 82, 10],
  [255, 202, 140],
]

/** The colour of a part from −1 to 1; what lies beyond has the colour of the end. */
export function divergingColor(part: number): Color {
  const stops = part < 0 ? below : above
  const place = Math.min(1, Math.abs(part)) * (stops.length - 1)
  const first = Math.min(stops.length - 2, Math.floor(place))
  const [from, to] = [stops[first]!, stops[first + 1]!]
  const mix = (n: 0 | 1 | 2) => Math.round(from[n] + (to[n] - from[n]) * (place - first))
  return [mix(0), mix(1), mix(2)]
}
