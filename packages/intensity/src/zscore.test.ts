import { Compose, define, isVolume, pendingVolume, run, type Volume, volume } from '@voxaug/core'
import { describe, expect, test } from 'vitest'
import { ClipRange, ZScore } from './index.ts'

const shape = [3, 2, 1]
const image = volume({ data: Int16Array.of(0, 2, 4, 0, 6, 12), shape })
const seg = volume({ data: Uint8Array.of(1, 0, 3, 0, 7, 0), shape, kind: 'label' })
const scored = (options: Parameters<typeof ZScore>[0], subject = { image, seg }) => run(ZScore(options), subject)

test('over all voxels: mean 4, variance (16 + 4 + 0 + 16 + 4 + 64) / 6', () => {
  const std = Math.sqrt(104 / 6)
  const wanted = [-4, -2, 0, -4, 2, 8].map((x) => Math.fround(x / std))
  expect([...scored({}).output.image.data]).toEqual(wanted)
})

test('over those that are not 0: mean 6, variance (16 + 4 + 0 + 36) / 4', () => {
  const std = Math.sqrt(14)
  const all = [-6, -4, -2, -6, 0, 6].map((x) => Math.fround(x / std))
  expect([...scored({ over: 'nonzero' }).output.image.data]).toEqual(all)
  const selection = all.map((x, n) => (image.data[n] === 0 ? 0 : x))
  expect([...scored({ over: 'nonzero', applyTo: 'selection' }).output.image.data]).toEqual(selection)
})

test('over those of a label map: 0, 4 and 6', () => {
  const [mean, std] = [10 / 3, Math.sqrt((100 / 9 + 4 / 9 + 64 / 9) / 3)]
  const { data } = scored({ over: { label: 'seg' } }).output.image
  for (const [n, x] of image.data.entries()) expect(data[n]).toBeCloseTo((x - mean) / std, 6)
  const selected = scored({ over: { label: 'seg' }, applyTo: 'selection' }).output.image.data
  expect([...selected]).toEqual([...data].map((x, n) => (seg.data[n] === 0 ? image.data[n] : x)))
})

test('each channel has its own mean and deviation, and one mask serves all', () => {
  const data = Float32Array.of(0, 2, 4, 0, 6, 12, 0, 200, 400, 0, 600, 1200)
  const two = volume({ data, shape, channels: 2 })
  const got = scored({ over: { label: 'seg' } }, { image: two, seg }).output.image.data
  const [first, second] = [got.subarray(0, 6), got.subarray(6)]
  for (const [n, x] of first.entries()) expect(second[n]).toBeCloseTo(x, 6)
})

test('what comes out has mean 0 and deviation 1, be the mean far off', () => {
  const data = Float32Array.from({ length: 60_000 }, (_, n) => 1e6 + ((n * 7919) % 101))
  const { output } = run(ZScore(), volume({ data, shape: [40, 50, 30] }))
  const sum = (f: (x: number) => number) => [...output.data].reduce((all, x) => all + f(x), 0) / 60_000
  expect(Math.abs(sum((x) => x))).toBeLessThan(1e-6)
  expect(Math.abs(sum((x) => x * x) - 1)).toBeLessThan(1e-6)
})

describe('voxels that are all alike become 0, with a warning,', () => {
  test.each([0, 7, 0.1, -1e-30, 3e38, 123456.789])('be they %s', (value) => {
    const flat = volume({ data: new Float32Array(5000).fill(value), shape: [50, 50, 2] })
    const { output, trace } = run(Compose([ZScore()]), flat)
    expect(output.data).toEqual(new Float32Array(5000))
    expect(trace.warnings).toEqual([
      {
        code: 'constant',
        message: `intensity/ZScore: all voxels counted are ${Math.fround(value)}; they become 0.`,
        path: 'Compose[0]',
      },
    ])
  })
  test('all of them where all change, and those that counted where only these do', () => {
    const data = Float32Array.of(5, 1, 5, 2, 5, 3)
    const half = { image: volume({ data, shape }), seg }
    expect([...scored({ over: { label: 'seg' } }, half).output.image.data]).toEqual([0, 0, 0, 0, 0, 0])
    const { output, trace } = scored({ over: { label: 'seg' }, applyTo: 'selection' }, half)
    expect([...output.image.data]).toEqual([0, 1, 0, 2, 0, 3])
    expect(trace.warnings.map(({ message }) => message)).toMatchInlineSnapshot(`
      [
        "intensity/ZScore: all voxels counted are 5; they become 0.",
      ]
    `)
  })
})

describe('a label map as a mask', () => {
  /** Turns all volumes end to end, computing no voxel before it is asked: a spatial step of another package. */
  const Reverse = define({
    name: 'test/Reverse',
    help: 'Reverses.',
    changes: 'geometry',
    options: {},
    sample: () => ({}),
    apply: (selected) =>
      Object.fromEntries(Object.entries(selected).map(([name, e]) => [name, isVolume(e) ? reversed(e) : e])),
  })
  function reversed(source: Volume): Volume {
    const { kind, shape, affine, channels, dtype, warnings } = source
    return pendingVolume(
      { kind, shape, affine, channels, dtype, warnings },
      { by: 'test', source, passes: [], warnings: [] },
      () => source.data.slice().reverse(),
    )
  }
  test('is taken as it stands after the spatial steps before', () => {
    const over = { label: 'seg' }
    const before = run(ZScore({ over }), { image, seg }).output.image.data
    const after = run(Compose([Reverse(), ZScore({ over })]), { image, seg }).output.image.data
    expect([...after]).toEqual([...before].reverse())
  })
  test('is taken as it stands at its step, not as later steps leave it', () => {
    const over = { label: 'seg' }
    const wanted = run(ZScore({ over, applyTo: 'selection' }), { image, seg }).output.image.data
    const steps = [
      ZScore({ over, applyTo: 'selection' }),
      Reverse({ include: ['seg'] }),
      ClipRange({ min: -9, max: 99 }),
    ]
    expect(run(Compose(steps), { image, seg }).output.image.data).toEqual(wanted)
  })
  test('may be of any type, and only its first channel counts', () => {
    const wanted = scored({ over: { label: 'seg' } }).output.image.data
    for (const type of [Int8Array, Int32Array, Float32Array, Float64Array]) {
      const wide = volume({ data: type.from([...seg.data, 1, 1, 1, 1, 1, 1]), shape, channels: 2, kind: 'label' })
      expect(scored({ over: { label: 'seg' } }, { image, seg: wide }).output.image.data).toEqual(wanted)
    }
  })
})

describe('what is wrong is refused:', () => {
  const refuse = (options: Parameters<typeof ZScore>[0], subject: object = { image, seg }) =>
    expect(() => run(Compose([ZScore(options)]), subject as { image: Volume; seg: Volume }))
  test('options', () => {
    expect(() => ZScore({ over: 'brain' as never })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: intensity/ZScore: over must be 'all', 'nonzero' or {label: <entry>}, got "brain".]`,
    )
    expect(() => ZScore({ applyTo: 'some' as never })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: intensity/ZScore: applyTo must be 'selection', or 'all', 'nonzero' or {label: <entry>}, got "some".]`,
    )
  })
  test('a mask that there is not, or that is none', () => {
    refuse({ over: { label: 'brain' } }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: Compose[0] > intensity/ZScore: over must name a label map of the subject, got "brain".]`,
    )
    refuse({ over: { label: 'image' } }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: Compose[0] > intensity/ZScore: over must name a label map of the subject, got "image".]`,
    )
    refuse({ over: { label: 'toString' } }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: Compose[0] > intensity/ZScore: over must name a label map of the subject, got "toString".]`,
    )
  })
  test('a mask on another grid', () => {
    const other = volume({ data: new Uint8Array(12), shape: [3, 4, 1], spacingMm: [1, 0.5, 2], kind: 'label' })
    refuse({ over: { label: 'seg' } }, { image, seg: other }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: Compose[0] > intensity/ZScore: seg must lie on the image's grid of 3 × 2 × 1 voxels at -1.00, -0.50, 0.00 mm, got 3 × 4 × 1 voxels at -1.00, -0.75, 0.00 mm.]`,
    )
  })
  test('a selection of nothing', () => {
    const none = volume({ data: new Uint8Array(6), shape, kind: 'label' })
    refuse({ over: { label: 'seg' } }, { image, seg: none }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: Compose[0] > intensity/ZScore: there are no voxels to take statistics over: the selection is empty.]`,
    )
    refuse(
      { over: 'nonzero' },
      { image: volume({ data: new Float32Array(6), shape }) },
    ).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: Compose[0] > intensity/ZScore: there are no voxels to take statistics over: the selection is empty.]`,
    )
  })
  test('voxels that are not finite, where they count', () => {
    const data = Float32Array.of(0, NaN, 4, 0, 6, Infinity)
    const odd = volume({ data, shape })
    refuse({}, { image: odd, seg }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: Compose[0] > intensity/ZScore: the volume must be finite here, got 2 voxels that are NaN or infinite.]`,
    )
    const { output } = run(ZScore({ over: { label: 'seg' }, applyTo: 'selection' }), { image: odd, seg })
    expect([output.image.data[1], output.image.data[5]]).toEqual([NaN, Infinity])
  })
})

describe('what is to become of statistics that say little:', () => {
  const odd = volume({ data: Float32Array.of(1, NaN, 3, Infinity, 5, -Infinity), shape })
  test('NaN and infinite voxels may be left out; they stay what they are', () => {
    const std = Math.sqrt(8 / 3)
    const { output } = run(ZScore({ nan: 'ignore' }), odd)
    expect([...output.data]).toEqual([-2 / std, NaN, 0, Infinity, 2 / std, -Infinity].map(Math.fround))
  })
  test('an empty selection may be skipped, with a warning', () => {
    const none = { image, seg: volume({ data: new Uint8Array(6), shape, kind: 'label' }) }
    const { output, trace } = run(ZScore({ over: { label: 'seg' }, empty: 'skip' }), none)
    expect([...output.image.data]).toEqual([...image.data])
    expect(trace.warnings.map(({ code }) => code)).toEqual(['empty-mask'])
  })
  test('a constant may be an error', () => {
    const flat = volume({ data: new Float32Array(6).fill(4), shape })
    expect(() => run(Compose([ZScore({ constant: 'error' })]), flat)).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: Compose[0] > intensity/ZScore: the voxels that count must not be alike, got 4 for all.]`,
    )
  })
})

describe('applyTo', () => {
  const changed = (options: Parameters<typeof ZScore>[0]) => [...scored(options).output.image.data]
  test('may be another choice of voxels than those that count', () => {
    const all = changed({ over: 'nonzero' })
    expect(changed({ over: 'nonzero', applyTo: { label: 'seg' } })).toEqual(
      all.map((x, n) => (seg.data[n] === 0 ? image.data[n] : x)),
    )
    expect(changed({ over: 'all', applyTo: 'nonzero' })).toEqual(
      changed({}).map((x, n) => (image.data[n] === 0 ? 0 : x)),
    )
  })
  test('must name a label map of the subject', () => {
    expect(() => scored({ applyTo: { label: 'brain' } })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: intensity/ZScore: applyTo must name a label map of the subject, got "brain".]`,
    )
  })
})

const upright = (z: number) => [1, 0, 0, -2, 0, 1, 0, 5, 0, 0, z, 7, 0, 0, 0, 1]

test('a label map of another spacing alone is told from the image by its affine', () => {
  const data = new Uint8Array(12).fill(1)
  const seg = volume({ data, shape: [3, 2, 2], affine: upright(1.5), kind: 'label' })
  const scan = volume({ data, shape: [3, 2, 2], affine: upright(1) })
  expect(() => run(ZScore({ over: { label: 'seg' } }), { scan, seg })).toThrowErrorMatchingInlineSnapshot(
    `[VoxaugError: intensity/ZScore: seg must lie on the image's grid of 3 × 2 × 2 voxels at -2.00, 5.00, 7.00 mm with the affine 1, 0, 0, -2, 0, 1, 0, 5, 0, 0, 1, 7, got 3 × 2 × 2 voxels at -2.00, 5.00, 7.00 mm with the affine 1, 0, 0, -2, 0, 1, 0, 5, 0, 0, 1.5, 7.]`,
  )
})
