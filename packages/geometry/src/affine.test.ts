import { type Grid, inverse, multiply, normal, points, run, transformPoint, type Vec3, volume } from '@voxaug/core'
import { contract, obliqueGrid } from '@voxaug/core/testing'
import { describe, expect, test } from 'vitest'
import { Affine } from './affine.ts'
import { AffineMatrix } from './affine-matrix.ts'

describe('Affine keeps the contract', () => {
  for (const { name, check } of contract(Affine, {
    options: { rotationDegrees: [-15, 15], scale: [0.9, 1.1], translationMm: [-2, 2], shear: [-0.05, 0.05] },
    random: true,
    identity: { rotationDegrees: 0, scale: 1, translationMm: 0, shear: 0 },
    bad: [
      { scale: 0 },
      { scale: -1 },
      { rotationDegrees: 361 },
      { rotationDegrees: [5, -5] },
      { shear: [1, 2, 3, 4] },
      { translationMm: Number.NaN },
    ],
  }))
    test(name, check)
})

const matrix = [
  [0.95, 0.1, -0.05, 2],
  [-0.08, 1.02, 0.04, -1],
  [0.03, -0.06, 0.97, 1.5],
  [0, 0, 0, 1],
]
describe('AffineMatrix keeps the contract', () => {
  const identity = [
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ]
  for (const { name, check } of contract(AffineMatrix, {
    options: { matrix },
    random: false,
    identity: { matrix: identity },
    bad: [{ matrix: identity.slice(1) }, { matrix: identity.map((row) => row.map(() => 0)) }],
  }))
    test(name, check)
})

const grid: Grid = { shape: [5, 7, 9], affine: [2, 0, 0, 10, 0, 1, 0, 20, 0, 0, 3, 30, 0, 0, 0, 1] }
/** The centre of the grid, (n − 1) / 2. */
const center: Vec3 = [14, 23, 42]
const onGrid = ({ shape, affine }: Grid) =>
  volume({ data: new Float32Array(shape[0] * shape[1] * shape[2]), shape, affine })

/** Where a point goes that stood by `offset` from the centre, as an offset from it. */
function moved(options: object, offset: Vec3, on: Grid = grid, about: Vec3 = center): Vec3 {
  const subject = { image: onGrid(on), p: points([offset.map((x, axis) => x + about[axis]!)]) }
  const [p] = run(Affine(options), subject, { seed: 1 }).output.p.positions
  return p!.map((x, axis) => Math.round((x - about[axis]!) * 1e9) / 1e9 + 0) as unknown as Vec3
}

describe('by hand, about the centre (n − 1) / 2 of the frame', () => {
  test.each([
    ['a turn about z takes right to front', { rotationDegrees: [0, 0, 90] }, [1, 0, 0], [0, 1, 0]],
    ['about x, front to top', { rotationDegrees: [90, 0, 0] }, [0, 1, 0], [0, 0, 1]],
    ['about y, top to right', { rotationDegrees: [0, 90, 0] }, [0, 0, 1], [1, 0, 0]],
    // Rx first: front to top; then Ry: top to right; then Rz: right to front.
    ['x turns first, z last', { rotationDegrees: [90, 90, 90] }, [0, 1, 0], [0, 1, 0]],
    ['and so for two', { rotationDegrees: [90, 0, 90] }, [0, 0, 1], [1, 0, 0]],
    ['scale above 1 makes larger', { scale: 2 }, [1, -2, 3], [2, -4, 6]],
    ['scale by world axis', { scale: [2, 1, 0.5] }, [1, 1, 1], [2, 1, 0.5]],
    ['shear xy moves x with y', { shear: [0.5, 0, 0] }, [0, 2, 0], [1, 2, 0]],
    ['shear xz moves x with z', { shear: [0, 0.5, 0] }, [0, 0, 2], [1, 0, 2]],
    ['shear yz moves y with z', { shear: [0, 0, 0.5] }, [0, 0, 2], [0, 1, 2]],
    ['scale comes before shear', { shear: [1, 0, 0], scale: [1, 3, 1] }, [0, 1, 0], [3, 3, 0]],
    ['and shear before the turn', { shear: [1, 0, 0], rotationDegrees: [0, 0, 90] }, [0, 1, 0], [-1, 1, 0]],
    ['a shift moves the anatomy, and comes last', { translationMm: [1, 2, 3], scale: 2 }, [1, 1, 1], [3, 4, 5]],
    ['the centre stays', { rotationDegrees: [12, 34, 56], scale: 1.3, shear: 0.2 }, [0, 0, 0], [0, 0, 0]],
  ] as const)('%s', (_, options, from, to) => expect(moved(options, from)).toEqual(to))

  test('voxels go the same way', () => {
    const data = new Float32Array(27)
    // One voxel to the right of the middle one.
    data[14] = 1
    const image = volume({ data, shape: [3, 3, 3], spacingMm: [1, 1, 1] })
    const at = (options: object) => run(Affine(options), image, { seed: 1 }).output.data.indexOf(1)
    expect(at({ rotationDegrees: [0, 0, 90] })).toBe(13 + 3)
    expect(at({ rotationDegrees: [0, 90, 0] })).toBe(13 - 9)
    expect(at({ translationMm: [-2, 1, 0] })).toBe(13 - 1 + 3)
  })
})

test('a rotation is rigid in millimetres whatever the spacing', () => {
  const about = transformPoint(obliqueGrid().affine, [9.5, 11.5, 8.5])
  for (const offset of [
    [3, 0, 0],
    [1, -4, 2],
    [0, 0, 5],
  ] as const) {
    for (const [on, from] of [
      [grid, center],
      [obliqueGrid(), about],
    ] as const) {
      const [x, y, z] = moved({ rotationDegrees: [13, -27, 48] }, offset, on, from)
      expect(Math.hypot(x, y, z)).toBeCloseTo(Math.hypot(...offset), 8)
    }
  }
})

describe('what is drawn', () => {
  const drawn = (options: object, seed = 1) => run(Affine(options), onGrid(grid), { seed }).trace.steps[0]!.params
  test('is shared by the axes for scale, and anew for each for the rest', () => {
    const { scale, rotationDegrees, translationMm } = drawn({
      scale: [0.5, 2],
      rotationDegrees: [-10, 10],
      translationMm: [-5, 5],
    })
    expect(new Set(scale as number[]).size).toBe(1)
    expect(new Set(rotationDegrees as number[]).size).toBe(3)
    expect(new Set(translationMm as number[]).size).toBe(3)
  })
  test('is by axis where three are given', () => {
    const { scale, rotationDegrees } = drawn({ scale: [[0.5, 2], 1, [0.5, 2]], rotationDegrees: [0, 0, normal(0, 5)] })
    const [x, y, z] = scale as [number, number, number]
    expect(y).toBe(1)
    expect(x).not.toBe(z)
    expect((rotationDegrees as number[]).slice(0, 2)).toEqual([0, 0])
    expect((rotationDegrees as number[])[2]).not.toBe(0)
  })
})

describe('a frame of one voxel’s thickness keeps motion within its plane', () => {
  const everything = {
    rotationDegrees: [20, -30, 40],
    scale: [1.2, 0.8, 1.5],
    shear: [0.1, 0.2, 0.3],
    translationMm: [3, 4, 5],
  }
  const flat = (axis: number): Grid => ({
    shape: [6, 7, 8].map((n, other) => (other === axis ? 1 : n)) as unknown as Vec3,
    affine: [1.3, 0, 0, 5, 0, 0.9, 0, 6, 0, 0, 2, 7, 0, 0, 0, 1],
  })
  const thin = (axis: number) => (index: Vec3) => transformPoint(flat(axis).affine, index)

  test.each([
    [0, { rotationDegrees: [20, 0, 0], scale: [1, 0.8, 1.5], shear: [0, 0, 0.3], translationMm: [0, 4, 5] }],
    [1, { rotationDegrees: [0, -30, 0], scale: [1.2, 1, 1.5], shear: [0, 0.2, 0], translationMm: [3, 0, 5] }],
    [2, { rotationDegrees: [0, 0, 40], scale: [1.2, 0.8, 1], shear: [0.1, 0, 0], translationMm: [3, 4, 0] }],
  ])('straight, across axis %i', (axis, kept) => {
    const on = flat(axis)
    const about = thin(axis)(on.shape.map((n) => (n - 1) / 2) as unknown as Vec3)
    const thick: Grid = { ...on, shape: on.shape.map((n) => (n === 1 ? 3 : n)) as unknown as Vec3 }
    const aboutThick = thin(axis)(thick.shape.map((n) => (n - 1) / 2) as unknown as Vec3)
    for (const offset of [
      [1, 2, 3],
      [-2, 0.5, 1],
    ] as const)
      expect(moved(everything, offset, on, about)).toEqual(moved(kept, offset, thick, aboutThick))
  })

  test.each([0, 1, 2])('oblique, across voxel axis %i', (axis) => {
    const shape = [6, 7, 8].map((n, other) => (other === axis ? 1 : n)) as unknown as Vec3
    const on = obliqueGrid(shape)
    const about = transformPoint(on.affine, shape.map((n) => (n - 1) / 2) as unknown as Vec3)
    const column = (n: number): Vec3 => [on.affine[n]!, on.affine[n + 4]!, on.affine[n + 8]!]
    const unit = (v: Vec3) => v.map((x) => x / Math.hypot(...v)) as unknown as Vec3
    const dot = (a: Vec3, b: Vec3) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
    const normalTo = unit(column(axis))
    let most = 0
    for (const other of [0, 1, 2].filter((one) => one !== axis)) {
      const to = moved(everything, unit(column(other)), on, about)
      expect(dot(to, normalTo)).toBeCloseTo(0, 8)
      most = Math.max(most, Math.hypot(to[0] - unit(column(other))[0], to[1] - unit(column(other))[1]))
    }
    expect(most).toBeGreaterThan(0.1)
    // Across the plane nothing is scaled.
    const out = moved({ ...everything, translationMm: 0 }, normalTo, on, about)
    for (const n of [0, 1, 2] as const) expect(out[n]).toBeCloseTo(normalTo[n], 8)
  })

  test('a line and a point stay as they are', () => {
    const line: Grid = { ...grid, shape: [5, 1, 1] }
    expect(moved(everything, [1, 2, 3], line, [14, 20, 30])).toEqual([1, 2, 3])
  })
})

test('a matrix pushes in world mm, about the world’s origin', () => {
  const subject = { image: onGrid(grid), p: points([[1, 2, 3]]) }
  const [p] = run(AffineMatrix({ matrix }), subject, { seed: 1 }).output.p.positions
  expect(p![0]).toBeCloseTo(0.95 + 0.2 - 0.15 + 2, 12)
  expect(p![1]).toBeCloseTo(-0.08 + 2.04 + 0.12 - 1, 12)
  expect(p![2]).toBeCloseTo(0.03 - 0.12 + 2.91 + 1.5, 12)
})

test('sixteen numbers will do for a matrix', () => {
  expect(AffineMatrix({ matrix: matrix.flat() }).options['matrix']).toEqual(AffineMatrix({ matrix }).options['matrix'])
})

describe('errors', () => {
  test('options of Affine', () => {
    expect(() => Affine({ scale: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/Affine: scale must be a number, [min, max] with min ≤ max, or three of these, from 0.001 to 1000, got 0.]`,
    )
    expect(() => Affine({ rotationDegrees: [10, -10] })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/Affine: rotationDegrees must be a number, [min, max] with min ≤ max, or three of these, got [10, -10].]`,
    )
  })
  test('a matrix that is none', () => {
    const rows = [
      [1, 2],
      [3, 4],
    ]
    expect(() => AffineMatrix({ matrix: rows })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/AffineMatrix: matrix must be an invertible 4×4 matrix in rows, the last one 0 0 0 1, got [[1, 2], [3, 4]].]`,
    )
  })
  test('points alone', () => {
    expect(() => run(Affine(), points([[1, 2, 3]]), { seed: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/Affine: a subject must have an image or a label map, whose grid spatial steps go by; got points only.]`,
    )
  })
})

test('AffineMatrix keeps motion within the plane of a slice: across it nothing moves, and nothing mixes in', () => {
  const { affine } = obliqueGrid()
  const slice = volume({ data: Int16Array.from({ length: 12 }, (_, n) => 10 * n), shape: [4, 3, 1], affine })
  // In voxels: one along j, five out of the plane, and the plane tilted.
  const inVoxels = [1, 0, 0, 0, 0, 1, 0.7, 1, 0.2, -0.3, 1.5, 5, 0, 0, 0, 1]
  const push = multiply(affine, multiply(inVoxels, inverse(affine)))
  const at = (index: Vec3) => transformPoint(affine, index)
  const { output } = run(AffineMatrix({ matrix: push, fill: -1 }), { slice, p: points([at([1, 1, 0])]) }, { seed: 1 })
  expect([...output.slice.data]).toEqual([-1, -1, -1, -1, 0, 10, 20, 30, 40, 50, 60, 70])
  for (const axis of [0, 1, 2] as const) expect(output.p.positions[0]![axis]).toBeCloseTo(at([1, 2, 0])[axis], 6)
})
