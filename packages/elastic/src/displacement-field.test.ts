import { Compose, createRegistry, invert, OneOf, type Points, points, run, type Vec3, volume } from '@voxaug/core'
import { obliqueGrid, smoothNoise } from '@voxaug/core/testing'
import { Crop, Resize, Rotate } from '@voxaug/geometry'
import geometry from '@voxaug/geometry/plugin'
import { ClipRange, ZScore } from '@voxaug/intensity'
import intensity from '@voxaug/intensity/plugin'
import { describe, expect, test } from 'vitest'
import { DisplacementField } from './index.ts'
import elastic from './plugin.ts'

const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
const cube: Vec3 = [3, 2, 2]
const image = volume({ data: Int16Array.from({ length: 12 }, (_, n) => 10 * n), shape: cube, affine: identity })
const field = (x: number, y: number, z: number, type: typeof Float32Array | typeof Float64Array = Float32Array) =>
  volume({
    data: new type(36).map((_, n) => [x, y, z][Math.floor(n / 12)]!),
    shape: cube,
    channels: 3,
    affine: identity,
  })
const deformed = (d: ReturnType<typeof field>) => run(DisplacementField({ entry: 'd', fill: -1 }), { image, d })

test('by hand: out(p) = in(p + d(p)), in mm', () => {
  const { output } = deformed(field(0.5, 0, 1))
  expect([...output.image.data]).toEqual([65, 75, 80, 95, 105, 110, -1, -1, -1, -1, -1, -1])
})

test('whole voxels come as they are, but as float32: that a field moves by whole voxels is nobody’s to know', () => {
  const { output } = deformed(field(1, 0, 0))
  expect(output.image.dtype).toBe('float32')
  expect([...output.image.data].slice(0, 3)).toEqual([10, 20, -1])
})

test('the field stays as it is, and may be of float64', () => {
  const d = field(0.5, 0, 1, Float64Array)
  const { output } = deformed(d)
  expect(output.d).toBe(d)
  expect(output.image.data).toEqual(deformed(field(0.5, 0, 1)).output.image.data)
})

test('points go where the anatomy goes, against the pull', () => {
  const p = points([[1, 0.5, 0.5]])
  const { output } = run(DisplacementField({ entry: 'd' }), { image, d: field(0.25, -0.5, 0), p })
  for (const [axis, x] of [0.75, 1, 0.5].entries()) expect(output.p.positions[0]![axis]).toBeCloseTo(x, 6)
})

test('it is undone where the field is given again', () => {
  const grid = obliqueGrid()
  const d = volume({
    ...grid,
    data: Float32Array.from([1, 2, 3].flatMap((seed) => [...smoothNoise(grid, seed).data])),
    channels: 3,
  })
  const given = points([[3.5, 0.25, 22]])
  const subject = { image: smoothNoise(grid, 5), d, given }
  const { output, trace } = run(DisplacementField({ entry: 'd' }), subject)
  const back = (invert(trace, output).output.given as Points).positions[0]!
  for (const axis of [0, 1, 2] as const) expect(Math.abs(back[axis] - given.positions[0]![axis])).toBeLessThan(1e-5)
  expect(() => invert(trace, { image: output.image })).toThrow('there must be an image named "d"; there are image.')
})

describe('no other step changes the field', () => {
  const grid = obliqueGrid()
  const d = volume({
    ...grid,
    data: Float32Array.from([1, 2, 3].flatMap((seed) => [...smoothNoise(grid, seed).data])),
    channels: 3,
  })
  const subject = { image: smoothNoise(grid, 5), d, given: points([[3.5, 0.25, 22]]) }
  test.each([
    ['a coarser grid', [DisplacementField({ entry: 'd' }), Resize({ factor: 0.4 })]],
    ['a part of the grid', [DisplacementField({ entry: 'd' }), Crop({ shape: [3, 4, 2] })]],
    ['a turn', [DisplacementField({ entry: 'd' }), Rotate({ degrees: 25 })]],
    ['intensities', [ClipRange({ min: 0, max: 0.01 }), DisplacementField({ entry: 'd' }), ZScore()]],
    ['a choice of steps', [Rotate({ degrees: 5 }), OneOf([DisplacementField({ entry: 'd' })]), Rotate({ degrees: 5 })]],
  ])('be it %s: it is the same object after, and all is undone', (_, steps) => {
    const { output, trace } = run(Compose(steps), subject, { seed: 1 })
    expect(output.d).toBe(d)
    const stored = JSON.parse(JSON.stringify(trace))
    const { given } = invert(stored, output, { registry: createRegistry(elastic, geometry, intensity) }).output
    for (const axis of [0, 1, 2] as const)
      expect(Math.abs(given.positions[0]![axis] - subject.given.positions[0]![axis])).toBeLessThan(1e-5)
  })
})

test('a frame of one voxel’s thickness keeps motion within its plane', () => {
  const { affine } = obliqueGrid()
  const slice = volume({ data: Int16Array.from({ length: 12 }, (_, n) => 10 * n), shape: [4, 3, 1], affine })
  // One voxel along the second axis, and far out of the plane.
  const out = [0, 4, 8].map((row) => affine[row + 1]! + 40 * affine[row + 2]!)
  const d = volume({ data: Float32Array.from({ length: 24 }, (_, n) => out[n >> 3]!), shape: [2, 2, 2], channels: 3 })
  const { output } = run(DisplacementField({ entry: 'd', fill: -1, interpolation: 'nearest' }), { slice, d })
  expect([...output.slice.data]).toEqual([40, 50, 60, 70, 80, 90, 100, 110, -1, -1, -1, -1])
})

describe('is refused:', () => {
  test('a field that there is not', () =>
    expect(() => run(DisplacementField({ entry: 'd' }), { image })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: elastic/DisplacementField: there must be an image named "d"; there are image.]`,
    ))
  test('a field of one channel', () =>
    expect(() => run(DisplacementField({ entry: 'd' }), { image, d: image })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: elastic/DisplacementField: d must have three channels, got 1.]`,
    ))
  test('displacements that are not finite', () =>
    expect(() => deformed(field(Number.NaN, 0, 0))).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: elastic/DisplacementField: displacements must be finite, got 12 that are NaN or infinite.]`,
    ))
  test('points where it folds space', () => {
    const data = new Float32Array(36)
    data[1] = -5
    const d = volume({ data, shape: cube, channels: 3, affine: identity })
    const { trace } = run(DisplacementField({ entry: 'd' }), { image, d })
    expect(trace.warnings.map(({ code }) => code)).toEqual(['folding'])
    expect(() => run(DisplacementField({ entry: 'd' }), { image, d, p: points([[1, 0, 0]]) })).toThrow('folds space')
  })
})
