import {
  Compose,
  inverse,
  invert,
  points,
  type RunOptions,
  replay,
  run,
  spacingOf,
  type Transform,
  transformPoint,
  type Vec3,
  type Volume,
  volume,
} from '@voxaug/core'
import { countPasses, obliqueGrid, smoothNoise, worldRamp } from '@voxaug/core/testing'
import { Affine, Crop } from '@voxaug/geometry'
import { describe, expect, test } from 'vitest'
import { ElasticDeformation } from './index.ts'

const drawn = (options: Parameters<typeof ElasticDeformation>[0], seed = 1) =>
  run(ElasticDeformation(options), worldRamp(obliqueGrid([5, 6, 7])), { seed, compute: false }).trace.steps[0]!
    .params as { controlPoints: Vec3; displacementsMm: number[] }

/** Where an image first differs from another in a bit; −1 if nowhere. */
function differ(a: Volume, b: Volume): number {
  const [x, y] = [a, b].map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)) as [
    Uint8Array,
    Uint8Array,
  ]
  return x.length === y.length ? x.findIndex((byte, n) => byte !== y[n]) : 0
}

/** What a volume's channels have at a world point, trilinearly; undefined beyond its voxels. */
function valuesAt({ data, shape: [nx, ny, nz], affine, channels }: Volume, p: Vec3): readonly number[] | undefined {
  const [x, y, z] = transformPoint(inverse(affine), p)
  const [i, j, k] = [Math.floor(x), Math.floor(y), Math.floor(z)]
  if (i < 0 || j < 0 || k < 0 || i + 1 >= nx || j + 1 >= ny || k + 1 >= nz) return undefined
  return Array.from({ length: channels }, (_, channel) => {
    let sum = 0
    for (let n = 0; n < 8; n++) {
      const [a, b, c] = [n & 1, (n >> 1) & 1, n >> 2]
      const weight = (a ? x - i : 1 - x + i) * (b ? y - j : 1 - y + j) * (c ? z - k : 1 - z + k)
      sum += weight * data[i + a + nx * (j + b + ny * (k + c + nz * channel))]!
    }
    return sum
  })
}

const distance = (p: readonly number[], q: readonly number[]) =>
  Math.sqrt(p.reduce((sum, x, axis) => sum + (x - q[axis]!) * (x - q[axis]!), 0))

test('a displacement of 0 is the same object', () => {
  const image = worldRamp(obliqueGrid())
  expect(run(ElasticDeformation({ maxDisplacementMm: 0 }), image).output).toBe(image)
})

describe('displacements', () => {
  test('are drawn for each control point and world axis, uniformly up to the most', () => {
    const { controlPoints, displacementsMm } = drawn({
      controlPoints: [10, 12, 14],
      maxDisplacementMm: [1, 2, 3],
      lockedBorders: 0,
    })
    expect(controlPoints).toEqual([10, 12, 14])
    const count = 10 * 12 * 14
    expect(displacementsMm).toHaveLength(3 * count)
    for (const axis of [0, 1, 2]) {
      const most = axis + 1
      const own = displacementsMm.filter((_, n) => n % 3 === axis).map((d) => d / most)
      expect(Math.max(...own.map(Math.abs))).toBeLessThanOrEqual(1)
      // Five standard errors of the mean and the mean square of a uniform from −1 to 1.
      const mean = (f: (d: number) => number) => own.reduce((sum, d) => sum + f(d), 0) / count
      expect(Math.abs(mean((d) => d))).toBeLessThan(5 * Math.sqrt(1 / 3 / count))
      expect(Math.abs(mean((d) => d * d) - 1 / 3)).toBeLessThan(5 * Math.sqrt(4 / 45 / count))
    }
  })
  test('along one axis leave the others', () => {
    const { displacementsMm } = drawn({ maxDisplacementMm: [0, 4, 0] })
    expect(displacementsMm.some((d) => d !== 0)).toBe(true)
    expect(displacementsMm.every((d, n) => n % 3 === 1 || d === 0)).toBe(true)
  })
  test('may have a random most, drawn for each axis', () => {
    const mosts = [1, 2, 3, 4].map((seed) => {
      const { displacementsMm } = drawn({ maxDisplacementMm: [1, 100], controlPoints: 16 }, seed)
      return [0, 1, 2].map((axis) => Math.max(...displacementsMm.filter((_, n) => n % 3 === axis).map(Math.abs)))
    })
    expect(new Set(mosts.flat().map((most) => most.toFixed(0))).size).toBeGreaterThan(6)
  })
  test('by default are on 7 control points an axis, up to 7.5 mm, with two layers locked', () => {
    const { controlPoints, displacementsMm } = drawn({})
    expect(controlPoints).toEqual([7, 7, 7])
    const sizes = displacementsMm.map(Math.abs)
    expect(sizes.filter((d) => d > 0)).toHaveLength(3 * 27)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(7.5)
    expect(Math.max(...sizes)).toBeGreaterThan(7)
  })
})

describe.each([0, 1, 2])('%i locked layers', (lockedBorders) => {
  const [mx, my, mz] = [6, 7, 8]
  const { displacementsMm } = drawn({ controlPoints: [mx, my, mz], lockedBorders })
  const at = (i: number, j: number, k: number) =>
    displacementsMm
      .slice(3 * (i + mx * (j + my * k)))
      .slice(0, 3)
      .some((d) => d !== 0)
  test('stay on all six sides, and the next ones move', () => {
    for (let k = 0; k < mz; k++) {
      for (let j = 0; j < my; j++) {
        for (let i = 0; i < mx; i++) {
          const depth = Math.min(i, j, k, mx - 1 - i, my - 1 - j, mz - 1 - k)
          expect(at(i, j, k), `${i}, ${j}, ${k}`).toBe(depth >= lockedBorders)
        }
      }
    }
  })
})

test('with two locked layers each of the six faces of the volume moves by at most a sixth of what the inside may', () => {
  // On a face, the B-spline's weight of the first free layer is 1/6, and of those beyond 0.
  const image = worldRamp(obliqueGrid([24, 20, 28]))
  const { output } = run(ElasticDeformation({ controlPoints: 6, maxDisplacementMm: 1.2 }), image, { seed: 5 })
  const [nx, ny, nz] = image.shape
  const size = nx * ny * nz
  const moved = (n: number) =>
    Math.max(...[0, 1, 2].map((c) => Math.abs(output.data[n + c * size]! - image.data[n + c * size]!)))
  const faces: number[][] = [[], [], [], [], [], []]
  let inside = 0
  for (let n = 0; n < size; n++) {
    const index = [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))]
    inside = Math.max(inside, moved(n))
    for (const axis of [0, 1, 2]) {
      if (index[axis] === 0) faces[2 * axis]!.push(moved(n))
      if (index[axis] === image.shape[axis]! - 1) faces[2 * axis + 1]!.push(moved(n))
    }
  }
  // Face voxels' centres are half a voxel within: a twentieth of a cell, where the weight has grown to 0.2; clamping at the edge adds nothing.
  for (const face of faces) expect(Math.max(...face)).toBeLessThan(0.25 * 1.2)
  expect(inside).toBeGreaterThan(0.3 * 1.2)
})

describe('out(p) = in(p + d(p)):', () => {
  const image = worldRamp(obliqueGrid([40, 48, 36], [1.3, 1.1, 1.7], [-500, 300, 1000]))
  const inner = Array.from({ length: 300 }, (_, n): Vec3 => {
    const at = (k: number, size: number) => 4 + ((n * k) % 97) * ((size - 9) / 97)
    return transformPoint(image.affine, [at(31, 40), at(53, 48), at(71, 36)])
  })
  const elastic = ElasticDeformation({ controlPoints: 6, maxDisplacementMm: 3, lockedBorders: 1 })
  const { output, trace } = run(elastic, { image, landmarks: points(inner) }, { seed: 3 })

  test('points go where the image has what they were, to 0.05 mm', () => {
    const moves = inner.map((p, n) => distance(p, output.landmarks.positions[n]!))
    expect(Math.max(...moves)).toBeGreaterThan(1)
    for (const [n, p] of output.landmarks.positions.entries()) {
      const seen = valuesAt(output.image, p)
      // Between voxels the ramp is not straight any more: h² / 8 of its curvature, 2 mm² / 8 · 3 mm / (10 mm)².
      if (seen) expect(distance(seen, inner[n]!)).toBeLessThan(0.05)
    }
  })
  test('points come back to 1e-5 mm', () => {
    const back = invert(trace, output).output.landmarks
    for (const [n, p] of back.positions.entries()) expect(distance(p, inner[n]!)).toBeLessThan(1e-5)
  })
  test('images come back, but for two interpolations', () => {
    const back = invert(trace, output)
    const size = image.data.length / 3
    let compared = 0
    for (const p of inner) {
      const index = transformPoint(inverse(image.affine), p).map((x) => Math.floor(x + 0.5))
      const n = index[0]! + 40 * (index[1]! + 48 * index[2]!)
      if (back.covered['image']!.data[n] === 0) continue
      const [got, wanted] = [back.output.image, image].map(({ data }) => [0, 1, 2].map((c) => data[n + c * size]!))
      compared++
      expect(distance(got!, wanted!)).toBeLessThan(0.1)
    }
    expect(compared).toBeGreaterThan(200)
  })
})

test('a label map of another spacing and field of view stays with its image, to half a voxel', () => {
  const grid = obliqueGrid([40, 36, 44], [1, 1.2, 0.9], [-20, -15, 5])
  const other = obliqueGrid([22, 31, 17], [2.1, 1.3, 2.4], [-22, -14, 3])
  const center = transformPoint(grid.affine, [19, 17, 23])
  const from = (p: Vec3) => distance(p, center) - 11
  const values = ({ shape: [nx, ny, nz], affine }: typeof grid) =>
    Float32Array.from({ length: nx * ny * nz }, (_, n) =>
      from(transformPoint(affine, [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))])),
    )
  // The image holds the distance from a sphere, in mm; the label map that sphere.
  const image = volume({ ...grid, data: values(grid) })
  const label = volume({ ...other, data: Uint8Array.from(values(other), (d) => (d < 0 ? 4 : 0)), kind: 'label' })
  // Beyond the image is far from the sphere.
  const elastic = ElasticDeformation({ maxDisplacementMm: 4, fill: 100 })
  for (const seed of [1, 2, 3]) {
    const { output } = run(elastic, { image, label }, { seed })
    const half = distance(spacingOf(other.affine), [0, 0, 0]) / 2
    const [nx, ny] = other.shape
    let within = 0
    for (const [n, value] of output.label.data.entries()) {
      const p = transformPoint(other.affine, [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))])
      const [d] = valuesAt(output.image, p) ?? []
      // Nearest takes what is up to half a voxel away along each axis; 0.1 mm is the image's own interpolation.
      if (d === undefined) continue
      if (value === 4) within++
      expect(value === 4 ? d : -d, `voxel ${n}`).toBeLessThan(half + 0.1)
    }
    expect(within).toBeGreaterThan(500)
    expect(differ(output.label, label)).toBeGreaterThan(-1)
  }
})

describe('a crop of a deformation has the deformation’s very bits', () => {
  const elastic = ElasticDeformation({ controlPoints: [7, 8, 9], maxDisplacementMm: 5 })
  /** One pass, or two with the whole deformed volume between them. */
  const cropped = (image: Volume, first: Transform, crop: Transform, options: RunOptions) => {
    const once = run(Compose([first, crop]), image, options)
    const whole = run(first, image, options).output
    const twice = replay({ ...once.trace, steps: once.trace.steps.slice(1) }, whole, {
      registry: { get: () => Crop },
    }).output
    return { once: once.output, twice }
  }
  const random = (n: number) => Math.imul(n ^ (n >>> 15), 0x2c1b3c6d) >>> 20

  test.each([
    ['x', [400, 19, 11]],
    ['y', [13, 400, 17]],
    ['z', [17, 13, 400]],
  ] as const)('on noise, 400 voxels along %s, the origin a metre away', (_, shape) => {
    const grid = obliqueGrid(shape, [0.9, 1.1, 0.7], [1000, -1000, 1000])
    const image = volume({
      ...grid,
      data: Int16Array.from({ length: shape[0] * shape[1] * shape[2] }, (_, n) => random(n)),
    })
    for (let seed = 0; seed < 6; seed++) {
      const size = shape.map((n) => 1 + (random(seed * 3 + n) % n))
      const at = seed % 2 ? 'random' : 'center'
      const { once, twice } = cropped(image, elastic, Crop({ shape: size, at }), { seed })
      expect(differ(once, twice)).toBe(-1)
    }
  })

  test('also after an affine, and with nearest', () => {
    const image = smoothNoise(obliqueGrid([37, 29, 31], [0.9, 1.1, 0.7], [1000, -1000, 1000]), 1)
    for (const interpolation of ['linear', 'nearest'] as const) {
      const first = Compose([Affine({ rotationDegrees: 10, interpolation }), ElasticDeformation({ interpolation })])
      const crop = Crop({ shape: [11, 12, 13], at: [7, 5, 3] })
      const whole = run(first, image, { seed: 2 }).output
      const once = run(
        Compose([Affine({ rotationDegrees: 10, interpolation }), ElasticDeformation({ interpolation }), crop]),
        image,
        { seed: 2 },
      ).output
      expect(differ(once, run(crop, whole).output)).toBe(-1)
    }
  })

  test('on 400 voxels along each axis: a slab, and what is cropped from within it', () => {
    const grid = obliqueGrid([400, 400, 400], [0.9, 1.1, 0.7], [1000, -1000, 1000])
    const data = new Uint8Array(400 * 400 * 400)
    for (let n = 0; n < data.length; n++) data[n] = random(n)
    const image = volume({ ...grid, data })
    const slab = Crop({ shape: [400, 400, 2], at: [0, 0, 217] })
    const inside = Crop({ shape: [101, 37, 1], at: [203, 311, 1] })
    const whole = run(Compose([elastic, slab]), image, { seed: 1 }).output
    const part = run(Compose([elastic, slab, inside]), image, { seed: 1 }).output
    expect(differ(part, run(inside, whole).output)).toBe(-1)
    const direct = run(Compose([elastic, Crop({ shape: [101, 37, 1], at: [203, 311, 218] })]), image, {
      seed: 1,
    }).output
    expect(differ(part, direct)).toBe(-1)
  }, 60_000)
})

describe('a single slice', () => {
  test.each([
    ['x', [1, 24, 20]],
    ['y', [24, 1, 20]],
    ['z', [24, 20, 1]],
  ] as const)('keeps its anatomy in its plane, across %s', (_, shape) => {
    const image = worldRamp(obliqueGrid(shape))
    const elastic = ElasticDeformation({ controlPoints: 6, maxDisplacementMm: 2, lockedBorders: 1 })
    const places = [0.3, 0.45, 0.7].map((part) => shape.map((n) => part * (n - 1)) as unknown as Vec3)
    const landmarks = points(places.map((place) => transformPoint(image.affine, place)))
    const { output } = run(elastic, { image, landmarks }, { seed: 2 })
    const axis = shape.indexOf(1)
    const steps = output.landmarks.positions.map((p, n) =>
      transformPoint(inverse(image.affine), p).map((x, along) => Math.abs(x - places[n]![along]!)),
    )
    expect(Math.max(...steps.map((step) => step[axis]!))).toBeLessThan(1e-6)
    expect(Math.max(...steps.flat())).toBeGreaterThan(0.05)
    // No voxel within came from beyond the plane, where the fill is: each is a world point of the slice.
    const size = image.data.length / 3
    const [nx, ny] = image.shape
    for (let n = 0; n < size; n++) {
      const index = [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))]
      if (index.some((x, a) => a !== axis && (x < 3 || x > shape[a]! - 4))) continue
      const came = transformPoint(
        inverse(image.affine),
        [0, 1, 2].map((c) => output.image.data[n + c * size]!) as unknown as Vec3,
      )
      expect(Math.abs(came[axis]!)).toBeLessThan(1e-4)
    }
  })
  test('of one voxel moves nowhere', () => {
    const image = worldRamp(obliqueGrid([1, 1, 1]))
    expect(run(ElasticDeformation(), image, { seed: 1 }).output.data).toEqual(image.data)
  })
})

test('parameters go by the frame: on another grid the same draw bends the same part of the image', () => {
  const [small, large] = [obliqueGrid([20, 24, 18]), obliqueGrid([20, 24, 18], [2.6, 2, 3.4], [50, 60, 70])]
  const { output, trace } = run(ElasticDeformation({ maxDisplacementMm: 1 }), smoothNoise(small, 1), { seed: 1 })
  const doubled = trace.steps.map((step) => ({
    ...step,
    params: { ...step.params, displacementsMm: (step.params['displacementsMm'] as number[]).map((d) => 2 * d) },
  }))
  const registry = { get: () => ElasticDeformation }
  const again = replay({ ...trace, steps: doubled }, smoothNoise(large, 1), { registry }).output
  // Twice the voxels' size and twice the displacement: the same voxels, but for rounding.
  for (const [n, x] of again.data.entries()) expect(Math.abs(x - output.data[n]!)).toBeLessThan(1e-5)
})

test('it joins other spatial steps in one pass for each entry', () => {
  const image = smoothNoise(obliqueGrid(), 1)
  const label = volume({ ...obliqueGrid([9, 8, 7], [3, 3, 4]), data: new Uint8Array(504), kind: 'label' })
  const steps = [ElasticDeformation(), Affine({ scale: 1.1 }), ElasticDeformation(), Crop({ shape: [9, 9, 9] })]
  expect(countPasses(() => run(Compose(steps), { image, label }, { seed: 1 }))).toEqual({ spatial: 2 })
})

describe('a displacement that folds space', () => {
  const image = smoothNoise(obliqueGrid(), 1)
  const wild = ElasticDeformation({ controlPoints: 10, maxDisplacementMm: 30 })
  test('is a warning', () => {
    const { trace } = run(Compose([wild]), image, { seed: 1 })
    expect(trace.warnings).toEqual([
      {
        code: 'folding',
        message: 'the displacement folds space in places; points and inverses will refuse it.',
        path: 'Compose[0]',
      },
    ])
  })
  test('is an error where points or an inverse need the way back', () => {
    const both = { image, landmarks: points([[0, 0, 20]]) }
    expect(() => run(Compose([wild]), both, { seed: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: Compose[0] > elastic/ElasticDeformation: the displacement folds space, so points and inverses have no answer; use smaller displacements or fewer control points.]`,
    )
    const { output, trace } = run(wild, image, { seed: 1 })
    expect(() => invert(trace, output)).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: elastic/ElasticDeformation: the displacement folds space, so points and inverses have no answer; use smaller displacements or fewer control points.]`,
    )
  })
  test('is not one that is gentle', () => {
    expect(run(ElasticDeformation({ maxDisplacementMm: 1 }), image, { seed: 1 }).trace.warnings).toEqual([])
  })
})

describe('wrong options are refused:', () => {
  const refuse = (given: object) => expect(() => ElasticDeformation(given))
  test('control points', () => {
    refuse({ controlPoints: 3 }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: elastic/ElasticDeformation: controlPoints must be a whole number from 4 to 64, or three whole numbers from 4, got 3.]`,
    )
    refuse({ controlPoints: [7, 7] }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: elastic/ElasticDeformation: controlPoints must be a whole number from 4 to 64, or three whole numbers from 4, got [7, 7].]`,
    )
    refuse({ controlPoints: [7, 7, null] }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: elastic/ElasticDeformation: controlPoints must be a whole number from 4 to 64, or three whole numbers from 4, got [7, 7, null].]`,
    )
    refuse({ controlPoints: [7, 7, 65] }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: elastic/ElasticDeformation: controlPoints must be at most 64 along each axis, got 7, 7, 65.]`,
    )
  })
  test('displacements', () => {
    refuse({ maxDisplacementMm: -1 }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: elastic/ElasticDeformation: maxDisplacementMm must be a number, [min, max] with min ≤ max, or three of these, from 0 to 1000, got -1.]`,
    )
    refuse({ maxDisplacementMm: [5, 1] }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: elastic/ElasticDeformation: maxDisplacementMm must be a number, [min, max] with min ≤ max, or three of these, got [5, 1].]`,
    )
  })
  test('locked borders', () => {
    refuse({ lockedBorders: 3 }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: elastic/ElasticDeformation: lockedBorders must be a whole number from 0 to 2, got 3.]`,
    )
    refuse({ controlPoints: 4 }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: elastic/ElasticDeformation: lockedBorders must leave some of 4 controlPoints free, got 2.]`,
    )
    refuse({ controlPoints: [9, 9, 4], lockedBorders: 2 }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: elastic/ElasticDeformation: lockedBorders must leave some of 4 controlPoints free, got 2.]`,
    )
  })
  test('points alone, which have no frame', () => {
    expect(() => run(ElasticDeformation(), points([[0, 0, 0]]))).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: elastic/ElasticDeformation: a subject must have an image or a label map, whose grid spatial steps go by; got points only.]`,
    )
  })
})
