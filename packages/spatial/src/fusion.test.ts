import {
  Compose,
  type Grid,
  inverse,
  OneOf,
  RandomApply,
  run,
  type Transform,
  transformPoint,
  type Volume,
  volume,
} from '@voxaug/core'
import { countPasses, obliqueGrid, smoothNoise, worldRamp } from '@voxaug/core/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pushPoints } from './points.ts'
import { boxStep, gridStep, noiseAt, shift, warpStep, waves } from './test-steps.ts'
import { affineWarp, composeWarps, inverseWarp } from './warp.ts'

const fused = (steps: readonly Transform[], image: Volume) => run(Compose(steps), image, { seed: 1 }).output
const stepwise = (steps: readonly Transform[], image: Volume) =>
  steps.reduce((before, one) => run(one, before, { seed: 1 }).output, image)

/** −1 to 8 voxels of a row, in the type of a scan. */
const row = (dtype: typeof Int16Array | typeof Float32Array = Int16Array) =>
  volume({
    data: dtype.of(1, 2, 3, 4, 5, 6, 7, 8),
    shape: [8, 1, 1],
    affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
  })

const by = (x: number, fill: number) => warpStep(affineWarp(shift(x)), { fill })

describe('a point whose path leaves a grid takes the fill', () => {
  test.each([
    ['pushed out and back', () => [by(3, 99), by(-3, 88)], [1, 2, 3, 4, 5, 88, 88, 88]],
    ['out to both sides: the last written decides', () => [by(6, 99), by(3, 88)], [88, 88, 88, 99, 99, 99, 99, 99]],
    ['cropped, then pushed', () => [boxStep([2, 0, 0], [4, 1, 1]), by(2, 99)], [99, 99, 3, 4]],
    [
      'cropped, then seen whole',
      () => [boxStep([2, 0, 0], [4, 1, 1]), boxStep([-2, 0, 0], [8, 1, 1], { fill: 99 })],
      [99, 99, 3, 4, 5, 6, 99, 99],
    ],
    [
      'the same after half a voxel',
      () => [by(0.5, 77), boxStep([2, 0, 0], [4, 1, 1]), boxStep([-2, 0, 0], [8, 1, 1], { fill: 99 })],
      [99, 99, 2.5, 3.5, 4.5, 5.5, 99, 99],
    ],
    ['by voxels and a half, and back', () => [by(3.5, 9), by(-3.5, 9)], undefined],
    // The border of an intermediate grid is clamped to, once for each grid.
    ['four tenths, four times', () => [by(0.4, 9), by(0.4, 9), by(0.4, 9), by(0.4, 9)], undefined],
  ] as const)('%s', (_, steps, wanted) => {
    const both = [fused(steps(), row(Float32Array)), stepwise(steps(), row(Float32Array))].map(({ data }) => [...data])
    if (wanted) expect(both).toEqual([wanted, wanted])
    // Half a voxel out is clamped; further, filled: the same voxels either way, if not the same blends.
    else expect(both[0]!.map((x) => x === 9)).toEqual(both[1]!.map((x) => x === 9))
  })
})

const grid = obliqueGrid([14, 11, 17])
const [low, high] = [
  [-12, -19, 0],
  [14, 2, 34],
] as const
const turned = affineWarp([
  [0.98, -0.16, 0.03, 1.5],
  [0.17, 0.96, -0.09, -2],
  [-0.02, 0.1, 1.05, 0.4],
  [0, 0, 0, 1],
])
const warps = {
  turn: turned,
  back: inverseWarp(turned),
  bend: waves(1, 1.2, low, high),
  unbend: inverseWarp(waves(2, 0.8, low, high)),
  both: composeWarps(waves(3, 0.9, low, high), turned, waves(4, 0.6, low, high)),
}
const steps = {
  turn: () => warpStep(warps.turn),
  back: () => warpStep(warps.back),
  bend: () => warpStep(warps.bend),
  unbend: () => warpStep(warps.unbend),
  both: () => warpStep(warps.both),
  mirror: () => gridStep(({ grid: { shape, affine } }) => ({ shape, affine: mirrored(affine, shape[0]) })),
  crop: () => boxStep([2, 1, 3], [10, 9, 12], { fill: -8 }),
  other: () => gridStep(() => obliqueGrid([12, 13, 10], [1.5, 0.9, 2.1], [-10, -18, 8])),
  whole: () => warpStep(({ frame }) => affineWarp(voxelShift(frame, [1, -2, 0])), { fill: -9 }),
}

function mirrored(affine: readonly number[], n: number): readonly number[] {
  return affine.map((value, at) => {
    if (at >= 12) return value
    return at % 4 === 0 ? -value : at % 4 === 3 ? value + (n - 1) * affine[at - 3]! : value
  })
}

function voxelShift({ affine }: Grid, [i, j, k]: readonly [number, number, number]) {
  const mm = [0, 4, 8].map((at) => affine[at]! * i + affine[at + 1]! * j + affine[at + 2]! * k)
  return shift(mm[0]!, mm[1]!, mm[2]!)
}

const chains = <N extends keyof typeof steps>(...names: readonly N[]) =>
  fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 3 })

describe('a chain in one pass equals the same chain step by step', () => {
  /** 1e-5 of the ramp's range, in mm. */
  const tolerance = 1e-5 * 40

  /** Where the path of some voxels leads, if it keeps within each grid by a margin of voxels. */
  function* pathsOf(names: readonly (keyof typeof steps)[], ramp: Volume, made: readonly Transform[], margin: number) {
    // The grid before each step, and at last.
    const grids = [...made, undefined].map(
      (_, n) => run(Compose(made.slice(0, n)), ramp, { seed: 1, compute: false }).output,
    )
    const { shape, affine } = grids.at(-1)!
    const [nx, ny, nz] = shape
    for (let n = 5; n < nx * ny * nz; n += 11) {
      let p = transformPoint(affine, [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))])
      const inside = names.toReversed().every((name, step) => {
        p = pushPoints(inverseWarp(warps[name as keyof typeof warps] ?? []), [p])[0]!
        const before = grids.at(-2 - step)!
        return transformPoint(inverse(before.affine), p).every(
          (x, axis) => x >= margin && x <= before.shape[axis]! - 1 - margin,
        )
      })
      if (inside) yield { n, p }
    }
  }

  /** The largest difference of one voxel's three channels. */
  const apart = ({ data }: Volume, n: number, wanted: (axis: 0 | 1 | 2) => number) =>
    Math.max(...([0, 1, 2] as const).map((axis) => Math.abs(data[n + (axis * data.length) / 3]! - wanted(axis))))

  test('on a linear ramp, to 1e-5 of its range, away from borders', () => {
    const ramp = worldRamp(obliqueGrid([28, 32, 30]))
    let compared = 0
    fc.assert(
      // Steps read a linear ramp as long as none before has bent it.
      fc.property(chains('turn', 'back', 'mirror', 'crop'), fc.constantFrom('bend', 'both', 'turn'), (some, last) => {
        const names = [...some, last]
        const made = names.map((name) => steps[name]())
        // Step by step, each step reads one voxel further.
        const margin = 0.5 + 1.2 * names.length
        const [one, many] = [fused(made, ramp), stepwise(made, ramp)]
        expect(one.shape).toEqual(many.shape)
        expect(one.affine).toEqual(many.affine)
        let worst = 0
        for (const { n } of pathsOf(names, ramp, made, margin)) {
          compared++
          worst = Math.max(
            worst,
            apart(one, n, (axis) => many.data[n + (axis * many.data.length) / 3]!),
          )
        }
        expect(worst).toBeLessThan(tolerance)
      }),
      { numRuns: 10 },
    )
    expect(compared).toBeGreaterThan(300)
  })

  test('and has, at each voxel, what its path leads to', () => {
    const ramp = worldRamp(grid)
    let compared = 0
    fc.assert(
      fc.property(chains('turn', 'back', 'bend', 'unbend', 'both', 'mirror', 'crop', 'other'), (names) => {
        const made = names.map((name) => steps[name]())
        const out = fused(made, ramp)
        let worst = 0
        for (const { n, p } of pathsOf(names, ramp, made, 0)) {
          compared++
          worst = Math.max(
            worst,
            apart(out, n, (axis) => p[axis]),
          )
        }
        expect(worst).toBeLessThan(tolerance)
      }),
      { numRuns: 12, examples: [[['both']], [['unbend']], [['bend', 'other']], [['both', 'unbend']]] },
    )
    expect(compared).toBeGreaterThan(300)
  })

  test('exactly for whole-voxel maps, of any type', () => {
    const kinds = fc.constantFrom('mirror', 'crop', 'whole', 'out')
    const own = { ...steps, out: () => boxStep([-2, 3, -1], [13, 9, 16], { fill: -7 }) }
    fc.assert(
      fc.property(
        fc.array(kinds, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(Int16Array, Float64Array),
        (names, type) => {
          const data = new type(14 * 11 * 17).map((_, n) => 1000 * noiseAt(7, n) - 300)
          const image = volume({ ...grid, data })
          const made = (names as (keyof typeof own)[]).map((name) => own[name]())
          const [one, many] = [fused(made, image), stepwise(made, image)]
          expect(one.dtype).toBe(image.dtype)
          expect(one.data).toEqual(many.data)
        },
      ),
      { numRuns: 100 },
    )
  })

  test('exactly for labels, where no two of them are near', () => {
    // Cubes of 8 voxels: their edges are left out by a distance that each step of nearest may be off by.
    const large = obliqueGrid([40, 36, 32], [1.1, 0.9, 1.3])
    const data = Uint8Array.from({ length: 40 * 36 * 32 }, (_, n) => {
      const [i, j, k] = [n % 40, Math.floor(n / 40) % 36, Math.floor(n / 1440)]
      return 1 + (Math.floor(i / 8) % 2) + 2 * (Math.floor(j / 8) % 2) + 4 * (Math.floor(k / 8) % 2)
    })
    const labels = volume({ ...large, data, kind: 'label' })
    const made = [warpStep(turned), warpStep(waves(6, 2, [-12, -19, 0], [40, 20, 45])), warpStep(inverseWarp(turned))]
    const [one, many] = [fused(made, labels), stepwise(made, labels)]
    let compared = 0
    for (let n = 0; n < data.length; n++) {
      if (!alone(one, n) || one.data[n] === 0 || many.data[n] === 0) continue
      compared++
      expect(one.data[n]).toBe(many.data[n])
    }
    expect(compared).toBeGreaterThan(300)
  })
})

/** Whether all voxels within two have one label. */
function alone({ data, shape: [nx, ny, nz] }: Volume, n: number): boolean {
  const [i, j, k] = [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))]
  for (let z = k - 2; z <= k + 2; z++)
    for (let y = j - 2; y <= j + 2; y++)
      for (let x = i - 2; x <= i + 2; x++) {
        if (x < 0 || y < 0 || z < 0 || x >= nx || y >= ny || z >= nz) return false
        if (data[x + nx * (y + ny * z)] !== data[n]) return false
      }
  return true
}

describe('passes', () => {
  const image = smoothNoise(grid, 3)
  const nearest = { interpolation: 'nearest' } as const

  test('are one for any nesting of spatial steps, and the trace says so', () => {
    const pipeline = Compose([
      steps.mirror(),
      RandomApply(Compose([OneOf([steps.turn(), steps.bend()]), RandomApply(steps.both(), { probability: 1 })]), {
        probability: 1,
      }),
      steps.crop(),
    ])
    const subject = { image, other: image }
    expect(countPasses(() => run(pipeline, subject, { seed: 3 }))).toEqual({ spatial: 2 })
    const { trace } = run(pipeline, subject, { seed: 3 })
    const one = [{ by: 'spatial', path: 'Compose[0]', why: 'the first spatial step' }]
    expect(trace.passes).toEqual({ image: one, other: one })
  })

  test('begin anew where interpolations differ', () => {
    const pipeline = Compose([steps.turn(), warpStep(turned, nearest), warpStep(turned, nearest), steps.bend()])
    const work = () => run(pipeline, image, { seed: 1 })
    expect(countPasses(work)).toEqual({ spatial: 3 })
    expect(work().trace.passes['image']).toEqual([
      { by: 'spatial', path: 'Compose[0]', why: 'the first spatial step' },
      { by: 'spatial', path: 'Compose[1]', why: 'nearest interpolation follows linear' },
      { by: 'spatial', path: 'Compose[3]', why: 'linear interpolation follows nearest' },
    ])
  })

  test('go on through whole-voxel steps of whatever interpolation', () => {
    const pipeline = Compose([
      boxStep([1, 0, 0], [13, 11, 17], nearest),
      steps.turn(),
      boxStep([1, 1, 1], [10, 9, 9], nearest),
      steps.bend(),
    ])
    expect(countPasses(() => run(pipeline, image, { seed: 1 }))).toEqual({ spatial: 1 })
  })

  test('of nothing are none: a step that changes nothing leaves the very object', () => {
    const pipeline = Compose([warpStep([]), gridStep(({ grid: same }) => same)])
    const { output, trace } = run(pipeline, image, { seed: 1 })
    expect(output).toBe(image)
    expect(trace.passes['image']).toEqual([])
  })
})

describe('reading a volume between steps', () => {
  test('changes nothing of what later steps compose from', () => {
    const image = smoothNoise(grid, 4)
    const half = (read: boolean) => {
      const { output } = run(steps.turn(), image, { seed: 1, compute: false })
      if (read) expect(output.data).toHaveLength(image.data.length)
      return run(steps.bend(), output, { seed: 1 })
    }
    const whole = fused([steps.turn(), steps.bend()], image)
    expect(half(true).output.data).toEqual(whole.data)
    expect(half(false).output.data).toEqual(whole.data)
    expect(half(true).trace.passes['image']).toHaveLength(1)
  })

  test('fusion ends where run ends', () => {
    const image = smoothNoise(grid, 4)
    const { output } = run(steps.turn(), image, { seed: 1 })
    const { trace } = run(steps.bend(), output, { seed: 1 })
    expect(trace.passes['image']).toEqual([{ by: 'spatial', path: '', why: 'the first spatial step' }])
    expect(run(steps.bend(), output, { seed: 1 }).output.data).not.toEqual(
      fused([steps.turn(), steps.bend()], image).data,
    )
  })

  test('pending voxels survive structuredClone as voxels', () => {
    const { output } = run(steps.turn(), smoothNoise(grid, 4), { seed: 1, compute: false })
    const clone = structuredClone(output)
    expect(clone).toEqual(run(steps.turn(), smoothNoise(grid, 4), { seed: 1 }).output)
  })
})
