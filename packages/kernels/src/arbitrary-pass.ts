import fc from 'fast-check'
import type { Field, Lattice, Matrix, Shape, Stage, Vec3, Window } from './stage.ts'

// Random passes for the tests of this package: odd shapes, axes of one voxel, maps of every kind, lattices both ways.

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true, noDefaultInfinity: true })
const three = <T>(one: fc.Arbitrary<T>) => fc.tuple(one, one, one)

export const shapes: fc.Arbitrary<Shape> = three(
  fc.oneof({ weight: 1, arbitrary: fc.constant(1) }, { weight: 5, arbitrary: fc.integer({ min: 2, max: 12 }) }),
)

const orders: readonly Vec3[] = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
]

/** A box that an index is mapped out of, and the one it is mapped into. */
type Between = readonly [from: Shape, to: Shape]

/** Axes in some order and direction, with more or less of a turn and a scale, from centre to centre and then `shift` away. */
function mapOf([from, to]: Between, order: Vec3, signs: Vec3, rest: readonly number[], shift: Vec3): Matrix {
  const linear = Array.from(
    { length: 9 },
    (_, n) => (order[Math.floor(n / 3)] === n % 3 ? signs[n % 3]! : 0) + rest[n]!,
  )
  return [0, 1, 2].flatMap((row) => {
    const [a, b, c] = linear.slice(3 * row, 3 * row + 3) as [number, number, number]
    const center = a * ((from[0] - 1) / 2) + b * ((from[1] - 1) / 2) + c * ((from[2] - 1) / 2)
    return [a, b, c, (to[row]! - 1) / 2 - center + shift[row]!]
  })
}

const still = new Array<number>(9).fill(0)
const common = [fc.constantFrom(...orders), three(fc.constantFrom(-1, 1))] as const

const turned = (between: Between) =>
  fc
    .tuple(...common, fc.array(number(-0.4, 0.4), { minLength: 9, maxLength: 9 }), three(number(-2, 2)))
    .map(([order, signs, rest, shift]) => mapOf(between, order, signs, rest, shift))

/** Scaled axes, perhaps turned about z: maps that keep planes, or lines, parallel. */
const zoomed = (between: Between) =>
  fc
    .tuple(three(number(0.3, 1.7)), number(-0.6, 0.6), fc.boolean(), three(number(-1.5, 1.5)), fc.boolean())
    .map(([scale, turn, turns, shift, whole]) => {
      const rest = [
        scale[0] - 1,
        turns ? turn : 0,
        0,
        turns ? -turn : 0,
        scale[1] - 1,
        0,
        0,
        0,
        whole ? 0 : scale[2] - 1,
      ]
      const [x, y, z] = shift
      const map = mapOf(between, [0, 1, 2], [1, 1, 1], rest, [x, y, whole ? 0 : z])
      return whole ? map.map((value, n) => (n === 11 ? Math.round(value + z) : value)) : map
    })

/** Steps by whole and by half voxels, on the edge of a box or hardly beside it. */
const onEdges = (between: Between) =>
  fc
    .tuple(
      ...common,
      three(fc.constantFrom(-3, -1, -0.5, 0, 0.5, 1, 2)),
      three(fc.constantFrom(0, 0, 1e-7, -1e-7, 4e-5, -6e-5, 1.5e-4, -2.5e-4)),
    )
    .map(([order, signs, shift, beside]) =>
      mapOf(between, order, signs, still, shift.map((x, axis) => x + beside[axis]!) as unknown as Vec3),
    )

function lattices(over: Shape, inverse: boolean): fc.Arbitrary<Lattice> {
  return fc
    .tuple(
      three(fc.integer({ min: 1, max: 4 })),
      fc.integer({ min: 0, max: 2 ** 31 - 1 }),
      three(number(-2, 2)),
      fc.array(number(-0.08, 0.08), { minLength: 9, maxLength: 9 }),
      number(0.01, inverse ? 0.08 : 1.5),
    )
    .map(([free, seed, shift, turn, most]) => {
      const shape = free.map((m) => m + 6) as unknown as Shape
      const nodes = new Float64Array(4 * shape[0] * shape[1] * shape[2])
      const draw = generator(seed)
      for (let n = 0; n < nodes.length / 4; n++) {
        const index = [n % shape[0], Math.floor(n / shape[0]) % shape[1], Math.floor(n / (shape[0] * shape[1]))]
        if (index.some((i, axis) => i < 3 || i >= shape[axis]! - 3)) continue
        for (let axis = 0; axis < 3; axis++) nodes[4 * n + axis] = most * (2 * draw() - 1)
      }
      const toDisplacement = [0, 1, 2].flatMap((row) => {
        const scale = Math.min(1, (free[row]! + 2) / over[row]!)
        const parts = [0, 1, 2].map((column) => turn[3 * row + column]! + (row === column ? scale : 0))
        const middle = parts.reduce((sum, part, axis) => sum + (part * (over[axis]! - 1)) / 2, 0)
        return [...parts, (shape[row]! - 1) / 2 - middle + shift[row]!]
      })
      return { shape, nodes, toDisplacement, inverse }
    })
}

/** A dense field over about the same box, of up to a voxel. */
function fields(over: Shape, inverse: boolean): fc.Arbitrary<Field> {
  return fc
    .tuple(
      shapes,
      fc.integer({ min: 0, max: 2 ** 31 - 1 }),
      fc.array(number(-0.2, 0.2), { minLength: 9, maxLength: 9 }),
    )
    .map(([shape, seed, turn]) => {
      const draw = generator(seed)
      const most = inverse ? 0.1 : 1
      return {
        shape,
        millimetres: Float32Array.from({ length: 3 * shape[0] * shape[1] * shape[2] }, () => most * (2 * draw() - 1)),
        onward: turn.map((x, n) => x + (n % 4 === 0 ? 1 : 0)),
        toDisplacement: mapOf([over, shape], [0, 1, 2], [1, 1, 1], turn, [0.3, -0.2, 0.1]),
        inverse,
      }
    })
}

/** One to four stages from a first grid to a source. */
export interface ArbitraryPass {
  readonly stages: readonly Stage[]
  readonly grid: Shape
  readonly source: Shape
  readonly seed: number
}

export const passes: fc.Arbitrary<ArbitraryPass> = fc
  .tuple(fc.array(shapes, { minLength: 2, maxLength: 5 }), fc.integer({ min: 0, max: 2 ** 31 - 1 }))
  .chain(([grids, seed]) => {
    const stages = grids.slice(1).map((to, n): fc.Arbitrary<Stage> => {
      const from = grids[n]!
      const last = n === grids.length - 2
      const none = fc.constant(undefined)
      return fc
        .record({
          matrix: fc.oneof(turned([from, to]), onEdges([from, to]), zoomed([from, to])),
          displacement: fc.oneof(
            { weight: 5, arbitrary: none },
            lattices(from, false),
            lattices(to, true),
            fields(from, false),
            fields(to, true),
          ),
          bounded: last ? fc.constant(true) : fc.boolean(),
          fill: fc.constantFrom(-3, -3, 7, 11, 100 + n),
        })
        .map(({ matrix, displacement, bounded, fill }) => ({
          matrix,
          ...(displacement && { displacement }),
          box: bounded ? to : ([0, 0, 0] as const),
          fill,
        }))
    })
    return fc
      .tuple(...stages)
      .map((drawn): ArbitraryPass => ({ stages: drawn, grid: grids[0]!, source: grids.at(-1)!, seed }))
  })

/** A part of a grid, forwards or backwards along each axis. */
export const windowsOf = (grid: Shape): fc.Arbitrary<Window> =>
  fc
    .tuple(
      ...grid.map((n) => fc.tuple(fc.integer({ min: 0, max: n - 1 }), fc.integer({ min: 1, max: n }), fc.boolean())),
    )
    .map((axes) => {
      const part = axes.map(([first, count, back], axis) => {
        const size = Math.min(count, grid[axis]! - first)
        return back ? [first + size - 1, -1, size] : [first, 1, size]
      })
      const [base, step, shape] = [0, 1, 2].map((n) => part.map((one) => one[n]!) as unknown as Vec3)
      return { base: base!, step: step!, shape: shape! }
    })

export const whole = (shape: Shape): Window => ({ base: [0, 0, 0], step: [1, 1, 1], shape })

/** Numbers in [0, 1), the same on each run (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
