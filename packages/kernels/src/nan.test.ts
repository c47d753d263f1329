import { expect, test } from 'vitest'
import { resample } from './resample.ts'

test('a NaN that interpolation computes is 0x7fc00000, whatever NaN went in, in the middle of a row and at its rim', () => {
  const source = new Float32Array(7 * 5 * 4).fill(1)
  const bits = new Uint32Array(source.buffer)
  // A negative one with a payload and a signalling one, neither on the volume's edge nor all inside.
  bits.set([0xffc12345, 0x7fa00001], 7 * (2 + 5 * 1))
  const shape = [7, 5, 4] as const
  const shift = [1, 0, 0, -0.3, 0, 1, 0, 0.2, 0, 0, 1, 0.1]
  const out = new Float32Array(7 * 5 * 4)
  const window = { base: [0, 0, 0], step: [1, 1, 1], shape } as const
  resample({ source, stages: [{ matrix: shift, box: shape, fill: 0 }], window, interpolation: 'linear' }, out)
  const found = [...out.keys()].filter((n) => Number.isNaN(out[n]))
  // Output x from 0 to 2, y 1 and 2, z 0 and 1 have one of them among their eight neighbours.
  expect(found).toEqual([7, 8, 9, 14, 15, 16, 42, 43, 44, 49, 50, 51])
  expect(new Set(found.map((n) => new Uint32Array(out.buffer)[n]))).toEqual(new Set([0x7fc00000]))
})
