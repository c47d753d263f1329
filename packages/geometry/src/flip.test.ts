import {
  type Grid,
  type Affine as Matrix,
  orientationOf,
  points,
  run,
  transformPoint,
  type Vec3,
  volume,
} from '@voxaug/core'
import { asymmetricSubject, contract, obliqueGrid, worldRamp } from '@voxaug/core/testing'
import { describe, expect, test } from 'vitest'
import { Flip } from './flip.ts'

describe('the contract', () => {
  for (const { name, check } of contract(Flip, {
    options: { axes: ['left-right', 'z'], probability: 0.5 },
    random: true,
    identity: { axes: ['x'], probability: 0 },
    bad: [{ axes: [] }, { axes: ['x', 'x'] }, { axes: ['up'] }, { axes: 'x' }, { axes: ['x'], probability: 1.5 }],
  }))
    test(name, check)
})

const numbered = (affine: Matrix) =>
  volume({ data: Uint16Array.from({ length: 60 }, (_, n) => 1000 + n), shape: [3, 4, 5], affine })
const plain: Matrix = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]

test('by hand: x backwards, on the same grid and in the same type', () => {
  const image = volume({ data: Int16Array.of(1, 2, 3, 4, 5, 6), shape: [3, 2, 1], affine: plain })
  const { output } = run(Flip({ axes: ['x'] }), image, { seed: 1 })
  expect(output.data).toEqual(Int16Array.of(3, 2, 1, 6, 5, 4))
  expect(output.affine).toEqual(image.affine)
})

/** Which voxel axes are backwards in an output: those along which the first voxel is not the first. */
function flipped(grid: Matrix, axes: readonly string[]): string {
  const { data } = run(Flip({ axes: axes as ['x'] }), numbered(grid), { seed: 1 }).output
  const first = data[0]! - 1000
  const index = [first % 3, Math.floor(first / 3) % 4, Math.floor(first / 12)]
  expect(data.every((value, n) => value - 1000 === mirrored(n, index))).toBe(true)
  return ['x', 'y', 'z'].filter((_, axis) => index[axis]! > 0).join('')
}

/** The voxel that lies at n where the axes whose first voxel is not 0 run backwards. */
function mirrored(n: number, first: readonly number[]): number {
  const [i, j, k] = [n % 3, Math.floor(n / 3) % 4, Math.floor(n / 12)].map((x, axis) =>
    first[axis]! > 0 ? first[axis]! - x : x,
  )
  return i! + 3 * (j! + 4 * k!)
}

/** A grid of an orientation, such as LPI. */
function oriented(letters: string, turn: Matrix = plain): Matrix {
  const columns = [...letters].map((letter, axis) => {
    const world = ['LR', 'PA', 'IS'].findIndex((pair) => pair.includes(letter))
    return [0, 1, 2].map((row) => (row === world ? ('RAS'.includes(letter) ? 1 : -1) * [1.3, 1, 1.7][axis]! : 0))
  })
  const at = (row: number, column: number) =>
    [0, 1, 2].reduce((sum, n) => sum + turn[4 * row + n]! * columns[column]![n]!, 0)
  return [0, 1, 2].flatMap((row) => [at(row, 0), at(row, 1), at(row, 2), [-90, 30, 1000][row]!]).concat([0, 0, 0, 1])
}

describe.each([
  ['RAS', 'x', 'y', 'z'],
  ['LAS', 'x', 'y', 'z'],
  ['LPI', 'x', 'y', 'z'],
  ['PIR', 'z', 'x', 'y'],
  ['SLA', 'y', 'z', 'x'],
  ['ASL', 'z', 'x', 'y'],
])('on %s axes', (letters, leftRight, anteriorPosterior, inferiorSuperior) => {
  const oblique = obliqueGrid().affine.map((x, n) => (n % 4 === 0 ? x / 1.3 : n % 4 === 2 ? x / 1.7 : x))
  test.each([
    ['straight', plain],
    ['oblique', oblique],
  ])('each name means an axis: %s', (_, turn) => {
    const grid = oriented(letters, turn as Matrix)
    expect(orientationOf(grid)).toBe(letters)
    expect(flipped(grid, ['left-right'])).toBe(leftRight)
    expect(flipped(grid, ['anterior-posterior'])).toBe(anteriorPosterior)
    expect(flipped(grid, ['inferior-superior'])).toBe(inferiorSuperior)
    for (const axis of ['x', 'y', 'z']) expect(flipped(grid, [axis])).toBe(axis)
    expect(flipped(grid, ['z', 'y'])).toBe('yz')
  })
})

test('probability is for each axis on its own, and recorded', () => {
  const image = numbered(plain)
  const counts: Record<string, number> = {}
  for (let seed = 0; seed < 400; seed++) {
    const drawn = run(Flip({ axes: ['x', 'z'], probability: 0.3 }), image, { seed }).trace.steps[0]!.params['axes']
    counts[String(drawn)] = (counts[String(drawn)] ?? 0) + 1
  }
  // 400 · (0.7², 0.3 · 0.7, 0.7 · 0.3, 0.3²), each to four standard deviations.
  expect(Math.abs(counts['']! - 196)).toBeLessThan(40)
  expect(Math.abs(counts['x']! - 84)).toBeLessThan(33)
  expect(Math.abs(counts['z']! - 84)).toBeLessThan(33)
  expect(Math.abs(counts['x,z']! - 36)).toBeLessThan(23)
})

test('points and entries on other grids are mirrored in the frame’s middle plane', () => {
  const frame = obliqueGrid()
  const other: Grid = obliqueGrid([11, 30, 9], [2, 1.1, 2.3], [-14, -17, 3])
  const p: Vec3 = transformPoint(frame.affine, [4, 7, 11])
  const { output } = run(
    Flip({ axes: ['x'] }),
    { image: worldRamp(frame), other: worldRamp(other), p: points([p]) },
    { seed: 1 },
  )
  const [q] = output.p.positions
  for (const [axis, x] of transformPoint(frame.affine, [19 - 4, 7, 11]).entries()) expect(q![axis]).toBeCloseTo(x, 10)
  // What lies at the mirrored place is what was here, on whichever grid one looks.
  const size = 11 * 30 * 9
  const n = 5 + 11 * (13 + 30 * 4)
  const here = transformPoint(other.affine, [5, 13, 4])
  const [i, j, k] = indexIn(frame, here)
  const mirror = transformPoint(frame.affine, [19 - i, j, k])
  for (const axis of [0, 1, 2] as const) expect(output.other.data[n + axis * size]).toBeCloseTo(mirror[axis], 4)
})

function indexIn({ affine }: Grid, p: Vec3): Vec3 {
  // The grid is a rotation times spacings: its inverse is the transpose over their squares.
  const d = p.map((x, row) => x - affine[4 * row + 3]!)
  return [0, 1, 2].map((axis) => {
    const column = [affine[axis]!, affine[axis + 4]!, affine[axis + 8]!]
    const squared = column.reduce((sum, x) => sum + x * x, 0)
    return column.reduce((sum, x, row) => sum + x * d[row]!, 0) / squared
  }) as unknown as Vec3
}

test('two names for one axis', () => {
  expect(() =>
    run(Flip({ axes: ['x', 'left-right'] }), asymmetricSubject(), { seed: 1 }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[VoxaugError: geometry/Flip: axes must name each axis once, got x, left-right on RAS axes.]`,
  )
})
