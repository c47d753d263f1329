import {
  type Affine,
  centerIndex,
  cosDegrees,
  type Grid,
  isInvertible,
  multiply,
  sinDegrees,
  type Vec3,
} from '@voxaug/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { overlaps } from './overlap.ts'

const at = (x: number, y: number, z: number): Affine => [1, 0, 0, x, 0, 2, 0, y, 0, 0, 3, z, 0, 0, 0, 1]
const turned = (degrees: number): Affine => {
  const [c, s] = [cosDegrees(degrees), sinDegrees(degrees)]
  return [c, -s, 0, 0, s, c, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
}
const root = cosDegrees(45)
const aboutX: Affine = [1, 0, 0, 0, 0, root, -root, 0, 0, root, root, 0, 0, 0, 0, 1]
const aboutY: Affine = [root, 0, root, 0, 0, 1, 0, 0, -root, 0, root, 0, 0, 0, 0, 1]
const move = (x: number, y: number, z: number): Affine => [1, 0, 0, x, 0, 1, 0, y, 0, 0, 1, z, 0, 0, 0, 1]
/** The grid with its centre where its first voxel was. */
const centered = (grid: Grid): Grid => ({
  ...grid,
  affine: multiply(grid.affine, move(...(centerIndex(grid).map((x) => -x) as unknown as Vec3))),
})
const shape = [3, 4, 5] as const

describe('overlaps', () => {
  it('counts voxels as boxes, edges included', () => {
    const grid = { shape, affine: at(0, 0, 0) }
    expect(overlaps(grid, grid)).toBe(true)
    expect(overlaps(grid, { shape, affine: at(3, 8, 15) })).toBe(true)
    expect(overlaps(grid, { shape, affine: at(3.01, 0, 0) })).toBe(false)
    expect(overlaps(grid, { shape, affine: at(0, -8.01, 0) })).toBe(false)
    expect(overlaps(grid, { shape, affine: at(0, 0, 15.01) })).toBe(false)
  })

  it('sees between boxes that lie askew', () => {
    // A square of 10 mm on its tip beside another, tip against tip at 14.1 mm: their upright frames overlap.
    const one = { shape: [10, 10, 2] as const, affine: turned(45) }
    const beside = (x: number, y: number) => ({
      ...one,
      affine: multiply([1, 0, 0, x, 0, 1, 0, y, 0, 0, 1, 0, 0, 0, 0, 1], turned(45)),
    })
    expect(overlaps(one, beside(8, 8))).toBe(false)
    expect(overlaps(one, beside(7, 7))).toBe(true)
    expect(overlaps(one, beside(14, 0))).toBe(true)
    // An upright square's corner before the side of one on its tip.
    const corner = (x: number) => ({ shape: one.shape, affine: move(-x, -x, 0) })
    for (const [x, meet] of [
      [8.6, false],
      [8.5, true],
    ] as const) {
      expect(overlaps(centered(one), centered(corner(x)))).toBe(meet)
      expect(overlaps(centered(corner(x)), centered(one))).toBe(meet)
    }
  })

  it('sees between a side and the corner of a cube that stands on it', () => {
    // Its diagonal is along x, and half of that is 8.66 mm.
    const [third, sixth, twoThirds] = [Math.sqrt(1 / 3), Math.sqrt(1 / 6), Math.sqrt(2 / 3)]
    const onTip: Affine = [third, third, third, 0, twoThirds, -sixth, -sixth, 0, 0, root, -root, 0, 0, 0, 0, 1]
    const cube = (affine: Affine) => centered({ shape: [10, 10, 10], affine })
    const beside = (x: number) => ({ ...cube(onTip), affine: multiply(move(x, 0, 0), cube(onTip).affine) })
    const upright = cube(move(0, 0, 0))
    for (const [x, meet] of [
      [13.6, true],
      [13.7, false],
    ] as const) {
      expect(overlaps(upright, beside(x))).toBe(meet)
      expect(overlaps(beside(x), upright)).toBe(meet)
    }
  })

  it('sees between beams that cross, edge above edge', () => {
    // Both 2 mm thick and on an edge, which lies 1.414 mm from the middle.
    const along = centered({ shape: [40, 2, 2], affine: aboutX })
    const across = (z: number) => ({
      shape: [2, 40, 2] as const,
      affine: multiply(move(0, 0, z), centered({ shape: [2, 40, 2], affine: aboutY }).affine),
    })
    expect(overlaps(along, across(2.8))).toBe(true)
    expect(overlaps(along, across(2.9))).toBe(false)
    expect(overlaps(along, across(-2.9))).toBe(false)
  })

  it('holds for boxes that share a point, however they lie', () => {
    const rows = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 12, maxLength: 12 })
    const affine = rows.map((twelve) => [...twelve, 0, 0, 0, 1]).filter(isInvertible)
    const inside = fc.tuple(...shape.map((n) => fc.double({ min: -0.499, max: n - 0.501, noNaN: true })))
    fc.assert(
      fc.property(affine, affine, inside, inside, (a, b, p, q) => {
        // b is moved so that its point q lies on a's point p.
        const place = (m: Affine, i: readonly number[], row: number) =>
          m[row]! * i[0]! + m[row + 1]! * i[1]! + m[row + 2]! * i[2]! + m[row + 3]!
        const moved = b.map((x, n) => (n % 4 === 3 && n < 12 ? x + place(a, p, n - 3) - place(b, q, n - 3) : x))
        expect(overlaps({ shape, affine: a }, { shape, affine: moved })).toBe(true)
        expect(overlaps({ shape, affine: moved }, { shape, affine: a })).toBe(true)
      }),
    )
  })
})
