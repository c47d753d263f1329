import {
  Compose,
  createRegistry,
  OneOf,
  pipelineFromJson,
  RandomApply,
  run,
  type Subject,
  type Transform,
  type Volume,
  type VoxelArray,
  volume,
} from '@voxaug/core'
import { asymmetricSubject, obliqueGrid, smoothNoise } from '@voxaug/core/testing'
import { DisplacementField, ElasticDeformation, ElasticNoise } from '@voxaug/elastic'
import elastic from '@voxaug/elastic/plugin'
import {
  Affine,
  AffineMatrix,
  Crop,
  CropOrPad,
  Flip,
  Pad,
  Resample,
  ResampleTo,
  Resize,
  Rotate,
  Scale,
  Shift,
} from '@voxaug/geometry'
import geometry from '@voxaug/geometry/plugin'
import { Blur, ClipPercentile, ClipRange, Gamma, Noise, RescaleIntensity, ZScore } from '@voxaug/intensity'
import intensity from '@voxaug/intensity/plugin'
import { describe, expect, test } from 'vitest'

// What broken or hostile input gets, row by row: an error that says what was wrong, or a stated reading. Never NaN or an empty
// volume in silence, never a changed input, never somebody else's RangeError or TypeError.

const image = (data: VoxelArray, shape: readonly number[], more: object = {}): Volume =>
  volume({ data, shape, spacingMm: [1, 2, 3], ...more })
const ramp = (length: number) => Float32Array.from({ length }, (_, n) => n)
const small = image(ramp(60), [3, 4, 5])
const messageOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    return String(error)
  }
  return 'no error'
}
const on = (step: Transform, subject: Subject | Volume = small) => run(Compose([step]), subject, { seed: 1 })

describe('volumes', () => {
  test('an axis of no voxel', () =>
    expect(messageOf(() => image(new Float32Array(0), [0, 4, 5]))).toMatchInlineSnapshot(
      `"VoxaugError: shape must be three whole numbers above 0, got [0, 4, 5]."`,
    ))
  test('an array of another length', () =>
    expect(messageOf(() => image(ramp(59), [3, 4, 5]))).toMatchInlineSnapshot(
      `"VoxaugError: data must hold 3 × 4 × 5 × 1 = 60 voxels, got 59."`,
    ))
  test('more voxels than numbers tell apart', () =>
    expect(messageOf(() => image(ramp(1), [2 ** 20, 2 ** 20, 2 ** 20]))).toMatchInlineSnapshot(
      `"VoxaugError: shape must be three whole numbers above 0, got [1048576, 1048576, 1048576]."`,
    ))
  test('more voxels than a pass may give', () =>
    expect(messageOf(() => on(Pad({ voxels: 2 ** 20 })))).toMatchInlineSnapshot(
      `"VoxaugError: Compose[0] > geometry/Pad: the grid after the step must have at most 1073741824 voxels, got 2097155 × 2097156 × 2097157."`,
    ))
  test('an affine that is singular, or not finite', () => {
    const affine = [1, 2, 3, 0, 2, 4, 6, 0, 0, 0, 1, 0, 0, 0, 0, 1]
    expect(messageOf(() => volume({ data: ramp(60), shape: [3, 4, 5], affine }))).toMatchInlineSnapshot(
      `"VoxaugError: affine must be an invertible 4×4 matrix in rows, the last one 0 0 0 1, got [1, 2, 3, 0, 2, 4, 6, 0, 0, 0, 1, 0, 0, 0, 0, 1]."`,
    )
    expect(messageOf(() => AffineMatrix({ matrix: affine }))).toMatchInlineSnapshot(
      `"VoxaugError: geometry/AffineMatrix: matrix must be an invertible 4×4 matrix in rows, the last one 0 0 0 1, got [1, 2, 3, 0, 2, 4, 6, 0, 0, 0, 1, 0, 0, 0, 0, 1]."`,
    )
    const withNaN = affine.map((x, n) => (n === 3 ? Number.NaN : x))
    expect(messageOf(() => AffineMatrix({ matrix: withNaN }))).toMatchInlineSnapshot(
      `"VoxaugError: geometry/AffineMatrix: matrix must be an invertible 4×4 matrix in rows, the last one 0 0 0 1, got [1, 2, 3, NaN, 2, 4, 6, 0, 0, 0, 1, 0, 0, 0, 0, 1]."`,
    )
  })
  test('voxels of 64-bit integers', () =>
    expect(messageOf(() => image(new BigInt64Array(60) as never, [3, 4, 5]))).toMatchInlineSnapshot(
      `"VoxaugError: data must be a typed array (int8, uint8, int16, uint16, int32, uint32, float32, float64), got "[object BigInt64Array]"."`,
    ))
  test('a buffer that was given away', () => {
    const given = image(ramp(60), [3, 4, 5])
    structuredClone(given.data, { transfer: [given.data.buffer] })
    expect(messageOf(() => on(Rotate({ degrees: 5 }), given))).toMatchInlineSnapshot(
      `"VoxaugError: image: data must hold 3 × 4 × 5 × 1 = 60 voxels (was its buffer transferred to a worker?), got 0."`,
    )
  })
  test('a shared buffer is read, and the result has its own', () => {
    const shared = new Float32Array(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer, 0, 60)
    shared.set(ramp(60))
    for (const step of [Rotate({ degrees: 5 }), Flip({ axes: ['x'] }), ZScore(), Blur({ sigmaMm: 2 })]) {
      const { output } = on(step, image(shared, [3, 4, 5]))
      expect((output as Volume).data.buffer).toBeInstanceOf(ArrayBuffer)
      expect((output as Volume).data).toEqual((on(step).output as Volume).data)
    }
  })
  test('a view into the middle of a buffer, on no boundary that SIMD likes', () => {
    const buffer = new ArrayBuffer(400)
    const view = new Float32Array(buffer, 36, 60)
    view.set(ramp(60))
    for (const step of [Rotate({ degrees: 5 }), Pad({ voxels: 1, fill: 'wrap' }), ClipPercentile()])
      expect((on(step, image(view, [3, 4, 5])).output as Volume).data).toEqual((on(step).output as Volume).data)
  })
})

describe('values', () => {
  const odd = image(
    ramp(60).map((x) => (x === 7 ? Number.NaN : x === 9 ? Infinity : x)),
    [3, 4, 5],
  )
  test('NaN and infinite ones are an error for statistics, or are left out', () => {
    for (const make of [ZScore, ClipPercentile, RescaleIntensity]) {
      const { data } = on(make({ nan: 'ignore' }), odd).output as Volume
      expect([...data].filter((x, n) => n !== 7 && n !== 9 && !Number.isFinite(x))).toEqual([])
    }
    const all = [ZScore, ClipPercentile, RescaleIntensity, Gamma]
    expect(all.map((make) => messageOf(() => on(make(), odd)))).toMatchInlineSnapshot(`
      [
        "VoxaugError: Compose[0] > intensity/ZScore: the volume must be finite here, got 2 voxels that are NaN or infinite.",
        "VoxaugError: Compose[0] > intensity/ClipPercentile: the volume must be finite here, got 2 voxels that are NaN or infinite.",
        "VoxaugError: Compose[0] > intensity/RescaleIntensity: the volume must be finite here, got 2 voxels that are NaN or infinite.",
        "VoxaugError: Compose[0] > intensity/Gamma: the volume must be finite here, got 2 voxels that are NaN or infinite.",
      ]
    `)
  })
  test('NaN spreads to the eight neighbours of a linear pass; a spline refuses it', () => {
    const { data } = on(Shift({ voxels: 0.25 }), odd).output as Volume
    expect([...data].filter(Number.isNaN).length).toBeGreaterThan(0)
    expect([...data].filter(Number.isNaN).length).toBeLessThanOrEqual(16)
    expect(messageOf(() => on(Shift({ voxels: 0.25, interpolation: 'cubic' }), odd))).toMatchInlineSnapshot(
      `"VoxaugError: Compose[0] > the volume must be finite for cubic interpolation, got 2 voxels that are NaN or infinite."`,
    )
  })
  test('a constant image: zeros, or the least of the range, with a warning', () => {
    const flat = image(new Float32Array(60).fill(3), [3, 4, 5])
    for (const [step, value] of [
      [ZScore(), 0],
      [RescaleIntensity({ to: [-2, 5] }), -2],
    ] as const) {
      const { output, trace } = on(step, flat)
      expect(new Set((output as Volume).data)).toEqual(new Set([value]))
      const name = step.definition.name
      const message = `${name}: all voxels counted are 3; they become ${value}.`
      expect(trace.warnings).toEqual([{ code: 'constant', message, path: 'Compose[0]' }])
    }
    expect(messageOf(() => on(ZScore({ constant: 'error' }), flat))).toMatchInlineSnapshot(
      `"VoxaugError: Compose[0] > intensity/ZScore: the voxels that count must not be alike, got 3 for all."`,
    )
  })
  test('percentiles out of order, or beyond 0 to 100', () => {
    expect(messageOf(() => ClipPercentile({ lower: 60, upper: 40 }))).toMatchInlineSnapshot(
      `"VoxaugError: intensity/ClipPercentile: lower must be below upper, got 60 and 40."`,
    )
    expect(messageOf(() => ClipPercentile({ upper: 100.1 }))).toMatchInlineSnapshot(
      `"VoxaugError: intensity/ClipPercentile: upper must be a number from 0 to 100, got 100.1."`,
    )
    expect(messageOf(() => RescaleIntensity({ percentiles: [-1, 50] }))).toMatchInlineSnapshot(
      `"VoxaugError: intensity/RescaleIntensity: percentiles must be [min, max] with min ≤ max, from 0 to 100, got [-1, 50]."`,
    )
  })
  test('a selection of no voxel', () => {
    const zeros = image(new Float32Array(60), [3, 4, 5])
    expect(messageOf(() => on(ClipPercentile({ over: 'nonzero' }), zeros))).toMatchInlineSnapshot(
      `"VoxaugError: Compose[0] > intensity/ClipPercentile: there are no voxels to take statistics over: the selection is empty."`,
    )
    expect(on(ClipPercentile({ over: 'nonzero', empty: 'skip' }), zeros).trace.warnings).toMatchInlineSnapshot(`
      [
        {
          "code": "empty-mask",
          "message": "intensity/ClipPercentile: there are no voxels to take statistics over; the channel is left as it is.",
          "path": "Compose[0]",
        },
      ]
    `)
  })
  test('the ends of float32, subnormals and −0 overflow nowhere', () => {
    const most = 3.4028234663852886e38
    const wide = image(Float32Array.of(-most, most, 1e-45, -0, 0, 1), [3, 2, 1])
    for (const step of [ZScore(), RescaleIntensity(), ClipPercentile(), Blur({ sigmaMm: 0.3 })])
      expect([...(on(step, wide).output as Volume).data].every(Number.isFinite)).toBe(true)
  })
  test('whole numbers stay exact where voxels are copied, and are float32 where they are computed', () => {
    const bytes = image(Uint8Array.of(0, 255, 255, 0), [4, 1, 1])
    expect((on(Flip({ axes: ['x'] }), bytes).output as Volume).dtype).toBe('uint8')
    const turned = on(
      Shift({ voxels: [0.5, 0, 0], interpolation: 'cubic' }),
      image(Uint8Array.of(...[0, 255, 255, 0], ...[0, 255, 255, 0]), [4, 2, 1]),
    ).output as Volume
    expect(turned.dtype).toBe('float32')
    // A spline goes beyond its voxels: nothing wraps round or is cut off before it is written.
    expect(Math.max(...turned.data)).toBeGreaterThan(255)
  })
})

describe('masks', () => {
  const { image: scan, label } = asymmetricSubject()
  test('on another grid: an error with both where they select, nothing to spatial steps, and ResampleTo mends it', () => {
    const subject = { scan, label }
    const over = { label: 'label' }
    expect(messageOf(() => on(ZScore({ over }), subject))).toMatchInlineSnapshot(
      `"VoxaugError: Compose[0] > intensity/ZScore: label must lie on the image's grid of 20 × 24 × 18 voxels at -11.00, -19.00, 7.00 mm, got 18 × 17 × 21 voxels at -12.50, -20.00, 5.50 mm."`,
    )
    expect(() => on(Rotate({ degrees: 5 }), subject)).not.toThrow()
    expect(() => run(Compose([ResampleTo({ entry: 'scan' }), ZScore({ over })]), subject)).not.toThrow()
  })
  test('of the same shape, a hundredth of a mm away', () => {
    const seg = (mm: number) =>
      volume({
        data: new Uint8Array(60).fill(1),
        shape: [3, 4, 5],
        affine: small.affine.map((x, n) => (n === 3 ? x + mm : x)),
        kind: 'label',
      })
    const over = { label: 'seg' }
    expect(() => on(ZScore({ over }), { small, seg: seg(0.009) })).not.toThrow()
    expect(messageOf(() => on(ZScore({ over }), { small, seg: seg(0.011) }))).toMatchInlineSnapshot(
      `"VoxaugError: Compose[0] > intensity/ZScore: seg must lie on the image's grid of 3 × 4 × 5 voxels at -1.00, -3.00, -6.00 mm, got 3 × 4 × 5 voxels at -0.99, -3.00, -6.00 mm."`,
    )
  })
})

describe('shapes', () => {
  test('axes of one voxel: splines and mirrors divide by nothing', () => {
    const thin = image(Float32Array.of(1, 2, 4), [3, 1, 1])
    for (const interpolation of ['linear', 'nearest', 'cubic'] as const) {
      for (const fill of ['edge', 'reflect', 'mirror', 'wrap', 'minimum', 'mean', 0] as const) {
        const { data } = on(Resize({ factor: [1.7, 3, 2], interpolation, fill }), thin).output as Volume
        expect([...data].every(Number.isFinite)).toBe(true)
        const padded = on(Pad({ voxels: 2, fill, interpolation }), thin).output as Volume
        expect([...padded.data].every(Number.isFinite)).toBe(true)
      }
    }
  })
  test('a crop larger than the volume, or beside it; CropOrPad pads', () => {
    expect(messageOf(() => on(Crop({ shape: [3, 5, 5] })))).toMatchInlineSnapshot(
      `"VoxaugError: Compose[0] > geometry/Crop: shape must fit the frame of 3 × 4 × 5 voxels, got 3 × 5 × 5."`,
    )
    expect(messageOf(() => on(Crop({ shape: [2, 2, 2], at: [2, 0, 0] })))).toMatchInlineSnapshot(
      `"VoxaugError: Compose[0] > geometry/Crop: shape must fit the frame of 3 × 4 × 5 voxels, got 2 × 2 × 2 at 2, 0, 0."`,
    )
    expect((on(CropOrPad({ shape: [9, 9, 9] })).output as Volume).shape).toEqual([9, 9, 9])
  })
  test('a crop to no voxel, fewer than none, or a part of one', () =>
    expect([0, -1, 1.5].map((n) => messageOf(() => Crop({ shape: [n, 1, 1] })))).toMatchInlineSnapshot(`
      [
        "VoxaugError: geometry/Crop: shape must be three whole numbers from 1, null where an axis stays whole, got [0, 1, 1].",
        "VoxaugError: geometry/Crop: shape must be three whole numbers from 1, null where an axis stays whole, got [-1, 1, 1].",
        "VoxaugError: geometry/Crop: shape must be three whole numbers from 1, null where an axis stays whole, got [1.5, 1, 1].",
      ]
    `))
  test('fewer than no voxels to pad', () =>
    expect(messageOf(() => Pad({ voxels: -2 }))).toMatchInlineSnapshot(
      `"VoxaugError: geometry/Pad: voxels must be a whole number from 0, or three of these or [before, after], got -2."`,
    ))
  test('more to pad than there is: repeated', () => {
    const { data } = on(Pad({ voxels: [[7, 0], 0, 0], fill: 'mirror' }), image(Int8Array.of(1, 2), [2, 1, 1]))
      .output as Volume
    expect([...data]).toEqual([2, 1, 2, 1, 2, 1, 2, 1, 2])
  })
  test('a factor of 0, below it, NaN, or so small that no voxel is left', () => {
    expect(messageOf(() => Scale({ factor: 0 }))).toMatchInlineSnapshot(
      `"VoxaugError: geometry/Scale: factor must be a number, [min, max] with min ≤ max, or three of these, from 0.001 to 1000, got 0."`,
    )
    expect(messageOf(() => Resize({ factor: -1 }))).toMatchInlineSnapshot(
      `"VoxaugError: geometry/Resize: factor must be a number, [min, max] with min ≤ max, or three of these, from 0.001 to 1000, got -1."`,
    )
    expect(messageOf(() => Affine({ scale: Number.NaN }))).toMatchInlineSnapshot(
      `"VoxaugError: geometry/Affine: scale must be a number, [min, max] with min ≤ max, or three of these, from 0.001 to 1000, got NaN."`,
    )
    expect(messageOf(() => on(Resize({ factor: [0.1, 1, 1] })))).toMatchInlineSnapshot(
      `"VoxaugError: Compose[0] > geometry/Resize: each axis must keep a voxel; 3 along x would become none."`,
    )
  })
  test('a spacing that asks for more voxels than there can be', () =>
    expect(
      messageOf(() => on(Resample({ spacingMm: 0.001 }), image(new Uint8Array(1_000_000), [100, 100, 100]))),
    ).toMatchInlineSnapshot(
      `"VoxaugError: Compose[0] > geometry/Resample: the grid after the step must have at most 1073741824 voxels, got 100000 × 200000 × 300000."`,
    ))
})

describe('amounts', () => {
  test('a sigma below 0 or NaN; 0 changes nothing; a huge one takes no more time than the image has voxels', () => {
    expect(messageOf(() => Blur({ sigmaMm: -1 }))).toMatchInlineSnapshot(
      `"VoxaugError: intensity/Blur: sigmaMm must be a number, [min, max] with min ≤ max, or three of these, from 0 to 1000000, got -1."`,
    )
    expect(messageOf(() => Blur({ sigmaMm: Number.NaN }))).toMatchInlineSnapshot(
      `"VoxaugError: intensity/Blur: sigmaMm must be a number, [min, max] with min ≤ max, or three of these, from 0 to 1000000, got NaN."`,
    )
    expect(messageOf(() => ElasticNoise({ alpha: 1, sigmaMm: 0 }))).toMatchInlineSnapshot(
      `"VoxaugError: elastic/ElasticNoise: sigmaMm must be a number, [min, max] with min ≤ max, or three of these, from 0.001 to 10000, got 0."`,
    )
    expect(on(Blur({ sigmaMm: 0 })).output).toBe(small)
    const { data } = on(Blur({ sigmaMm: 1e6 })).output as Volume
    for (const x of data) expect(x).toBeCloseTo(29.5, 2)
    const calm = on(ElasticNoise({ alpha: 1, sigmaVoxels: 1e4 })).output as Volume
    expect([...calm.data].every(Number.isFinite)).toBe(true)
  })
  test('a probability beyond 0 to 1, or NaN', () => {
    expect(messageOf(() => Flip({ axes: ['x'], probability: 1.1 }))).toMatchInlineSnapshot(
      `"VoxaugError: geometry/Flip: probability must be a number from 0 to 1, got 1.1."`,
    )
    expect(messageOf(() => RandomApply(ZScore(), { probability: Number.NaN }))).toMatchInlineSnapshot(
      `"VoxaugError: core/RandomApply: probability must be a number from 0 to 1, got NaN."`,
    )
  })
  test('weights: none, below 0, all 0, NaN; any sum will do', () => {
    const wrong = [[], [-1, 2], [0, 0], [Number.NaN, 1], [1, 2, 3]]
    expect(wrong.map((weights) => messageOf(() => OneOf([ZScore(), Gamma()], { weights })))).toMatchInlineSnapshot(`
      [
        "VoxaugError: core/OneOf: weights must be numbers from 0 up, one for each step and not all 0, got [].",
        "VoxaugError: core/OneOf: weights must be numbers from 0 up, one for each step and not all 0, got [-1, 2].",
        "VoxaugError: core/OneOf: weights must be numbers from 0 up, one for each step and not all 0, got [0, 0].",
        "VoxaugError: core/OneOf: weights must be numbers from 0 up, one for each step and not all 0, got [NaN, 1].",
        "VoxaugError: core/OneOf: weights must be one for each of 2 steps, got [1, 2, 3].",
      ]
    `)
    expect(() => OneOf([ZScore(), Gamma()], { weights: [3, 14] })).not.toThrow()
  })
  test('a range that falls, or is not finite', () => {
    expect(messageOf(() => Noise({ std: [5, 1] }))).toMatchInlineSnapshot(
      `"VoxaugError: intensity/Noise: std must be a number or [min, max] with min ≤ max, got [5, 1]."`,
    )
    expect(messageOf(() => Noise({ std: Infinity }))).toMatchInlineSnapshot(
      `"VoxaugError: intensity/Noise: std must be a number or [min, max] with min ≤ max, from 0 to 1e+30, got Infinity."`,
    )
  })
  test('a range without width to go to is a constant', () =>
    expect(new Set((on(RescaleIntensity({ to: [4, 4] })).output as Volume).data)).toEqual(new Set([4])))
  test('too few control points; folding is a warning, and an error where points must follow', () => {
    expect(messageOf(() => ElasticDeformation({ controlPoints: 3 }))).toMatchInlineSnapshot(
      `"VoxaugError: elastic/ElasticDeformation: controlPoints must be a whole number from 4 to 64, or three whole numbers from 4, got 3."`,
    )
    const steep = ElasticDeformation({ controlPoints: 9, maxDisplacementMm: 40 })
    expect(on(steep).trace.warnings.map(({ code }) => code)).toEqual(['folding'])
    const points = { kind: 'points', positions: [[0, 0, 0]] } as const
    expect(messageOf(() => on(steep, { small, points }))).toMatchInlineSnapshot(
      `"VoxaugError: Compose[0] > elastic/ElasticDeformation: the displacement folds space, so points and inverses have no answer; use smaller displacements or fewer control points."`,
    )
  })
  test('a seed below 0, not whole, too large, NaN, or a string', () =>
    expect(
      [-1, 0.5, 2 ** 53, Number.NaN, '7'].map((seed) =>
        messageOf(() => run(Noise({ std: 1 }), small, { seed: seed as number })),
      ),
    ).toMatchInlineSnapshot(`
      [
        "VoxaugError: seed must be a whole number from 0 to 2^53 − 1, got -1.",
        "VoxaugError: seed must be a whole number from 0 to 2^53 − 1, got 0.5.",
        "VoxaugError: seed must be a whole number from 0 to 2^53 − 1, got 9007199254740992.",
        "VoxaugError: seed must be a whole number from 0 to 2^53 − 1, got NaN.",
        "VoxaugError: seed must be a whole number from 0 to 2^53 − 1, got "7".",
      ]
    `))
})

describe('words', () => {
  test('an interpolation that there is not', () =>
    expect(
      [2.5, 6, 'spline', 'constructor', '__proto__'].map((interpolation) =>
        messageOf(() => Rotate({ degrees: 5, interpolation: interpolation as never })),
      ),
    ).toMatchInlineSnapshot(`
      [
        "VoxaugError: geometry/Rotate: interpolation must be 'linear', 'nearest' or 'cubic', got 2.5.",
        "VoxaugError: geometry/Rotate: interpolation must be 'linear', 'nearest' or 'cubic', got 6.",
        "VoxaugError: geometry/Rotate: interpolation must be 'linear', 'nearest' or 'cubic', got "spline".",
        "VoxaugError: geometry/Rotate: interpolation must be 'linear', 'nearest' or 'cubic', got "constructor".",
        "VoxaugError: geometry/Rotate: interpolation must be 'linear', 'nearest' or 'cubic', got "__proto__".",
      ]
    `))
  test('a fill that there is not', () =>
    expect(
      ['constant', 'nearest', 'constructor', 'toString'].map((fill) =>
        messageOf(() => Pad({ voxels: 1, fill: fill as never })),
      ),
    ).toMatchInlineSnapshot(`
      [
        "VoxaugError: geometry/Pad: fill must be 'minimum', 'mean', 'edge', 'reflect', 'mirror' or 'wrap', or a number from -3.4028234663852886e+38 to 3.4028234663852886e+38, got "constant".",
        "VoxaugError: geometry/Pad: fill must be 'minimum', 'mean', 'edge', 'reflect', 'mirror' or 'wrap', or a number from -3.4028234663852886e+38 to 3.4028234663852886e+38, got "nearest".",
        "VoxaugError: geometry/Pad: fill must be 'minimum', 'mean', 'edge', 'reflect', 'mirror' or 'wrap', or a number from -3.4028234663852886e+38 to 3.4028234663852886e+38, got "constructor".",
        "VoxaugError: geometry/Pad: fill must be 'minimum', 'mean', 'edge', 'reflect', 'mirror' or 'wrap', or a number from -3.4028234663852886e+38 to 3.4028234663852886e+38, got "toString".",
      ]
    `))
  test('a transform that there is not', () => {
    const registry = createRegistry(geometry, intensity, elastic)
    const named = (transform: string) => pipelineFromJson({ voxaug: 1, pipeline: [{ transform }] }, registry)
    expect(
      ['__proto__', 'constructor', 'toString', 'geometry/__proto__'].map((name) => messageOf(() => named(name))),
    ).toMatchInlineSnapshot(`
      [
        "VoxaugError: Compose[0] > there is no transform "__proto__".",
        "VoxaugError: Compose[0] > there is no transform "constructor".",
        "VoxaugError: Compose[0] > there is no transform "toString".",
        "VoxaugError: Compose[0] > there is no transform "geometry/__proto__".",
      ]
    `)
  })
  test('an entry that there is not', () => {
    const names = ['__proto__', 'constructor', 'toString']
    expect(names.map((entry) => messageOf(() => on(ResampleTo({ entry }))))).toMatchInlineSnapshot(`
      [
        "VoxaugError: Compose[0] > geometry/ResampleTo: there must be a volume named "__proto__"; there are image.",
        "VoxaugError: Compose[0] > geometry/ResampleTo: there must be a volume named "constructor"; there are image.",
        "VoxaugError: Compose[0] > geometry/ResampleTo: there must be a volume named "toString"; there are image.",
      ]
    `)
    expect(names.map((label) => messageOf(() => on(Crop({ shape: [1, 1, 1], at: { label } }))))).toMatchInlineSnapshot(`
      [
        "VoxaugError: Compose[0] > geometry/Crop: there must be a label map named "__proto__"; there are image.",
        "VoxaugError: Compose[0] > geometry/Crop: there must be a label map named "constructor"; there are image.",
        "VoxaugError: Compose[0] > geometry/Crop: there must be a label map named "toString"; there are image.",
      ]
    `)
    expect(names.map((entry) => messageOf(() => on(DisplacementField({ entry }))))).toMatchInlineSnapshot(`
      [
        "VoxaugError: Compose[0] > elastic/DisplacementField: there must be an image named "__proto__"; there are image.",
        "VoxaugError: Compose[0] > elastic/DisplacementField: there must be an image named "constructor"; there are image.",
        "VoxaugError: Compose[0] > elastic/DisplacementField: there must be an image named "toString"; there are image.",
      ]
    `)
  })
})

describe('ownership', () => {
  test('options may be changed, or frozen, after a transform is made', () => {
    const options = { degrees: [[1, 2], 3, 4] as [[number, number], number, number] }
    const step = Rotate(options)
    const wanted = on(step).output
    options.degrees[0][0] = 99
    options.degrees[2] = 77
    expect(on(step).output).toEqual(wanted)
    expect(() => Rotate(Object.freeze({ degrees: Object.freeze([1, 2]) as [number, number] }))).not.toThrow()
  })
  test('several channels: one geometry, statistics of each, nothing mixed', () => {
    const grid = obliqueGrid()
    const [a, b] = [smoothNoise(grid, 1), smoothNoise(grid, 2)]
    const both = volume({ ...grid, channels: 2, data: Float32Array.of(...a.data, ...b.data) })
    for (const step of [
      Rotate({ degrees: 20, interpolation: 'cubic' }),
      Resize({ factor: 0.6 }),
      Blur({ sigmaMm: 2 }),
      ZScore(),
    ]) {
      const data = (of: Volume) => (on(step, of).output as Volume).data
      expect(data(both)).toEqual(Float32Array.of(...data(a), ...data(b)))
    }
  })
  test('limits that float32 cannot hold', () =>
    expect(messageOf(() => ClipRange({ min: 0, max: 1e39 }))).toMatchInlineSnapshot(
      `"VoxaugError: intensity/ClipRange: max must be a number from -3.4028234663852886e+38 to 3.4028234663852886e+38, got 1e+39."`,
    ))
})
