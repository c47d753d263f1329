import {
  Compose,
  inverse,
  invert,
  orientationOf,
  points,
  run,
  transformPoint,
  type Vec3,
  type Volume,
  volume,
  voxelsOf,
} from '@voxaug/core'
import { countPasses, obliqueGrid, smoothNoise, worldRamp } from '@voxaug/core/testing'
import { DisplacementField, ElasticDeformation } from '@voxaug/elastic'
import { Affine, Crop, CropOrPad, Flip, Pad, Resample, Resize, Rotate, Shift } from '@voxaug/geometry'
import { Blur, Noise, ZScore } from '@voxaug/intensity'
import { readNifti, writeNifti } from '@voxaug/io'
import { displacementAt, type LatticePart, latticeWarp } from '@voxaug/spatial'
import { describe, expect, test } from 'vitest'

// Defects that other libraries have or had, by what was wrong with them: each has a test that would catch it here. Of what voxaug
// has no counterpart to yet (ghosting, motion, Gibbs ringing, patch aggregation and swapping, brightness) there is none.

const noise = (shape: Vec3 = [20, 24, 18], seed = 1) => smoothNoise(obliqueGrid(shape), seed)
const extent = ({ data }: Volume) => [Math.min(...data), Math.max(...data)] as const

describe('1, of TorchIO and batchgeneratorsv2: rims blended with 0 and not with the fill', () => {
  test('no voxel is between the fill and the data', () => {
    // Air of CT as fill, on data from 500 on.
    const image = noise()
    const ct = volume({ ...image, data: image.data.map((x) => 1000 + 500 * x) })
    const [low, high] = extent(ct)
    for (const interpolation of ['linear', 'nearest', 'cubic'] as const) {
      for (const step of [
        Rotate({ degrees: 20, fill: -1000, interpolation }),
        ElasticDeformation({ fill: -1000, interpolation }),
      ]) {
        const { data } = run(step, ct, { seed: 1 }).output
        // A spline may leave the data's range, but by far less than to the fill.
        const room = interpolation === 'cubic' ? 0.2 * (high - low) : 0
        expect(data.every((x) => x === -1000 || (x >= low - room && x <= high + room))).toBe(true)
      }
    }
  })
})

test('2, of TorchIO: interpolated whole numbers cut off towards 0', async () => {
  const ct = volume({ data: Int16Array.of(-3, -4, -3, -4), shape: [2, 2, 1], spacingMm: [1, 1, 1] })
  const { output } = run(Shift({ voxels: [0.5, 0, 0], fill: 'edge' }), ct, { seed: 1 })
  // They stay fractions until they are written, and are rounded then.
  expect([...output.data]).toEqual([-3, -3.5, -3, -3.5])
  const written = await writeNifti(volume({ ...output, data: output.data.map((x) => x - 0.25) }), { dtype: 'int16' })
  expect([...(await readNifti(written)).data]).toEqual([-3, -4, -3, -4])
})

test('3, of TorchIO: splines that ignore the fill', () => {
  const { data } = run(Rotate({ degrees: 30, interpolation: 'cubic', fill: 777 }), noise(), { seed: 1 }).output
  expect(data.some((x) => x === 777)).toBe(true)
  expect(data.some((x) => x !== 777)).toBe(true)
})

describe('4, of TorchIO: statistics of the first image, or of channels pooled', () => {
  const [a, b] = [noise(undefined, 1), noise(undefined, 2)]
  const both = volume({ ...a, channels: 2, data: Float32Array.of(...a.data, ...b.data.map((x) => 50 + 7 * x)) })
  test('fill and standardisation are of each channel', () => {
    const alone = (step: typeof scored, data: Float32Array) =>
      run(step, volume({ ...a, data }), { seed: 1 }).output.data
    const scored = ZScore()
    const size = a.data.length
    for (const step of [scored, Shift({ voxels: [3, 0, 0] }), Shift({ voxels: [3, 0, 0], fill: 'mean' })]) {
      const { data } = run(step, both, { seed: 1 }).output
      expect(data.subarray(0, size)).toEqual(alone(step, both.data.slice(0, size) as Float32Array))
      expect(data.subarray(size)).toEqual(alone(step, both.data.slice(size) as Float32Array))
    }
  })
  test('and of each image of a subject', () => {
    const subject = { a, b: volume({ ...b, data: b.data.map((x) => 50 + 7 * x) }) }
    const { output } = run(Shift({ voxels: [3, 0, 0] }), subject, { seed: 1 })
    expect([output.a.data[0], output.b.data[0]]).toEqual([extent(subject.a)[0], extent(subject.b)[0]])
  })
})

describe('5, of TorchIO: images and label maps aligned in different ways, origins left where they were', () => {
  const image = noise()
  const label = volume({ ...image, data: Uint8Array.from(image.data, (x) => (x > 0 ? 200 : 0)), kind: 'label' })
  test.each([
    Resize({ factor: 0.5, interpolation: 'nearest', antialias: false }),
    Resize({ factor: [1.7, 0.6, 2], interpolation: 'nearest', antialias: false }),
    Resize({ factor: [1.7, 0.6, 2], align: 'corners', interpolation: 'nearest', antialias: false }),
    Resample({ spacingMm: [2, 1.5, 1], interpolation: 'nearest' }),
  ])('voxels of a label map are where those of its image are: %#', (step) => {
    const { output } = run(step, { image, label }, { seed: 1 })
    expect(output.label.affine).toEqual(output.image.affine)
    expect([...output.label.data]).toEqual([...output.image.data].map((x) => (x > 0 ? 200 : 0)))
  })
  test.each(['edges', 'corners'] as const)('the affine says where the voxels are: %s', (align) => {
    const ramp = worldRamp(obliqueGrid())
    const { output } = run(Resize({ factor: 0.5, align, antialias: false }), ramp, { seed: 1 })
    const size = voxelsOf(output.shape)
    const [nx, ny] = output.shape
    const n = 4 + nx * (5 + ny * 3)
    const place = transformPoint(output.affine, [4, 5, 3])
    for (const axis of [0, 1, 2] as const) expect(output.data[n + axis * size]).toBeCloseTo(place[axis], 4)
  })
})

describe('7, of MONAI: lazy steps whose interpolation and padding are not read, fields added up, crops that end a run', () => {
  test('each step of a fused run keeps its own fill', () => {
    const steps = Compose([Rotate({ degrees: 20, fill: 111 }), Shift({ voxels: [4.5, 0, 0], fill: 222 })])
    const { data } = run(steps, noise(), { seed: 1 }).output
    expect([data.includes(111), data.includes(222)]).toEqual([true, true])
  })
  test('each volume of a fused run keeps its own interpolation, whatever the last step has', () => {
    const [image, whole] = [noise(), noise(undefined, 2)]
    const label = volume({ ...whole, data: Uint8Array.from(whole.data, (x) => (x > 0 ? 3 : 8)), kind: 'label' })
    for (const interpolation of ['nearest', 'linear', 'cubic'] as const) {
      const turn = Rotate({ degrees: 20, interpolation, labelInterpolation: 'vote', fill: 'edge', labelFill: 'edge' })
      const shift = Shift({ voxels: [4, 0, 0], fill: 'edge', labelFill: 'edge' })
      const fused = run(Compose([turn, shift]), { image, label }, { seed: 1 }).output
      const alone = run(turn, { image, label }, { seed: 1 }).output
      // A shift by whole voxels: what is inside is there as the turn alone made it.
      const [nx, ny, nz] = image.shape
      const at = (i: number) => i + nx * (ny * (nz >> 1) + (ny >> 1))
      for (const i of [6, 9, 12]) {
        expect(fused.image.data[at(i)]).toBeCloseTo(alone.image.data[at(i - 4)]!, 4)
        expect(fused.label.data[at(i)]).toBe(alone.label.data[at(i - 4)])
      }
    }
  })
  test('two fields are composed, not added', () => {
    const ramp = worldRamp(obliqueGrid())
    const bends = [
      ElasticDeformation({ controlPoints: 5, maxDisplacementMm: 4, lockedBorders: 0 }),
      ElasticDeformation({ controlPoints: 6, maxDisplacementMm: 3, lockedBorders: 0 }),
    ]
    const { output, trace } = run(Compose(bends), ramp, { seed: 1 })
    const [first, second] = trace.steps.map(({ params }, n) =>
      latticeOf(ramp, [5, 6][n]!, params['displacementsMm'] as number[]),
    )
    const size = voxelsOf(ramp.shape)
    const p = transformPoint(ramp.affine, [9, 11, 8])
    const add = (q: Vec3, d: Vec3): Vec3 => [q[0] + d[0], q[1] + d[1], q[2] + d[2]]
    // The last step is looked through first.
    const q = add(p, displacementAt(second!, p))
    const wanted = add(q, displacementAt(first!, q))
    for (const axis of [0, 1, 2] as const)
      expect(output.data[9 + 20 * (11 + 24 * 8) + axis * size]).toBeCloseTo(wanted[axis], 3)
  })
  test('a crop on a label is part of the run', () => {
    const image = noise()
    const seg = volume({ ...image, data: Uint8Array.from(image.data, (x) => (x > 0.5 ? 1 : 0)), kind: 'label' })
    const steps = Compose([Rotate({ degrees: 5 }), Crop({ shape: [6, 7, 8], at: { label: 'seg' } })])
    expect(run(steps, { image, seg }, { seed: 1 }).trace.passes['image']).toHaveLength(1)
    // The label map is looked at once before, to find the place.
    expect(countPasses(() => run(steps, { image, seg }, { seed: 1 }))).toEqual({ spatial: 3 })
  })
})

describe('8, of batchgeneratorsv2', () => {
  test('rotations by the transposed matrix: anatomy at +x goes to +y about z', () => {
    const image = volume({ data: new Uint8Array(27), shape: [3, 3, 3], spacingMm: [1, 1, 1] })
    const { output } = run(Rotate({ degrees: [0, 0, 90] }), { image, p: points([[1, 0, 0]]) }, { seed: 1 })
    expect(output.p.positions).toEqual([[0, 1, 0]])
    const moved = run(Rotate({ degrees: [0, 0, 30] }), { image, p: points([[1, 0, 0]]) }, { seed: 1 }).output.p
      .positions[0]!
    expect(moved[0]).toBeCloseTo(Math.sqrt(3) / 2, 12)
    expect(moved[1]).toBeCloseTo(0.5, 12)
  })
  test('a variance that was taken for a standard deviation', () => {
    const flat = volume({ data: new Float32Array(64_000), shape: [40, 40, 40], spacingMm: [1, 1, 1] })
    const { data } = run(Noise({ std: 4 }), flat, { seed: 1 }).output
    expect(Math.sqrt([...data].reduce((sum, x) => sum + x * x, 0) / 64_000)).toBeCloseTo(4, 1)
  })
  test('a blur that wraps round', () => {
    const data = new Float32Array(1000)
    data[0] = 1000
    const { output } = run(Blur({ sigmaMm: 1 }), volume({ data, shape: [10, 10, 10], spacingMm: [1, 1, 1] }), {
      seed: 1,
    })
    expect(output.data[9]).toBe(0)
    expect(output.data[999]).toBe(0)
  })
})

test('9, of albumentations: random padding whose sides do not add up', () => {
  const image = volume({ data: Uint8Array.of(1), shape: [1, 1, 1], spacingMm: [1, 1, 1] })
  const places = new Set<number>()
  for (let seed = 0; seed < 60; seed++) {
    const { output } = run(CropOrPad({ shape: [6, 1, 1], at: 'random', fill: 0 }), image, { seed })
    expect(output.shape).toEqual([6, 1, 1])
    places.add(output.data.indexOf(1))
  }
  expect([...places].sort()).toEqual([0, 1, 2, 3, 4, 5])
})

describe('10 and 12, of volumentations and TorchIO: rotation about n / 2', () => {
  test.each([
    [4, 4, 4],
    [5, 5, 5],
  ] as const)('two half turns of %i × %i × %i voxels are none, and no voxel is lost', (...shape) => {
    const image = volume({
      data: Uint8Array.from({ length: voxelsOf(shape) }, (_, n) => n + 1),
      shape,
      spacingMm: [2, 2, 2],
    })
    const half = Rotate({ degrees: [0, 180, 0] })
    expect([...run(half, image, { seed: 1 }).output.data].sort((a, b) => a - b)).toEqual([...image.data])
    expect(run(Compose([half, half]), image, { seed: 1 }).output.data).toEqual(image.data)
  })
})

describe('11, of TorchIO', () => {
  const drawn = (lockedBorders: number) =>
    run(ElasticDeformation({ controlPoints: 7, maxDisplacementMm: 5, lockedBorders }), noise(), {
      seed: 3,
      compute: false,
    })
  test('borders that are locked on two of three axes', () => {
    const d = drawn(2).trace.steps[0]!.params['displacementsMm'] as readonly number[]
    for (let n = 0; n < 343; n++) {
      const index = [n % 7, Math.floor(n / 7) % 7, Math.floor(n / 49)]
      const locked = index.some((i) => i < 2 || i > 4)
      expect(d.slice(3 * n, 3 * n + 3).every((x) => x === 0)).toBe(locked)
    }
  })
  test('a last place that is never drawn', () => {
    const places = new Set<number>()
    const image = volume({ data: Uint8Array.of(0, 1, 2, 3), shape: [4, 1, 1], spacingMm: [1, 1, 1] })
    for (let seed = 0; seed < 60; seed++)
      places.add(run(Crop({ shape: [2, 1, 1], at: 'random' }), image, { seed }).output.data[0]!)
    expect([...places].sort()).toEqual([0, 1, 2])
  })
  test('B-splines that have corners: the field’s slope has no jumps', () => {
    const { trace } = drawn(0)
    const part = latticeOf(noise(), 7, trace.steps[0]!.params['displacementsMm'] as number[])
    const at = (x: number) => displacementAt(part, transformPoint(obliqueGrid().affine, [x, 11.2, 8.3]))[0]
    const h = 1e-3
    const slopes = Array.from({ length: 18_000 }, (_, n) => (at((n + 1) * h) - at(n * h)) / h)
    // A trilinear field's slope jumps by some tenths at each of the control points, which are 5 voxels apart.
    const jumps = slopes.slice(1).map((slope, n) => Math.abs(slope - slopes[n]!))
    expect(Math.max(...jumps)).toBeLessThan(0.01)
    expect(Math.max(...slopes) - Math.min(...slopes)).toBeGreaterThan(0.2)
  })
})

describe('13, of kornia and AlbumentationsX', () => {
  const image = noise()
  const ct = volume({ ...image, data: image.data.map((x) => 1000 * x) })
  test('label maps that are blended', () => {
    const label = volume({ ...image, data: Uint8Array.from(image.data, (x) => (x > 0 ? 200 : 3)), kind: 'label' })
    for (const labelInterpolation of ['nearest', 'vote'] as const)
      for (const step of [
        ElasticDeformation({ labelInterpolation }),
        Affine({ rotationDegrees: 20, labelInterpolation }),
      ])
        expect([...new Set(run(step, { image, label }, { seed: 1 }).output.label.data)].sort((a, b) => a - b)).toEqual([
          0, 3, 200,
        ])
  })
  test('Hounsfield units that are cut off at 0 and 1', () => {
    const [low, high] = extent(run(ElasticDeformation(), ct, { seed: 1 }).output)
    expect(low).toBeLessThan(-500)
    expect(high).toBeGreaterThan(500)
  })
})

test('of several: displacements along voxel axes that are meant along the world’s', () => {
  const grid = obliqueGrid()
  expect(orientationOf(grid.affine)).toBe('RAS')
  const field = volume({
    ...grid,
    channels: 3,
    data: Float32Array.from({ length: 3 * 8640 }, (_, n) => (n < 8640 ? 2 : 0)),
  })
  const { output } = run(DisplacementField({ entry: 'field' }), { ramp: worldRamp(grid), field }, { seed: 1 })
  const at = (of: Volume, axis: number) => of.data[9 + 20 * (11 + 24 * 8) + axis * 8640]!
  const before = worldRamp(grid)
  expect(at(output.ramp, 0) - at(before, 0)).toBeCloseTo(2, 4)
  expect(at(output.ramp, 1) - at(before, 1)).toBeCloseTo(0, 4)
})

test('of several: an inverse that only turns the field’s sign', () => {
  const image = noise()
  const given = points([[3.5, 0.25, 22]])
  const { output, trace } = run(
    ElasticDeformation({ controlPoints: 6, maxDisplacementMm: 4, lockedBorders: 0 }),
    { image, given },
    { seed: 2 },
  )
  const back = invert(trace, output).output.given.positions[0]!
  for (const axis of [0, 1, 2] as const) expect(Math.abs(back[axis] - given.positions[0]![axis])).toBeLessThan(1e-4)
})

test('of several: a flip, a pad and a reorientation that resample', () => {
  const image = volume({ ...noise(), data: Int16Array.from({ length: 8640 }, (_, n) => n) })
  for (const step of [Flip({ axes: ['left-right'] }), Pad({ voxels: 2, fill: 'reflect' })]) {
    const { output } = run(step, image, { seed: 1 })
    expect(output.dtype).toBe('int16')
    expect([...output.data].every((x) => Number.isInteger(x))).toBe(true)
  }
})

/** The lattice that ElasticDeformation's parameters mean over a frame: coordinate 1 at its first voxel's edge, m − 2 at its last. */
function latticeOf(frame: Volume, m: number, displacementsMm: readonly number[]): LatticePart {
  const toIndex = inverse(frame.affine)
  const toLattice = [0, 1, 2].flatMap((axis) => {
    const scale = (m - 3) / frame.shape[axis]!
    const row = toIndex.slice(4 * axis, 4 * axis + 4).map((x) => scale * x)
    return [row[0]!, row[1]!, row[2]!, row[3]! + 1 + scale / 2]
  })
  return latticeWarp({ shape: [m, m, m], toLattice: [...toLattice, 0, 0, 0, 1], displacementsMm })[0] as LatticePart
}
