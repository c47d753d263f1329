import {
  Compose,
  inverse,
  multiply,
  run,
  shiftOrigin,
  type Transform,
  transformPoint,
  type Vec3,
  type Volume,
  volume,
} from '@voxaug/core'
import { describe, expect, test } from 'vitest'
import { displacementAt } from './displacement.ts'
import { boxStep, gridStep, noiseAt, warpStep, waves } from './test-steps.ts'
import { affineWarp, composeWarps, inverseWarp, type LatticePart, type Warp } from './warp.ts'

/** Noise on an oblique grid whose first voxel is more than a metre from the world's origin. */
function noise(shape: Vec3): Volume {
  // biome-ignore format: rows of a matrix
  const affine = [
    0.78, -0.11, 0.03, -1003.7,
    0.12, 0.83, -0.2, 811.3,
    -0.01, 0.17, 0.97, 1420.9,
    0, 0, 0, 1,
  ]
  const data = new Float32Array(shape[0] * shape[1] * shape[2])
  for (let n = 0; n < data.length; n++) data[n] = noiseAt(11, n)
  return volume({ data, shape, affine })
}

const bytesOf = ({ data }: Volume) => Buffer.from(data.buffer, data.byteOffset, data.byteLength)

/** A few degrees about a point of the world near the grid's centre, and a little larger. */
function turn({ shape, affine }: Volume): Warp {
  const [x, y, z] = transformPoint(affine, [(shape[0] - 1) / 2, (shape[1] - 1) / 2, (shape[2] - 1) / 2])
  const linear = [1.02, -0.07, 0.01, 0.068, 1.01, 0.03, -0.012, -0.028, 1.03]
  const shift = (row: number, c: number) => c - (linear[row]! * x + linear[row + 1]! * y + linear[row + 2]! * z)
  return affineWarp([
    [...linear.slice(0, 3), shift(0, x) + 1.234],
    [...linear.slice(3, 6), shift(3, y) - 0.777],
    [...linear.slice(6, 9), shift(6, z) + 0.1],
    [0, 0, 0, 1],
  ])
}

function bend({ shape, affine }: Volume, mostMm: number): Warp {
  const corners = Array.from({ length: 8 }, (_, n) =>
    transformPoint(affine, [n & 1 ? shape[0] : -1, n & 2 ? shape[1] : -1, n & 4 ? shape[2] : -1]),
  )
  const ends = (pick: (...values: number[]) => number) =>
    [0, 1, 2].map((axis) => pick(...corners.map((corner) => corner[axis]!))) as unknown as Vec3
  return waves(5, mostMm, ends(Math.min), ends(Math.max))
}

/** The voxels of a box, as a copy. */
function cut({ data, shape: [nx, ny] }: Volume, [x, y, z]: Vec3, [mx, my, mz]: Vec3): Float32Array {
  const out = new Float32Array(mx * my * mz)
  for (let k = 0; k < mz; k++)
    for (let j = 0; j < my; j++) {
      const from = x + nx * (y + j + ny * (z + k))
      out.set(data.subarray(from, from + mx), mx * (j + my * k))
    }
  return out
}

const after = (image: Volume, ...steps: readonly Transform[]) => run(Compose(steps), image, { seed: 1 }).output

const kinds: readonly (readonly [string, (image: Volume) => Warp])[] = [
  ['affine', turn],
  ['elastic', (image) => bend(image, 4)],
  ['elastic, then affine', (image) => composeWarps(bend(image, 3), turn(image))],
  ['affine, then elastic', (image) => composeWarps(turn(image), bend(image, 3))],
  ['the inverse of elastic', (image) => inverseWarp(bend(image, 2))],
  ['elastic twice', (image) => composeWarps(bend(image, 2), turn(image), bend(image, 2))],
]

describe.each(kinds)('a crop of a warp has the warp’s very bits: %s', (_, warpOf) => {
  test('on a small volume, also turned about and cut anew', () => {
    const image = noise([41, 33, 29])
    const step = () => warpStep(warpOf(image))
    const whole = after(image, step())
    const [start, shape] = [[7, 5, 3] as const, [19, 21, 17] as const]
    const cropped = after(image, step(), boxStep([3, 4, 2], [30, 26, 24]), boxStep([4, 1, 1], shape))
    expect(bytesOf(cropped)).toEqual(Buffer.from(cut(whole, start, shape).buffer))
    const flipped = after(
      image,
      step(),
      boxStep(start, shape),
      gridStep(({ grid }) => ({
        shape: grid.shape,
        affine: multiply(shiftOrigin(grid.affine, [18, 0, 16]), [-1, 0, 0, 0, 0, 1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 1]),
      })),
    )
    const wanted = cut(whole, start, shape)
    for (let n = 0; n < wanted.length; n++) {
      const [i, j, k] = [n % 19, Math.floor(n / 19) % 21, Math.floor(n / (19 * 21))]
      if (flipped.data[n] !== wanted[18 - i + 19 * (j + 21 * (16 - k))]) expect.fail(`voxel ${i}, ${j}, ${k} differs`)
    }
  })
})

describe.each([
  [400, 400, 24],
  [24, 40, 400],
] as const)('at %i × %i × %i voxels', (...shape) => {
  const image = noise(shape)
  test.each(kinds.slice(0, 4))('%s', (_, warpOf) => {
    const step = warpStep(warpOf(image))
    const whole = after(image, step)
    const start = shape.map((n) => Math.floor(n / 3)) as unknown as Vec3
    const size = shape.map((n) => Math.floor(n / 2)) as unknown as Vec3
    const cropped = after(image, step, boxStep(start, size))
    expect(bytesOf(cropped).equals(Buffer.from(cut(whole, start, size).buffer))).toBe(true)
  })
})

test.each([0, 1, 2] as const)(
  'positions err by less than 1e-6 voxel at 512 voxels along axis %i, metres from the origin',
  (axis) => {
    // 0, 1, 0, 1 … along the axis: between voxels the value is the position’s fraction, or 1 less it.
    const shape = [20, 20, 20].map((n, other) => (other === axis ? 512 : n)) as unknown as Vec3
    const like = noise(shape)
    const data = new Float32Array(like.data.length)
    const strides = [1, shape[0], shape[0] * shape[1]]
    for (let n = 0; n < data.length; n++) data[n] = (Math.floor(n / strides[axis]!) % shape[axis]!) & 1
    const image = volume({ data, shape, affine: like.affine })
    for (const warp of [turnLittle(image), bend(image, 3), composeWarps(bend(image, 2), turnLittle(image))]) {
      const out = after(image, warpStep(warp))
      let worst = 0
      let compared = 0
      for (let n = 0; n < data.length; n += 97) {
        const index = strides.map((stride, other) => Math.floor(n / stride) % shape[other]!) as unknown as Vec3
        const p = transformPoint(image.affine, index)
        // The warp’s parts, last first: each says where the point came from, in float64.
        const from = warp.toReversed().reduce<Vec3>((q, part) => {
          if (part.type === 'affine') return transformPoint(inverse(part.matrix), q)
          return q.map((x, n) => x + displacementAt(part as LatticePart, q)[n]!) as unknown as Vec3
        }, p)
        const at = transformPoint(inverse(image.affine), from)
        if (at.some((x, other) => x < 0.01 || x > shape[other]! - 1.01)) continue
        compared++
        const t = at[axis] % 2
        worst = Math.max(worst, Math.abs(out.data[n]! - (t < 1 ? t : 2 - t)))
      }
      expect(compared).toBeGreaterThan(500)
      expect(worst).toBeLessThan(1e-6)
    }
  },
)

/** As `turn`, but so little that a long volume stays within itself. */
function turnLittle({ shape, affine }: Volume): Warp {
  const [x, y, z] = transformPoint(affine, [(shape[0] - 1) / 2, (shape[1] - 1) / 2, (shape[2] - 1) / 2])
  const linear = [1.011, -0.007, 0.001, 0.0068, 0.993, 0.003, -0.0012, -0.0028, 1.003]
  const shift = (row: number, c: number) => c + 0.3 - (linear[row]! * x + linear[row + 1]! * y + linear[row + 2]! * z)
  return affineWarp([
    [...linear.slice(0, 3), shift(0, x)],
    [...linear.slice(3, 6), shift(3, y)],
    [...linear.slice(6, 9), shift(6, z)],
    [0, 0, 0, 1],
  ])
}
