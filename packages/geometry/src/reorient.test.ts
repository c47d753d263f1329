import { Compose, invert, orientationOf, run, type Vec3, volume } from '@voxaug/core'
import { asymmetricSubject, countPasses, obliqueGrid } from '@voxaug/core/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Reorient } from './index.ts'
import { orientations } from './orientation.ts'

const grid = obliqueGrid([3, 4, 5])
const image = volume({ ...grid, data: Int16Array.from({ length: 60 }, (_, n) => n) })

test('to what it is already, it is the very object', () => {
  expect(run(Reorient({ to: orientationOf(grid.affine) }), image).output).toBe(image)
})

test('by hand: RAS to SLP, z first, then x and y the other way', () => {
  expect(orientationOf(grid.affine)).toBe('RAS')
  const { output } = run(Reorient({ to: 'SLP' }), image)
  expect(output.shape).toEqual([5, 3, 4])
  expect(output.dtype).toBe('int16')
  for (let n = 0; n < 60; n++) {
    const [a, b, c] = [n % 5, Math.floor(n / 5) % 3, Math.floor(n / 15)]
    expect(output.data[n]).toBe(image.data[2 - b + 3 * (3 - c + 4 * a)])
  }
})

test('any chain of them is one pass that copies, and comes back byte for byte', () => {
  const types = [Uint8Array, Int16Array, Float32Array, Float64Array] as const
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...orientations), { minLength: 1, maxLength: 4 }),
      fc.constantFrom(...types),
      fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })),
      (codes, type, shape: Vec3) => {
        const length = shape[0] * shape[1] * shape[2]
        const before = volume({ ...obliqueGrid(shape), data: new type(length).map((_, n) => (7 * n) % 101) })
        const steps = Compose(codes.map((to) => Reorient({ to })))
        expect(countPasses(() => run(steps, before))['spatial'] ?? 0).toBeLessThanOrEqual(1)
        const { output, trace } = run(steps, before)
        expect(output.dtype).toBe(before.dtype)
        expect([...output.data].sort((a, b) => a - b)).toEqual([...before.data].sort((a, b) => a - b))
        const back = invert(trace, output).output
        expect(back.data).toEqual(before.data)
      },
    ),
    { numRuns: 150 },
  )
})

test('each entry by its own axes, points where they were', () => {
  const subject = asymmetricSubject()
  const { output } = run(Reorient({ to: 'ILP' }), subject)
  for (const name of ['image', 'second', 'label'] as const) expect(orientationOf(output[name].affine)).toBe('ILP')
  expect(output.points).toEqual(subject.points)
})

test.each(['RAL', 'ras', 'RA', 'constructor', 3])('%s is refused', (to) => {
  expect(() => Reorient({ to: to as string })).toThrow(
    "geometry/Reorient: to must be three letters of L or R, A or P, and I or S, such as 'RAS', got",
  )
})
