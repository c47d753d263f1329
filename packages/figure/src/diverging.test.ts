import { expect, test } from 'vitest'
import { divergingColor } from './diverging.ts'

/** L* of CIELAB, of sRGB: IEC 61966-2-1 and CIE 15. */
function lightness(part: number): number {
  const [r, g, b] = divergingColor(part).map((value) =>
    value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
  ) as [number, number, number]
  const y = 0.2126 * r + 0.7152 * g + 0.0722 * b
  return y > 216 / 24389 ? 116 * Math.cbrt(y) - 16 : (y * 24389) / 27
}

const parts = Array.from({ length: 50 }, (_, n) => (n + 1) / 50)

test('is black at 0, blue below and orange above', () => {
  expect(divergingColor(0)).toEqual([0, 0, 0])
  for (const part of parts) {
    const [red, , blue] = divergingColor(-part)
    expect(blue).toBeGreaterThan(red)
    const [orange, , other] = divergingColor(part)
    expect(orange).toBeGreaterThan(other)
  }
})

test('is lighter the farther from 0, and as light on both sides, to 2 of 100', () => {
  let before = 0
  for (const part of parts) {
    expect(lightness(part)).toBeGreaterThan(before)
    expect(Math.abs(lightness(part) - lightness(-part))).toBeLessThan(2)
    before = lightness(part)
  }
  expect(before).toBeGreaterThan(80)
})

test('has no other colours beyond -1 and 1', () => {
  expect([divergingColor(-3), divergingColor(7)]).toEqual([divergingColor(-1), divergingColor(1)])
})
