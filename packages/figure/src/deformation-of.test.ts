import {
  Compose,
  createRegistry,
  define,
  run,
  type Trace,
  transformPoint,
  type Vec3,
  type Volume,
  volume,
} from '@voxaug/core'
import { DisplacementField, ElasticDeformation } from '@voxaug/elastic'
import { Affine, Crop, Flip, Pad, ResampleTo, Resize, Rotate, Shift } from '@voxaug/geometry'
import geometry from '@voxaug/geometry/plugin'
import { Noise, ZScore } from '@voxaug/intensity'
import { describe, expect, test } from 'vitest'
import { type DeformationOptions, deformationOf } from './deformation-of.ts'

/** Oblique, with three spacings and an origin. */
const affine = [1.9, 0.2, 0, -7, -0.3, 2.9, 0.1, 11, 0.1, 0, 1.2, 5, 0, 0, 0, 1]
const shape = [7, 6, 5] as const
const image = volume({ data: Float32Array.from({ length: 210 }, (_, n) => (n * 37) % 53), shape, affine })

/** What a deformation has at a voxel: a world position. */
function positionAt({ data, shape }: Volume, i: number, j: number, k: number): number[] {
  const size = shape[0] * shape[1] * shape[2]
  return [0, 1, 2].map((axis) => data[axis * size + i + shape[0] * (j + shape[1] * k)]!)
}

const worldOf = (i: number, j: number, k: number) => transformPoint(affine, [i, j, k])
const close = (position: Vec3 | readonly number[]) => position.map((x) => expect.closeTo(x, 4))

test('nothing but intensity steps: each voxel came from where it is', () => {
  const { trace } = run(Compose([ZScore(), Noise({ std: 2 })]), image, { seed: 1 })
  const found = deformationOf(trace)
  expect(found).toMatchObject({ kind: 'image', channels: 3, dtype: 'float32', shape, affine })
  expect(positionAt(found, 5, 3, 2)).toEqual(close(worldOf(5, 3, 2)))
  expect(found.data).not.toContain(Number.NaN)
})

describe('by hand', () => {
  test('a flip: voxel i came from n - 1 - i', () => {
    const { trace } = run(Compose([Flip({ axes: ['x'] }), ZScore()]), image, { seed: 1 })
    expect(positionAt(deformationOf(trace), 1, 2, 4)).toEqual(close(worldOf(5, 2, 4)))
  })

  test('a shift by 2.5 voxels along j: from 2.5 before, and from nowhere at the first two', () => {
    const { trace } = run(Shift({ voxels: [0, 2.5, 0] }), image, { seed: 1 })
    const found = deformationOf(trace)
    expect(positionAt(found, 4, 4, 1)).toEqual(close(worldOf(4, 1.5, 1)))
    expect(positionAt(found, 4, 1, 1)).toEqual([Number.NaN, Number.NaN, Number.NaN])
  })

  test('a crop after a turn is on the cropped grid', () => {
    const augment = Compose([Rotate({ degrees: [0, 0, 20] }), Crop({ shape: [3, 4, 2], at: [2, 1, 3] })])
    const { output, trace } = run(augment, image, { seed: 1 })
    const found = deformationOf(trace)
    expect(found).toMatchObject({ shape: [3, 4, 2], affine: output.affine })
    // p = c + R (q - c), so the voxel at p came from q = c + Rᵀ (p - c).
    const [p, c] = [worldOf(3, 3, 3), worldOf(3, 2.5, 2)]
    const [cos, sin] = [0.9396926208, 0.3420201433]
    const [x, y] = [p[0] - c[0], p[1] - c[1]]
    expect(positionAt(found, 1, 2, 0)).toEqual(close([c[0] + cos * x + sin * y, c[1] - sin * x + cos * y, p[2]]))
  })
})

describe('is the inverse of where points go', () => {
  test.each([
    ['affine', Affine({ rotationDegrees: [8, -5, 12], scale: 1.1, translationMm: [0.5, -0.4, 0.3] })],
    ['elastic', ElasticDeformation({ maxDisplacementMm: 0.8, lockedBorders: 0, controlPoints: 4 })],
  ])('%s', (_, transform) => {
    const { trace } = run(transform, image, { seed: 6 })
    const found = deformationOf(trace)
    const from = positionAt(found, 3, 2, 2)
    const moved = run(transform, { image, at: { kind: 'points', positions: [from as unknown as Vec3] } }, { seed: 6 })
    const [point] = (moved.output.at as { positions: readonly Vec3[] }).positions
    // Positions are float32.
    expect(point).toEqual(close(worldOf(3, 2, 2)))
  })
})

describe('whatever the steps do with voxels', () => {
  test('nothing comes from beyond a grid, by any fill', () => {
    for (const fill of ['minimum', 'mean', 7, 'edge', 'reflect', 'mirror', 'wrap'] as const) {
      const { trace } = run(Pad({ voxels: [[2, 0], 0, 0], fill }), image, { seed: 1 })
      const found = deformationOf(trace)
      expect(found.shape).toEqual([9, 6, 5])
      expect(positionAt(found, 1, 3, 3)).toEqual([Number.NaN, Number.NaN, Number.NaN])
      expect(positionAt(found, 2, 3, 3)).toEqual(close(worldOf(0, 3, 3)))
    }
  })

  test('positions are not smoothed, nor the nearest voxel’s, nor blended with what is nowhere', () => {
    const augment = Compose([
      Shift({ voxels: [1, 0, 0], interpolation: 'cubic' }),
      Resize({ shape: [7, 3, 5], interpolation: 'nearest' }),
      Rotate({ degrees: [0, 0, 10], interpolation: 'cubic' }),
    ])
    const { trace } = run(augment, image, { seed: 1 })
    const found = deformationOf(trace)
    // The largest world coordinate of the grid is below 30 mm.
    expect(found.data.every((x) => Number.isNaN(x) || Math.abs(x) < 30)).toBe(true)
    expect(positionAt(found, 0, 1, 2)).toEqual([Number.NaN, Number.NaN, Number.NaN])
    const unturned = deformationOf({ ...trace, steps: trace.steps.slice(0, 2) }, { registry: createRegistry(geometry) })
    // Voxel 1 of three is in the middle of voxels 2 and 3 of six.
    expect(positionAt(unturned, 4, 1, 2)).toEqual(close(worldOf(3, 2.5, 2)))
    // At the border smoothing would show.
    expect(positionAt(unturned, 4, 0, 2)).toEqual(close(worldOf(3, 0.5, 2)))
  })
})

describe('the subject of the run', () => {
  const label = volume({
    data: new Int8Array(64),
    shape: [4, 4, 4],
    kind: 'label',
    affine: [2, 0, 0, -5, 0, 2, 0, 12, 0, 0, 2, 6, 0, 0, 0, 1],
  })

  test('a step that was for other entries alone moved nothing', () => {
    const augment = Compose([
      Flip({ axes: ['x'], include: ['label'] }),
      Shift({ voxels: [0, 0, 1], include: ['image'] }),
    ])
    const { trace } = run(augment, { label, image }, { seed: 1 })
    expect(positionAt(deformationOf(trace), 5, 2, 3)).toEqual(close(worldOf(5, 2, 2)))
  })

  test('a step may go by the grid of another entry', () => {
    const { trace } = run(ResampleTo({ entry: 'label', labelFill: -1 }), { image, label }, { seed: 1 })
    const found = deformationOf(trace)
    expect(found).toMatchObject({ shape: [4, 4, 4], affine: label.affine })
    expect(positionAt(found, 1, 2, 1)).toEqual(close([-3, 16, 8]))
  })

  test('a step may read another entry’s voxels, where it is given', () => {
    const data = new Float32Array(630).map((_, n) => (n < 210 ? 0.5 : n < 420 ? -0.25 : 0))
    const field = volume({ data, shape, affine, channels: 3 })
    const { trace } = run(DisplacementField({ entry: 'field' }), { image, field }, { seed: 1 })
    const [x, y, z] = worldOf(3, 3, 2)
    expect(positionAt(deformationOf(trace, { entries: { field } }), 3, 3, 2)).toEqual(close([x + 0.5, y - 0.25, z]))
    const grid = { shape: [4, 5, 6], affine } as const
    expect(positionAt(deformationOf(trace, { grid, entries: { field } }), 1, 2, 3)).toEqual(
      close([worldOf(1, 2, 3)[0] + 0.5, worldOf(1, 2, 3)[1] - 0.25, worldOf(1, 2, 3)[2]]),
    )
    expect(() => deformationOf(trace)).toThrow('elastic/DisplacementField: there must be an image named "field"')
  })

  test('another subject’s grid may be given', () => {
    const { trace } = run(Flip({ axes: ['y'] }), image, { seed: 1 })
    const grid = { shape: [3, 8, 2], affine: [1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 1] } as const
    expect(positionAt(deformationOf(trace, { grid }), 2, 1, 1)).toEqual(close([2, 12, 3]))
  })

  test('stays as it was, and the trace too', () => {
    const { trace } = run(Compose([Rotate({ degrees: 5, fill: 'mean' }), ZScore()]), image, { seed: 1 })
    const before = JSON.stringify(trace)
    deformationOf(trace)
    expect(JSON.stringify(trace)).toBe(before)
  })
})

describe('a trace from JSON', () => {
  const { trace } = run(Shift({ mm: [1, 2, 3] }), image, { seed: 1 })
  const read = (): Trace => JSON.parse(JSON.stringify(trace))

  test('needs a registry', () => {
    expect(deformationOf(read(), { registry: createRegistry(geometry) })).toEqual(deformationOf(trace))
    expect(() => deformationOf(read())).toThrow(
      'a trace that was read from data needs { registry } to find geometry/Shift.',
    )
  })

  test('a transform of somebody else’s that has no such options is replayed as it is', () => {
    const Own = define({
      name: 'own/Still',
      help: '',
      changes: 'geometry',
      options: {},
      sample: () => ({ fill: 'mine' }),
      apply: (selected, params) => {
        expect(params).toEqual({ fill: 'mine' })
        return selected
      },
    })
    const { trace } = run(Own(), image, { seed: 1 })
    expect(positionAt(deformationOf(trace), 1, 2, 3)).toEqual(close(worldOf(1, 2, 3)))
  })

  test.each([
    [null, {}, 'invalid-trace', 'figure: a deformation needs a trace with a step that had a frame, got null.'],
    [
      { voxaug: 1, passes: {}, steps: [null] },
      {},
      'invalid-trace',
      'figure: a deformation needs a trace with a step that had a frame, got {"voxaug":1, "passes":{}, "steps":[null]}.',
    ],
    [
      { ...read(), steps: [{ ...read().steps[0]!, grids: { image: { shape: [1e9, 1e9, 1e9], affine } } }] },
      {},
      'invalid-trace',
      'figure: grids.image must be { shape, affine } of at most 268435456 voxels, got {"shape":[1000000000, 1000000000, 1000000000], "affine":[….',
    ],
    [
      read(),
      { grid: { shape: [2, 2, 2], affine: [1] } },
      'invalid-option',
      'figure: grid must be { shape, affine } of at most 268435456 voxels, got {"shape":[2, 2, 2], "affine":[1]}.',
    ],
    [
      { ...read(), steps: [...read().steps, null] },
      { registry: createRegistry(geometry) },
      'invalid-trace',
      'step 1 of a trace must be a record with path, transform, params and grids, got null.',
    ],
  ])('that is wrong is refused, %#', (wrong, options, code, message) => {
    expect(() => deformationOf(wrong as unknown as Trace, options as DeformationOptions)).toThrow(
      expect.objectContaining({ code, message }),
    )
  })
})
