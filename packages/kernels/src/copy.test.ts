import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { generator } from './arbitrary-pass.ts'
import { copyVoxels, type WholeMap } from './copy.ts'
import type { Shape, Vec3 } from './stage.ts'

const sizeOf = (shape: Shape) => shape[0] * shape[1] * shape[2]

/** Voxel by voxel, as the map says. */
function naive(
  source: Int16Array,
  shape: Shape,
  { axes, steps, start }: WholeMap,
  out: Int16Array,
  outShape: Shape,
): void {
  for (let n = 0; n < out.length; n++) {
    const index = [
      n % outShape[0],
      Math.floor(n / outShape[0]) % outShape[1],
      Math.floor(n / (outShape[0] * outShape[1])),
    ]
    const from = [...start]
    for (let axis = 0; axis < 3; axis++) from[axes[axis]!]! += steps[axis]! * index[axis]!
    if (from.every((i, axis) => i >= 0 && i < shape[axis]!))
      out[n] = source[from[0]! + shape[0] * (from[1]! + shape[1] * from[2]!)]!
  }
}

const orientations = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
].flatMap((axes) =>
  Array.from({ length: 8 }, (_, n) => ({
    axes: axes as unknown as Vec3,
    steps: [n & 1 ? -1 : 1, n & 2 ? -1 : 1, n & 4 ? -1 : 1] as const,
  })),
)

test('a flip of one row, by hand', () => {
  const out = new Uint8Array(4).fill(9)
  copyVoxels(
    Uint8Array.of(1, 2, 3),
    [3, 1, 1],
    { axes: [0, 1, 2], steps: [-1, 1, 1], start: [2, 0, 0] },
    out,
    [4, 1, 1],
  )
  expect([...out]).toEqual([3, 2, 1, 9])
})

describe.each(orientations)('axes $axes, steps $steps', ({ axes, steps }) => {
  test('is the naive copy, at any shift and for any shapes', () => {
    const size = fc.integer({ min: 1, max: 6 })
    const shift = fc.integer({ min: -8, max: 8 })
    fc.assert(
      fc.property(
        fc.tuple(size, size, size),
        fc.tuple(size, size, size),
        fc.tuple(shift, shift, shift),
        (shape, outShape, start) => {
          const draw = generator(7)
          const source = Int16Array.from({ length: sizeOf(shape) }, () => 2 * Math.floor(12000 * draw()) + 2)
          const map = { axes, steps, start }
          const out = new Int16Array(sizeOf(outShape)).fill(12345)
          const wanted = out.slice()
          copyVoxels(source, shape, map, out, outShape)
          naive(source, shape, map, wanted, outShape)
          // No voxel of the source is 0 or 12345; outside it may be either.
          expect(out.map((x) => x || 12345)).toEqual(wanted)
        },
      ),
      { numRuns: 40 },
    )
  })

  test('keeps all of a volume that is only turned', () => {
    const shape: Shape = [3, 4, 5]
    const outShape = axes.map((along) => shape[along]!) as unknown as Shape
    const start = [0, 0, 0]
    for (let axis = 0; axis < 3; axis++) start[axes[axis]!] = steps[axis]! > 0 ? 0 : shape[axes[axis]!]! - 1
    const source = Int16Array.from({ length: 60 }, (_, n) => n + 1)
    const out = new Int16Array(60)
    copyVoxels(source, shape, { axes, steps, start: start as unknown as Vec3 }, out, outShape)
    expect([...out].sort((a, b) => a - b)).toEqual([...source])
  })
})

test('NaN payloads and large numbers survive', () => {
  const source = Float64Array.of(Number.NaN, 2 ** 53, -0, 1e-320)
  const out = new Float64Array(4)
  copyVoxels(source, [2, 2, 1], { axes: [1, 0, 2], steps: [1, -1, 1], start: [1, 0, 0] }, out, [2, 2, 1])
  expect([...out]).toEqual([2 ** 53, 1e-320, Number.NaN, -0])
})
