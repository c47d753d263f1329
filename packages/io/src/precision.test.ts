import fc from 'fast-check'
import { expect, it } from 'vitest'
import { float32, float64 } from './precision.ts'

it('float64 takes numbers as they are', () => {
  for (const round of [float64.nearest, float64.down, float64.up]) expect(round(0.1)).toBe(0.1)
})

it('float32 rounds down, up and to the nearest', () => {
  expect([float32.down(0.1), float32.nearest(0.1), float32.up(0.1)]).toEqual([
    0.09999999403953552, 0.10000000149011612, 0.10000000149011612,
  ])
  expect([float32.down(-0.1), float32.up(-0.1)]).toEqual([-0.10000000149011612, -0.09999999403953552])
  expect([float32.down(1.5), float32.up(1.5)]).toEqual([1.5, 1.5])
  expect([float32.down(1e-60), float32.up(1e-60)]).toEqual([0, 2 ** -149])
  expect([float32.down(-1e-60), float32.up(-1e-60)]).toEqual([-(2 ** -149), -0])
  expect([float32.down(1e39), float32.up(1e39)]).toEqual([3.4028234663852886e38, Infinity])
})

it('float32 has no number between the one below and the one above', () =>
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const [down, up] = [float32.down(value), float32.up(value)]
      expect(down <= value && value <= up).toBe(true)
      expect(Math.fround(down) === down && Math.fround(up) === up).toBe(true)
      // Halfway rounds to one of the two, unless something lies between.
      const middle = Math.fround(down / 2 + up / 2)
      expect(middle === down || middle === up || !Number.isFinite(up - down)).toBe(true)
    }),
  ))
