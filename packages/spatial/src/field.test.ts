import { Compose, invert, type Points, points, run, type Vec3, type Volume, volume } from '@voxaug/core'
import { countPasses, obliqueGrid, smoothNoise, worldRamp } from '@voxaug/core/testing'
import { describe, expect, test } from 'vitest'
import { displacementAt } from './displacement.ts'
import { folds } from './folding.ts'
import { boxStep, warpStep } from './test-steps.ts'
import { type FieldPart, fieldWarp } from './warp.ts'

const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
const grid = obliqueGrid()
/** Three waves of some voxels' length, of a mm, on a grid of its own. */
const own = obliqueGrid([13, 14, 11], [2.2, 2.3, 2.9], [-13, -21, 5])
const field = (most: number) =>
  fieldWarp(
    own,
    Float32Array.from(
      [1, 2, 3].flatMap((seed) => [...smoothNoise(own, seed).data]),
      (x) => most * x,
    ),
  )
const partOf = (warp: ReturnType<typeof fieldWarp>) => warp[0] as FieldPart

describe('a dense field', () => {
  const [part] = fieldWarp(
    { shape: [2, 2, 1], affine: [2, 0, 0, 10, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] },
    Float32Array.of(1, 2, 3, 4, 0, 0, 0, 0, -1, -1, -1, -5),
  ) as [FieldPart]

  test('is what it is at its voxels, trilinear between them, and its edge beyond', () => {
    expect(displacementAt(part, [10, 0, 0])).toEqual([1, 0, -1])
    expect(displacementAt(part, [12, 1, 0])).toEqual([4, 0, -5])
    expect(displacementAt(part, [11, 0.5, 3])).toEqual([2.5, 0, -2])
    expect(displacementAt(part, [100, -50, 0])).toEqual([2, 0, -1])
  })

  test('pulls: out(p) = in(p + d(p))', () => {
    const row = volume({ data: Float32Array.of(0, 10, 20, 30, 40), shape: [5, 1, 1], affine: identity })
    const warp = fieldWarp(
      { shape: [5, 1, 1], affine: identity },
      Float32Array.of(1, 0.5, 0, -1, 0, ...new Array(10).fill(0)),
    )
    expect([...run(warpStep(warp), row, { seed: 1 }).output.data]).toEqual([10, 15, 20, 20, 40])
  })

  test('moves each voxel of images on any grid by what it is there, to 1e-5 of their range', () => {
    const warp = field(1.5)
    let compared = 0
    for (const ramp of [worldRamp(grid), worldRamp(obliqueGrid([12, 13, 10], [1.5, 0.9, 2.1], [-9, -17, 10]))]) {
      const { output } = run(warpStep(warp, { fill: -999 }), ramp, { seed: 1 })
      const size = output.data.length / 3
      for (let n = 0; n < size; n++) {
        const place = at(ramp, n)
        const d = displacementAt(partOf(warp), place)
        const got = at(output, n)
        if (got.some((x) => x === -999) || !isInner(ramp, n)) continue
        compared++
        for (const axis of [0, 1, 2] as const) expect(Math.abs(got[axis] - place[axis] - d[axis])).toBeLessThan(4e-4)
      }
    }
    expect(compared).toBeGreaterThan(1000)
  })

  test('joins other steps in one pass, of whose result a crop has the bits', () => {
    const image = smoothNoise(grid, 7)
    const steps = [warpStep(field(1.5)), boxStep([3, 5, 2], [9, 11, 13])]
    expect(countPasses(() => run(Compose(steps), image, { seed: 1 }))).toEqual({ spatial: 1 })
    const all = run(steps[0]!, image, { seed: 1 }).output
    const part = run(Compose(steps), image, { seed: 1 }).output
    for (let n = 0; n < part.data.length; n++) {
      const [i, j, k] = [n % 9, Math.floor(n / 9) % 11, Math.floor(n / 99)]
      expect(part.data[n]).toBe(all.data[i + 3 + 20 * (j + 5 + 24 * (k + 2))])
    }
  })

  test('is undone, for images within interpolation and for points to 1e-5 mm', () => {
    const ramp = worldRamp(grid)
    const given = points([
      [3.5, 0.25, 22],
      [-4, -7.5, 15.5],
    ])
    const { output, trace } = run(warpStep(field(1), { fill: -999 }), { ramp, given }, { seed: 1 })
    const back = invert(trace, output)
    for (const [n, p] of (back.output.given as Points).positions.entries())
      for (const axis of [0, 1, 2] as const) expect(Math.abs(p[axis] - given.positions[n]![axis])).toBeLessThan(1e-5)
    let compared = 0
    for (let n = 0; n < ramp.data.length / 3; n++) {
      if (back.covered['ramp']!.data[n] === 0 || !isInner(ramp, n)) continue
      const [got, wanted] = [at(back.output.ramp, n), at(ramp, n)]
      if (got.some((x) => x < -100)) continue
      compared++
      // Two samplings of what bends between voxels: a tenth of a voxel.
      for (const axis of [0, 1, 2] as const) expect(Math.abs(got[axis] - wanted[axis])).toBeLessThan(0.1)
    }
    expect(compared).toBeGreaterThan(300)
  })
})

describe('folding of a field', () => {
  test('is none for displacements that grow by less than the distance', () => {
    expect(folds(partOf(field(0)))).toBe(false)
    expect(folds(partOf(field(1)))).toBe(false)
    const still = fieldWarp({ shape: [3, 1, 1], affine: identity }, new Float32Array(9).fill(100))
    expect(folds(partOf(still))).toBe(false)
  })
  test('is found where neighbours change places', () => {
    expect(folds(partOf(field(40)))).toBe(true)
    const along = (d: readonly number[]) => {
      const shape: Vec3 = [d.length, 1, 1]
      return folds(
        partOf(fieldWarp({ shape, affine: identity }, Float32Array.of(...d, ...new Array(2 * d.length).fill(0)))),
      )
    }
    expect(along([0, 0, -0.9, 0])).toBe(false)
    expect(along([0, 0, -1.1, 0])).toBe(true)
    // Towards the positive side it only spreads space.
    expect(along([0, 0, 1.1, 1.1])).toBe(false)
  })
  test('is an error for points and inverses, and a warning otherwise', () => {
    const image = smoothNoise(grid, 7)
    const steep = warpStep(field(40))
    const { trace } = run(steep, image, { seed: 1 })
    expect(trace.warnings.map(({ code }) => code)).toEqual(['folding'])
    expect(() => invert(trace, image)).toThrow('folds space')
    expect(() => run(steep, { image, given: points([[0, 0, 20]]) }, { seed: 1 })).toThrow('folds space')
  })
})

function at({ data }: Volume, n: number): Vec3 {
  const size = data.length / 3
  return [data[n]!, data[n + size]!, data[n + 2 * size]!]
}

/** Whether a voxel is so far inside that what was moved there was inside, too. */
function isInner({ shape: [nx, ny, nz] }: Volume, n: number): boolean {
  const [i, j, k] = [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))]
  return i > 3 && j > 3 && k > 3 && i < nx - 4 && j < ny - 4 && k < nz - 4
}
