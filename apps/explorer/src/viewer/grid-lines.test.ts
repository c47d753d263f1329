import { type Affine, inverse, type Shape, transformPoint, type Vec3, voxelsOf } from '@voxaug/core'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Deformation } from '../engine/deformation.ts'
import { drawGridLines } from './grid-lines.ts'
import type { Panel } from './voxel-view.ts'

beforeEach(() => void vi.stubGlobal('devicePixelRatio', 2))
afterEach(() => void vi.unstubAllGlobals())

type Point = readonly [x: number, y: number]
type Piece = readonly [from: Point, to: Point]

/** A context that keeps the pieces of each path that was stroked. */
function recorder() {
  const paths: Piece[][] = []
  let [path, at]: [Piece[], Point | undefined] = [[], undefined]
  const context = {
    lineWidth: 0,
    strokeStyle: '',
    beginPath: () => {
      path = []
    },
    moveTo: (x: number, y: number) => {
      at = [x, y]
    },
    lineTo: (x: number, y: number) => void path.push([at!, [x, y]]),
    stroke: () => void paths.push([...path]),
  }
  return { context: context as unknown as CanvasRenderingContext2D, paths }
}

// About 120 mm along each axis, tilted.
const shape: Shape = [25, 31, 21]
const affine: Affine = [5, 0.3, 0, -60, -0.2, 4, 0.1, -55, 0, 0.2, 6, -62, 0, 0, 0, 1]

/** A deformation that says where each of its places was. */
function deformation(from: (mm: Vec3, n: number) => readonly number[], on: Shape = shape): Deformation {
  const [nx, ny] = on
  const size = voxelsOf(on)
  const data = new Float32Array(3 * size)
  for (let n = 0; n < size; n++) {
    const was = from(transformPoint(affine, [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))]), n)
    for (const [axis, x] of was.entries()) data[n + axis * size] = x
  }
  return { shape: on, toIndex: inverse(affine), data }
}
const identity = deformation((mm) => mm)

/** A panel on which a pixel is 0.4 mm across and 0.3 mm down, away from round places. */
const [left, top, width, height] = [12, 34, 203, 157]
const across = (x: number) => 0.4 * (x - left) - 37.3
const up = (y: number) => 21.9 - 0.3 * (y - top)
const panel = (through: 0 | 1 | 2, depth = 3.1): Panel => ({
  left,
  top,
  width,
  height,
  through,
  mmAt: (x, y) => {
    const [a, b] = [across(x), up(y)]
    return through === 2 ? [a, b, depth] : through === 1 ? [a, depth, b] : [depth, a, b]
  },
})

const isAt = (x: number, level: number) => Math.abs(x - level) < 1e-4
/** Multiples of 10 between two ends, less `shift`. */
const tens = (low: number, high: number, shift = 0) =>
  Array.from({ length: 41 }, (_, n) => 10 * (n - 20) - shift).filter((x) => x > low && x < high)

/** The pieces that lie along a line across or down the panel, and the rest. */
function sorted(pieces: readonly Piece[], shift: readonly [number, number] = [0, 0]) {
  const found = new Map<string, number>()
  const rest: Piece[] = []
  const columns = tens(across(left + 0.5), across(left + width - 0.5), shift[0])
  const rows = tens(up(top + height - 0.5), up(top + 0.5), shift[1])
  for (const piece of pieces) {
    const [[ax, ay], [bx, by]] = piece
    const column = columns.find((mm) => isAt(across(ax), mm) && isAt(across(bx), mm))
    const row = rows.find((mm) => isAt(up(ay), mm) && isAt(up(by), mm))
    if (column === undefined && row === undefined) rest.push(piece)
    const name = column !== undefined ? `x ${column}` : `y ${row}`
    found.set(name, (found.get(name) ?? 0) + Math.hypot(bx - ax, by - ay))
  }
  return { found, rest, columns, rows }
}

describe('of what nothing moved', () => {
  test.each([0, 1, 2] as const)('lines are straight, 10 mm apart and whole, on a panel through axis %i', (through) => {
    const { context, paths } = recorder()
    drawGridLines(context, [panel(through)], identity)
    expect(paths.length).toBe(1)
    const { found, rest, columns, rows } = sorted(paths[0]!)
    expect(rest).toEqual([])
    expect([columns.length, rows.length]).toEqual([8, 5])
    expect([...found.keys()].sort()).toEqual([...columns.map((mm) => `x ${mm}`), ...rows.map((mm) => `y ${mm}`)].sort())
    // From the middle of the first pixel to that of the last.
    for (const mm of columns) expect(found.get(`x ${mm}`)).toBeCloseTo(height - 1, 3)
    for (const mm of rows) expect(found.get(`y ${mm}`)).toBeCloseTo(width - 1, 3)
  })

  test('each panel has a path of its own', () => {
    const { context, paths } = recorder()
    drawGridLines(context, [panel(0), panel(2)], identity)
    const alone = recorder()
    drawGridLines(alone.context, [panel(2)], identity)
    expect(paths[0]).not.toEqual([])
    expect(paths[1]).toEqual(alone.paths[0])
  })

  test('lines are a pixel of the page wide', () => {
    const { context } = recorder()
    drawGridLines(context, [], identity)
    expect(context.lineWidth).toBe(2)
    vi.stubGlobal('devicePixelRatio', 0.5)
    drawGridLines(context, [], identity)
    expect(context.lineWidth).toBe(1)
  })
})

describe('of what moved', () => {
  test('lines moved with it', () => {
    const { context, paths } = recorder()
    drawGridLines(
      context,
      [panel(1)],
      deformation(([x, y, z]) => [x + 3, y + 5, z - 4]),
    )
    const { found, rest, columns, rows } = sorted(paths[0]!, [3, -4])
    expect(rest).toEqual([])
    expect([columns[0], rows[0]]).toEqual([-33, -16])
    expect(found.size).toBe(columns.length + rows.length)
  })

  test('lines are nearer to each other where it was pressed together', () => {
    const { context, paths } = recorder()
    drawGridLines(
      context,
      [panel(2)],
      deformation(([x, y, z]) => [2 * x, y, z]),
    )
    const places = new Set(
      paths[0]!.filter(([[ax], [bx]]) => Math.abs(ax - bx) < 1e-3).map(([[ax]]) => Math.round(1e3 * across(ax)) / 1e3),
    )
    expect([...places].sort((a, b) => a - b)).toEqual(
      tens(-74.6, 86.2)
        .map((x) => x / 2)
        .filter((x) => x < 43.7),
    )
  })

  test('lines stand askew where it was sheared', () => {
    const { context, paths } = recorder()
    drawGridLines(
      context,
      [panel(2)],
      deformation(([x, y, z]) => [x + 0.25 * y, y, z]),
    )
    for (const [[ax, ay], [bx, by]] of paths[0]!) {
      const before = [across(ax) + 0.25 * up(ay), across(bx) + 0.25 * up(by)].map((x) => x / 10)
      const isColumn = before.every((x) => Math.abs(x - Math.round(before[0]!)) < 1e-4)
      const isRow = isAt(up(ay), up(by)) && isAt(up(ay), 10 * Math.round(up(ay) / 10))
      expect(isColumn || isRow).toBe(true)
    }
  })
})

describe('there are no lines', () => {
  const drawn = (some: Deformation, on: Panel = panel(2)) => {
    const { context, paths } = recorder()
    drawGridLines(context, [on], some)
    return paths[0]!
  }

  test('where nothing was', () => {
    expect(drawn(deformation(() => [Number.NaN, Number.NaN, Number.NaN]))).toEqual([])
  })

  test('on the side of which nothing was, and as before on the other', () => {
    const half = drawn(deformation(([x, y, z]) => (x < 0 ? [Number.NaN, Number.NaN, Number.NaN] : [x, y, z])))
    const { found, rest } = sorted(half)
    expect(rest).toEqual([])
    expect([...found.keys()].filter((name) => name.startsWith('x')).sort()).toEqual(['x 10', 'x 20', 'x 30', 'x 40'])
    for (const [[ax], [bx]] of half) expect(Math.min(across(ax), across(bx))).toBeGreaterThan(0)
  })

  test('beside the volume, or beyond the grid', () => {
    expect(drawn(identity, { ...panel(2), mmAt: () => undefined })).toEqual([])
    expect(drawn(identity, panel(2, 500))).toEqual([])
  })

  test('between neighbours that have nothing to do with each other', () => {
    const torn = drawn(deformation(([x, y, z]) => [x < 0 ? x - 2e3 : x, y, z]))
    const { found, rest, columns, rows } = sorted(torn)
    // But for slivers, where only the edge of a triangle is in the tear; hundreds of lines would run along it.
    expect(rest.length).toBeLessThan(30)
    // The tear runs through one of them.
    expect(columns.filter((mm) => found.has(`x ${mm}`)).length).toBeGreaterThanOrEqual(columns.length - 1)
    for (const mm of rows) expect(found.get(`y ${mm}`)).toBeCloseTo(width - 1, 3)
  })
})

test('a deformation of one slice has its lines in that slice', () => {
  const one = deformation((mm) => mm, [25, 31, 1])
  const { context, paths } = recorder()
  const at = (x: number, y: number): Vec3 => transformPoint(affine, [(x - left) / 10, (y - top) / 8, 0])
  drawGridLines(context, [{ ...panel(2), mmAt: at }], one)
  expect(paths[0]!.length).toBeGreaterThan(50)
  for (const [[ax, ay], [bx, by]] of paths[0]!) {
    const [from, to] = [at(ax, ay), at(bx, by)]
    expect(
      [0, 1].some((axis) => isAt(from[axis]!, to[axis]!) && isAt(from[axis]!, 10 * Math.round(from[axis]! / 10))),
    ).toBe(true)
  }
})

test('a scan of one slice has lines, also where its plane is cut half a voxel off its centre, and none beyond', () => {
  const slice = deformation((mm) => mm, [25, 31, 1])
  const piecesAt = (depth: number) => {
    const { context, paths } = recorder()
    drawGridLines(context, [panel(2, depth)], slice)
    return paths[0]!.length
  }
  // 6 mm thick, about -62 mm and what the tilt adds.
  expect(piecesAt(-57.5)).toBeGreaterThan(100)
  expect(piecesAt(-40)).toBe(0)
})
