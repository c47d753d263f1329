import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import goldens from './goldens/orientation.json' with { type: 'json' }
import {
  type Affine,
  centerIndex,
  cornerIndices,
  determinant,
  inverse,
  isInvertible,
  multiply,
  orientationOf,
  parseAffine,
  sameSpace,
  shiftOrigin,
  spacingOf,
  transformPoint,
  type Vec3,
  voxelsOf,
} from './grid.ts'

// Columns 2 z, 3 x, 4 y, and an origin: no two entries can be mixed up.
const turned: Affine = [0, 3, 0, 10, 0, 0, 4, 20, 2, 0, 0, 30, 0, 0, 0, 1]
const sheared: Affine = [1, 2, 0, 5, 0, 1, 3, 6, 0, 0, 1, 7, 0, 0, 0, 1]

test('an affine takes voxel (i, j, k) to its rows times (i, j, k, 1)', () => {
  expect(transformPoint(turned, [1, 2, 3])).toEqual([16, 32, 32])
  expect(transformPoint(sheared, [1, 2, 3])).toEqual([10, 17, 10])
})

test('a product of affines is the second, then the first', () => {
  expect(multiply(turned, sheared)).toEqual([0, 3, 9, 28, 0, 0, 4, 48, 2, 4, 0, 40, 0, 0, 0, 1])
  expect(transformPoint(multiply(turned, sheared), [1, 2, 3])).toEqual(
    transformPoint(turned, transformPoint(sheared, [1, 2, 3])),
  )
})

test('the inverse of a permutation with spacings is exact', () => {
  expect(inverse([0, 2, 0, 10, 0, 0, 4, 20, 8, 0, 0, 32, 0, 0, 0, 1])).toEqual([
    0, 0, 0.125, -4, 0.5, 0, 0, -5, 0, 0.25, 0, -5, 0, 0, 0, 1,
  ])
})

test('an affine and its inverse cancel, whatever the affine', () => {
  const entry = fc.double({ min: -3, max: 3, noNaN: true })
  fc.assert(
    fc.property(fc.array(entry, { minLength: 12, maxLength: 12 }), (rows) => {
      // Diagonally dominant, so that rounding stays near 1e-15 of the entries.
      const affine = [...rows, 0, 0, 0, 1].map((x, n) => (n % 5 === 0 && n < 12 ? x + (x < 0 ? -9 : 9) : x))
      const [p, q] = [[3, -5, 7] as const, transformPoint(inverse(affine), transformPoint(affine, [3, -5, 7]))]
      for (const axis of [0, 1, 2] as const) expect(q[axis]).toBeCloseTo(p[axis], 12)
    }),
  )
})

test('the determinant is that of the 3×3 part, with its sign', () => {
  expect(determinant(turned)).toBe(24)
  expect(determinant(sheared)).toBe(1)
  expect(determinant([-1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 1])).toBe(-6)
})

test('spacings are the lengths of the columns', () => {
  expect(spacingOf(turned)).toEqual([2, 3, 4])
  expect(spacingOf([3, 0, 0, 1, 4, 1, 0, 1, 0, 0, 5, 1, 0, 0, 0, 1])).toEqual([5, 1, 5])
})

test('a grid that starts elsewhere keeps the place of its voxels', () => {
  const moved = shiftOrigin(turned, [1, 2, 3])
  expect(transformPoint(moved, [0, 0, 0])).toEqual(transformPoint(turned, [1, 2, 3]))
  expect(transformPoint(moved, [4, 5, 6])).toEqual(transformPoint(turned, [5, 7, 9]))
})

test('centre and corners are of voxel centres', () => {
  const grid = { shape: [3, 4, 5] as Vec3, affine: turned }
  expect(centerIndex(grid)).toEqual([1, 1.5, 2])
  expect(cornerIndices(grid).map((c) => c.join(''))).toEqual(['000', '200', '030', '230', '004', '204', '034', '234'])
  expect(voxelsOf(grid.shape)).toBe(60)
})

describe('two grids are one', () => {
  const shape: Vec3 = [3, 4, 5]
  const nudged = (by: number) => turned.map((x, n) => (n === 7 ? x + by : x))
  test.each([
    [0, true],
    [0.0099, true],
    [0.0101, false],
    [-0.0101, false],
  ])('if no corner is more than 0.01 mm away: %s mm', (by, same) => {
    expect(sameSpace({ shape, affine: turned }, { shape, affine: nudged(by) })).toBe(same)
  })
  test('only if their shapes are', () => {
    expect(sameSpace({ shape, affine: turned }, { shape: [3, 5, 4], affine: turned })).toBe(false)
  })
  test('not if they share a corner, but are turned about it', () => {
    const spun = turned.map((x, n) => (n === 1 ? 0.01 + x : x))
    expect(sameSpace({ shape, affine: turned }, { shape, affine: spun })).toBe(false)
  })
})

describe('the orientation', () => {
  test.each([
    ['RAS', [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]],
    ['LPI', [-1, 0, 0, 0, 0, -1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 1]],
    ['SRA', turned],
    ['ASL', [0, 0, -1, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 1]],
    // Turned by 30° about z, and long voxels: lengths must not count.
    ['RAS', [0.866, -5, 0, 0, 0.5, 8.66, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]],
    // Two axes lean to one anatomical axis; each is named once, as nibabel does.
    ['RAS', [0.8, 0.75, 0, 0, 0.6, 0.66, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]],
  ])('is %s', (name, affine) => {
    expect(orientationOf(affine)).toBe(name)
  })
})

test('an affine may be given as four rows, sixteen numbers or a typed array, and comes frozen', () => {
  const rows = [0, 4, 8, 12].map((at) => turned.slice(at, at + 4))
  for (const form of [rows, turned, Float64Array.from(turned)]) {
    const parsed = parseAffine(form, 'affine')
    expect(parsed).toEqual(turned)
    expect(Object.isFrozen(parsed)).toBe(true)
  }
})

test.each([
  ['NaN', turned.map((x, n) => (n === 3 ? Number.NaN : x))],
  ['of another last row', turned.map((x, n) => (n === 15 ? 2 : x))],
  ['flat', [1, 2, 3, 0, 2, 4, 6, 0, 0, 0, 1, 0, 0, 0, 0, 1]],
  ['zero', Array.from({ length: 16 }, () => 0)],
  ['short', turned.slice(0, 12)],
])('an affine that is %s cannot be inverted', (_, affine) => {
  expect(isInvertible(affine)).toBe(false)
})

test('a wrong affine is refused by name', () => {
  expect(() =>
    parseAffine(
      [
        [1, 0],
        [0, 1],
      ],
      'affine',
    ),
  ).toThrowErrorMatchingInlineSnapshot(
    `[VoxaugError: affine must be an invertible 4×4 matrix in rows, the last one 0 0 0 1, got [[1, 0], [0, 1]].]`,
  )
  expect(() => parseAffine('RAS', 'matrix')).toThrowErrorMatchingInlineSnapshot(
    `[VoxaugError: matrix must be an invertible 4×4 matrix in rows, the last one 0 0 0 1, got "RAS".]`,
  )
  expect(() => parseAffine([1, 0, 0, 0, 0, Number.NaN], 'affine')).toThrowErrorMatchingInlineSnapshot(
    `[VoxaugError: affine must be an invertible 4×4 matrix in rows, the last one 0 0 0 1, got [1, 0, 0, 0, 0, NaN].]`,
  )
})

test('tiny and huge voxels are as good as any', () => {
  for (const s of [1e-6, 1, 1e6]) expect(isInvertible(turned.map((x, n) => (n < 12 ? x * s : x)))).toBe(true)
})

// Made by tooling/goldens/orientation.py: nibabel's aff2axcodes.
test('orientations are nibabel’s, of rotated, half turned and sheared axes', () => {
  const wrong = goldens.filter(({ linear, code }) => {
    const affine = [...linear.slice(0, 3), 5, ...linear.slice(3, 6), -7, ...linear.slice(6), 900, 0, 0, 0, 1]
    return orientationOf(affine) !== code
  })
  expect(goldens).toHaveLength(240)
  expect(wrong).toEqual([])
})
