import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ArbitraryPass, generator, passes, whole, windowsOf } from './arbitrary-pass.ts'
import { cubicIn, extended, follow, linearIn, voteIn } from './reference.ts'
import { resample, type VoxelArray } from './resample.ts'
import type { Extension, Interpolation, Matrix, Shape, Stage, Vec3, Window } from './stage.ts'

const identity: Matrix = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]
const shifted = (x: number, y = 0, z = 0): Matrix => [1, 0, 0, x, 0, 1, 0, y, 0, 0, 1, z]
const sizeOf = (shape: Shape) => shape[0] * shape[1] * shape[2]
const extensions = [undefined, 'edge', 'reflect', 'mirror', 'wrap'] as const

interface How {
  readonly interpolation: Interpolation
  readonly extension?: Extension | undefined
}

function sample<A extends VoxelArray>(source: A, stages: readonly Stage[], window: Window, how: How): A | Float32Array {
  const floats = how.interpolation === 'linear' || how.interpolation === 'cubic'
  const out = floats
    ? new Float32Array(sizeOf(window.shape))
    : new (source.constructor as new (length: number) => A)(sizeOf(window.shape))
  resample({ source, stages, window, ...how }, out)
  return out
}

const bytesOf = ({ buffer, byteOffset, byteLength }: VoxelArray) => new Uint8Array(buffer, byteOffset, byteLength)

/** A few labels in blobs: each voxel of noise in [0, 100) as one of five. */
const labels = (length: number, seed: number) => {
  const draw = generator(seed)
  return Uint8Array.from({ length }, () => [0, 3, 3, 9, 200][Math.floor(5 * draw())]!)
}
const noise = (length: number, seed: number) => {
  const draw = generator(seed)
  return Float32Array.from({ length }, () => 100 * draw())
}

function eachVoxel({ base, step, shape }: Window, visit: (n: number, index: Vec3) => void): void {
  let n = 0
  for (let k = 0; k < shape[2]; k++)
    for (let j = 0; j < shape[1]; j++)
      for (let i = 0; i < shape[0]; i++)
        visit(n++, [base[0] + step[0] * i, base[1] + step[1] * j, base[2] + step[2] * k])
}

/** What the reference has for one voxel; undefined where it is too near to a decision to say. */
function expected(
  { stages, source: shape }: ArbitraryPass,
  source: ArrayLike<number>,
  index: Vec3,
  { interpolation, extension }: How,
): number | undefined {
  const fill = stages.at(-1)!.fill
  const free = extension ? 'everywhere' : interpolation === 'vote' ? 'inside' : 'none'
  const { place, leaves, margin } = follow(stages, index, free)
  if (margin < 2e-6) return undefined
  if (!place) return stages[leaves!]!.fill
  const at = extended(
    source,
    shape,
    extension ?? (interpolation === 'vote' ? fill : interpolation === 'cubic' ? 'mirror' : 'edge'),
  )
  if (interpolation === 'linear') return linearIn(at, place)
  if (interpolation === 'cubic') return cubicIn(at, place)
  if (interpolation === 'vote') return voteIn(at, place)
  const tie = place.some((x) => Math.abs(x - Math.floor(x) - 0.5) < 2e-6)
  return tie ? undefined : at(place.map((x) => Math.floor(x + 0.5)) as unknown as Vec3)
}

// Positions err by 1e-6 voxel along each axis, float32 sums by a few ulp; a cubic spline's slope and coefficients are some
// five times those of noise in [0, 100) itself.
const tolerances = { nearest: 0, vote: 0, linear: 100 * (3e-6 + 2 ** -20), cubic: 5 * 100 * (3e-6 + 2 ** -20) }

describe.each(['nearest', 'linear', 'vote', 'cubic'] as const)(
  '%s against the reference, on any stages',
  (interpolation) => {
    test.each(extensions)('beyond the source: %s', (extension) => {
      const how = { interpolation, extension }
      const known = interpolation === 'vote' || interpolation === 'nearest'
      let compared = 0
      fc.assert(
        fc.property(passes, (given) => {
          // Labels take fills that a byte holds.
          const pass = known
            ? { ...given, stages: given.stages.map((stage) => ({ ...stage, fill: Math.abs(stage.fill) })) }
            : given
          const source = (known ? labels : noise)(sizeOf(pass.source), pass.seed)
          const out = sample(source, pass.stages, whole(pass.grid), how)
          const wrong: unknown[] = []
          eachVoxel(whole(pass.grid), (n, index) => {
            // The reference takes some thousand products a voxel for a spline.
            if (interpolation === 'cubic' && n % 7 > 0) return
            const wanted = expected(pass, source, index, how)
            if (wanted === undefined) return
            compared++
            if (!(Math.abs(out[n]! - wanted) <= tolerances[interpolation])) wrong.push([index, out[n], wanted])
          })
          expect(wrong).toEqual([])
        }),
        { numRuns: interpolation === 'cubic' ? 20 : 100 },
      )
      expect(compared).toBeGreaterThan(150)
    })

    test('a part of a pass, walked forwards or backwards, has the whole’s very bits', () => {
      const drawn = passes.chain((pass) => windowsOf(pass.grid).map((window) => ({ pass, window })))
      fc.assert(
        fc.property(drawn, fc.constantFrom(...extensions), ({ pass, window }, extension) => {
          const source = noise(sizeOf(pass.source), pass.seed)
          const how = { interpolation, extension }
          const all = sample(source, pass.stages, whole(pass.grid), how)
          const out = sample(source, pass.stages, window, how)
          const wanted = new Float32Array(out.length)
          eachVoxel(window, (n, [i, j, k]) => {
            wanted[n] = all[i + pass.grid[0] * (j + pass.grid[1] * k)]!
          })
          expect(bytesOf(out)).toEqual(bytesOf(wanted))
        }),
        { numRuns: 200 },
      )
    })
  },
)

describe('extensions by hand', () => {
  const row = Float32Array.of(10, 20, 40)
  const along = (extension: Extension, interpolation: Interpolation, shift: number) => [
    ...sample(row, [{ matrix: shifted(shift), box: [3, 1, 1], fill: -1 }], whole([9, 1, 1]), {
      interpolation,
      extension,
    }),
  ]
  test('as numpy.pad and scipy.ndimage have them', () => {
    expect(along('edge', 'nearest', -3)).toEqual([10, 10, 10, 10, 20, 40, 40, 40, 40])
    expect(along('reflect', 'nearest', -3)).toEqual([40, 20, 10, 10, 20, 40, 40, 20, 10])
    expect(along('mirror', 'nearest', -3)).toEqual([20, 40, 20, 10, 20, 40, 20, 10, 20])
    expect(along('wrap', 'nearest', -3)).toEqual([10, 20, 40, 10, 20, 40, 10, 20, 40])
  })
  test('between voxels, what is beyond counts', () => {
    expect(along('edge', 'linear', -3.5)).toEqual([10, 10, 10, 10, 15, 30, 40, 40, 40])
    expect(along('reflect', 'linear', -3.5)).toEqual([40, 30, 15, 10, 15, 30, 40, 30, 15])
    expect(along('mirror', 'linear', -3.5)).toEqual([15, 30, 30, 15, 15, 30, 30, 15, 15])
    expect(along('wrap', 'linear', -3.5)).toEqual([25, 15, 30, 25, 15, 30, 25, 15, 30])
  })
  test('one voxel goes on for ever', () => {
    const one = Float32Array.of(7)
    for (const extension of ['edge', 'reflect', 'mirror', 'wrap'] as const) {
      for (const interpolation of ['nearest', 'linear', 'cubic', 'vote'] as const) {
        const stages = [{ matrix: shifted(-1.3, 0.4, 2.5), box: [1, 1, 1], fill: -1 }] as const
        const out = sample(one, stages, whole([3, 2, 2]), { interpolation, extension })
        for (const value of out) expect(value).toBeCloseTo(7, 5)
      }
    }
  })
})

describe('cubic by hand', () => {
  const cubic = (source: Float32Array, shape: Shape, matrix: Matrix, grid: Shape) =>
    sample(source, [{ matrix, box: shape, fill: -1 }], whole(grid), { interpolation: 'cubic' })

  test('passes through the voxels', () => {
    const shape: Shape = [7, 6, 5]
    const source = noise(sizeOf(shape), 8)
    const out = cubic(source, shape, identity, shape)
    // 7 sums of float32 whose terms are some times as large as the voxels.
    for (const [n, value] of source.entries()) expect(Math.abs(out[n]! - value)).toBeLessThan(1e-4)
  })
  test('a parabola far from the ends is one between voxels too', () => {
    const source = Float32Array.from({ length: 60 }, (_, x) => x * x)
    const out = cubic(source, [60, 1, 1], shifted(0.25), [59, 1, 1])
    for (let x = 20; x < 40; x++) expect(out[x]!).toBeCloseTo((x + 0.25) ** 2, 2)
  })
  test('no voxel is a blend with the fill', () => {
    const source = new Float32Array(125).fill(5)
    const stages = [{ matrix: shifted(-0.4, 0.3, -0.2), box: [5, 5, 5], fill: 1e30 }] as const
    for (const value of sample(source, stages, whole([5, 5, 5]), { interpolation: 'cubic' }))
      expect(value).toBeCloseTo(5, 5)
  })
})

describe('vote by hand', () => {
  const vote = <A extends VoxelArray>(source: A, shift: readonly number[], fill = 0) =>
    sample(source, [{ matrix: shifted(shift[0]!, shift[1], shift[2]), box: [2, 2, 2], fill }], whole([1, 1, 1]), {
      interpolation: 'vote',
    })[0]
  const cube = (...values: readonly number[]) => Int16Array.from(values)

  test('the largest weight wins, though it is shared by several voxels', () => {
    // The nearest voxel's 5 has weight 0.6³ = 0.216; the 3s next to it 3 · 0.144.
    expect(vote(cube(5, 3, 3, 8, 3, 7, 6, 9), [0.4, 0.4, 0.4])).toBe(3)
    expect(vote(cube(5, 3, 8, 7, 2, 6, 9, 4), [0.4, 0.4, 0.4])).toBe(5)
  })
  test('a tie goes to the nearest voxel’s label, then to the smaller', () => {
    expect(vote(cube(4, 2, 4, 2, 4, 2, 4, 2), [0.5, 0, 0])).toBe(2)
    expect(vote(cube(2, 4, 2, 4, 2, 4, 2, 4), [0.5, 0, 0])).toBe(4)
    // The nearest voxel's 9 has 0.1875; the two others 0.25 each.
    const tied = [0.5, 0.5, 0.25] as const
    expect(vote(cube(4, 3, 7, 9, 4, 3, 8, 6), tied)).toBe(3)
    expect(vote(cube(-3, -4, 7, 9, -3, -4, 8, 6), tied)).toBe(-4)
    expect(vote(Uint16Array.of(4, 40_000, 7, 9, 4, 40_000, 8, 6), tied)).toBe(4)
    expect(vote(Float32Array.of(-3, -4, 7, 9, -3, -4, 8, 6), tied)).toBe(-4)
    expect(vote(Float64Array.of(1.5, -4, 7, 9, 1.5, -4, 8, 6), tied)).toBe(-4)
    expect(vote(Float32Array.of(2.5, 1.5, 7, 9, 2.5, 1.5, 8, 6), tied)).toBe(1.5)
  })
  test('what is outside counts as the fill', () => {
    expect(vote(cube(1, 1, 1, 1, 1, 1, 1, 1), [-0.4, 0, 0], 6)).toBe(1)
    expect(vote(cube(1, 1, 1, 1, 1, 1, 1, 1), [-0.4, -0.4, 0], 6)).toBe(6)
    expect(vote(cube(1, 1, 1, 1, 1, 1, 1, 1), [-0.6, 0, 0], 6)).toBe(6)
  })
})
