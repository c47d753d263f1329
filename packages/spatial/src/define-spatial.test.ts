import {
  Compose,
  centerIndex,
  invert,
  number,
  points,
  range,
  replay,
  run,
  type Subject,
  transformPoint,
  type Volume,
  volume,
} from '@voxaug/core'
import { asymmetricSubject, contract, countPasses, obliqueGrid } from '@voxaug/core/testing'
import { describe, expect, test } from 'vitest'
import { defineSpatial } from './define-spatial.ts'
import { shift, warpStep, waves } from './test-steps.ts'
import { affineWarp, latticeWarp } from './warp.ts'

/** As a third party would write it: breathing, a lattice that moves the lower half of the frame up and down. */
const Breathe = defineSpatial({
  name: 'lungs/Breathe',
  help: 'Moves the lower half along the frame’s z axis.',
  options: { amountMm: range({ default: [-2, 2], bounds: [-20, 20], help: 'How far.' }) },
  sample: ({ amountMm }, random) => ({ amountMm: random.draw(amountMm) }),
  resolve({ amountMm }, { frame }) {
    if (amountMm === 0) return {}
    const [x, y, z] = transformPoint(frame.affine, centerIndex(frame))
    return {
      warp: latticeWarp({
        shape: [3, 3, 3],
        toLattice: [1 / 15, 0, 0, 1 - x / 15, 0, 1 / 15, 0, 1 - y / 15, 0, 0, 1 / 15, 1 - z / 15, 0, 0, 0, 1],
        displacementsMm: Array.from({ length: 81 }, (_, n) => (n % 3 === 2 && n < 27 ? amountMm : 0)),
      }),
    }
  },
})

describe('a third party’s warp keeps the contract', () => {
  for (const { name, check } of contract(Breathe, {
    options: { amountMm: [-2, 2] },
    random: true,
    identity: { amountMm: 0 },
    bad: [
      { amountMm: 30 },
      { fill: 'maximum' },
      { interpolation: 'vote' },
      { labelInterpolation: 'linear' },
      { labelFill: 0.5 },
    ],
  }))
    test(name, check)
})

test('and joins a pass with others', () => {
  const steps = Compose([Breathe(), warpStep(affineWarp(shift(1.5))), Breathe()])
  expect(countPasses(() => run(steps, asymmetricSubject(), { seed: 1 }))).toEqual({ spatial: 3 })
})

/** A step whose warp shifts by as many mm as the frame has voxels along x. */
const byFrame = () => warpStep(({ frame }) => affineWarp(shift(frame.shape[0])))
const like = (shape: readonly [number, number, number], kind: 'image' | 'label' = 'image') =>
  volume({ data: new Uint8Array(shape[0] * shape[1] * shape[2]), shape, kind, spacingMm: [1, 1, 1] })
const moved = (subject: Subject, step = byFrame()) => {
  const { output } = run(step, { ...subject, p: points([[0, 0, 0]]) }, { seed: 1 })
  return (output['p'] as ReturnType<typeof points>).positions[0]![0]
}

describe('the frame', () => {
  test('is the first image’s grid, whatever stands before it', () =>
    expect(moved({ label: like([9, 1, 2], 'label'), a: like([3, 4, 5]), b: like([4, 4, 5]) })).toBe(3))
  test('is the first label map’s, where there is no image', () =>
    expect(moved({ a: like([6, 4, 5], 'label'), b: like([7, 4, 5], 'label') })).toBe(6))
  test('is the same whatever include says', () => {
    const step = warpStep(({ frame }) => affineWarp(shift(frame.shape[0])), { include: ['b', 'p'] })
    expect(moved({ a: like([3, 4, 5]), b: like([4, 4, 5]) }, step)).toBe(3)
  })
  test('is needed', () => {
    expect(() => run(Compose([byFrame()]), points([[1, 2, 3]]), { seed: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: Compose[0] > test/Warp4: a subject must have an image or a label map, whose grid spatial steps go by; got points only.]`,
    )
  })
})

describe('include', () => {
  test('leaves the others the very objects', () => {
    const subject = { ...asymmetricSubject() }
    const { output } = run(warpStep(affineWarp(shift(3)), { include: ['label'] }), subject, { seed: 1 })
    expect(output.image).toBe(subject.image)
    expect(output.points).toBe(subject.points)
    expect(output.label).not.toBe(subject.label)
  })
})

describe('labels', () => {
  test('take no value but their own and the label fill, which their type must hold', () => {
    const subject = { label: asymmetricSubject().label }
    const warp = waves(1, 6, [-12, -20, 0], [14, 5, 40])
    const seen = new Set(
      run(warpStep([...affineWarp(shift(-4)), ...warp], { labelFill: 9 }), subject, { seed: 1 }).output.label.data,
    )
    expect([...seen].sort()).toEqual([0, 1, 2, 7, 9])
    expect(() => run(warpStep(warp, { labelFill: 256 }), subject, { seed: 1 })).toThrowError(
      /^test\/Warp\d+: labelFill must be a number that uint8 holds, as label has it, got 256\.$/,
    )
  })
})

describe('parameters', () => {
  test('hold only the settings that were chosen', () => {
    const traced = (options: object) =>
      run(Breathe({ amountMm: 1, ...options }), asymmetricSubject(), { seed: 1 }).trace.steps[0]!.params
    expect(traced({})).toEqual({ amountMm: 1 })
    expect(traced({ fill: 'mean', labelFill: 0 })).toEqual({ amountMm: 1, fill: 'mean' })
  })
  test('are replayed with their fill', () => {
    const { output, trace } = run(warpStep(affineWarp(shift(9)), { fill: 55 }), asymmetricSubject(), { seed: 1 })
    expect(output.image.data).toContain(55)
    expect(replay(trace, asymmetricSubject()).output).toEqual(output)
  })
})

describe('points', () => {
  test('go where the voxels go', () => {
    // A bright voxel, and a point on it.
    const grid = obliqueGrid()
    const data = new Float32Array(20 * 24 * 18)
    for (const [di, dj, dk] of neighbours)
      data[9 + di + 20 * (11 + dj + 24 * (8 + dk))] = 1 / (1 + Math.abs(di) + Math.abs(dj) + Math.abs(dk))
    const subject = { image: volume({ ...grid, data }), p: points([transformPoint(grid.affine, [9, 11, 8])]) }
    const warp = [...waves(3, 3, [-12, -20, 0], [14, 5, 40]), ...affineWarp(shift(2.3, -1.1, 0.7))]
    const { output } = run(warpStep(warp, { fill: 0 }), subject, { seed: 1 })
    const [x, y, z] = output.p.positions[0]!
    const [cx, cy, cz] = centroid(output.image)
    expect(Math.hypot(x - cx, y - cy, z - cz)).toBeLessThan(0.35)
  })
})

const neighbours = Array.from(
  { length: 27 },
  (_, n) => [(n % 3) - 1, (Math.floor(n / 3) % 3) - 1, Math.floor(n / 9) - 1] as const,
)

function centroid({ data, shape: [nx, ny], affine }: Volume) {
  let total = 0
  const sum = [0, 0, 0] as [number, number, number]
  for (const [n, value] of data.entries()) {
    total += value
    const p = transformPoint(affine, [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))])
    for (const axis of [0, 1, 2] as const) sum[axis] += value * p[axis]
  }
  return sum.map((x) => x / total) as unknown as typeof sum
}

describe('invert', () => {
  const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
  test('brings a label map back, and says which of its voxels it covers', () => {
    const label = volume({ data: Uint8Array.of(1, 2, 3, 4), shape: [4, 1, 1], affine: identity, kind: 'label' })
    const { output, trace } = run(warpStep(affineWarp(shift(1.25))), label, { seed: 1 })
    const back = invert(trace, output)
    expect([...back.output.data]).toEqual([1, 2, 3, 0])
    expect([...back.covered['label']!.data]).toEqual([1, 1, 1, 0])
  })
  test('says what it covers whatever label maps are filled with', () => {
    const label = volume({
      data: new Uint8Array(1000).fill(1),
      shape: [10, 10, 10],
      spacingMm: [1, 1, 1],
      kind: 'label',
    })
    const coveredOf = (labelFill: number) => {
      const { output, trace } = run(warpStep(affineWarp(shift(4)), { labelFill }), label, { seed: 1 })
      return invert(trace, output).covered['label']!.data
    }
    // Four of ten planes were pushed out.
    expect([...coveredOf(0)].filter((one) => one === 1).length).toBe(600)
    expect(coveredOf(7)).toEqual(coveredOf(0))
  })

  test('refuses a field that folds', () => {
    const image = volume({ data: new Float32Array(60), shape: [3, 4, 5], spacingMm: [4, 4, 4] })
    const { output, trace } = run(warpStep(waves(1, 30, [0, 0, 0], [20, 20, 20])), image, { seed: 1 })
    expect(trace.warnings).toEqual([
      {
        code: 'folding',
        message: 'the displacement folds space in places; points and inverses will refuse it.',
        path: '',
      },
    ])
    expect(() => invert(trace, output)).toThrow(
      /^test\/Warp\d+: the displacement folds space, so points and inverses have no answer; use smaller displacements or fewer control points\.$/,
    )
  })
})

test('relate is asked, and other options go through', () => {
  const Odd = defineSpatial({
    name: 'test/Odd',
    help: 'For odd numbers.',
    options: { n: number({ help: 'Odd.' }) },
    relate: ({ n }) => (n % 2 === 1 ? undefined : `n must be odd, got ${n}.`),
    sample: () => ({}),
    resolve: () => ({}),
  })
  expect(() => Odd({ n: 2 })).toThrowErrorMatchingInlineSnapshot(`[VoxaugError: test/Odd: n must be odd, got 2.]`)
  expect(Odd({ n: 3, fill: 2 }).options).toEqual({
    n: 3,
    fill: 2,
    interpolation: 'linear',
    labelInterpolation: 'nearest',
    labelFill: 0,
    outsidePoints: 'keep',
  })
})
