import { invert, type Points, points, run, type Vec3, volume } from '@voxaug/core'
import { obliqueGrid, smoothNoise } from '@voxaug/core/testing'
import { describe, expect, test } from 'vitest'
import { DisplacementField } from './index.ts'

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
