import { spacingOf, type VoxelArray, volume } from '@voxaug/core'
import { describe, expect, it, vi } from 'vitest'
import { readNifti, readNiftiHeader, writeNifti } from './index.ts'
import { bytesOf, oblique } from './test-file.ts'

const affine = [...oblique, 0, 0, 0, 1]
const image = (data: VoxelArray = Float32Array.from({ length: 60 }, (_, n) => n / 8), init = {}) =>
  volume({ data, shape: [3, 4, 5], affine, ...init })
const inflate = (bytes: Uint8Array<ArrayBuffer>) =>
  bytesOf(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')))

describe('the header', () => {
  it('has every field, and zeros elsewhere', async () => {
    const bytes = await writeNifti(image(), { gzip: false })
    const view = new DataView(bytes.buffer)
    const floats = (at: number, count: number) =>
      Array.from({ length: count }, (_, n) => view.getFloat32(at + 4 * n, true))
    const shorts = (at: number, count: number) =>
      Array.from({ length: count }, (_, n) => view.getInt16(at + 2 * n, true))
    expect(view.getInt32(0, true)).toBe(348)
    expect(shorts(40, 8)).toEqual([3, 3, 4, 5, 1, 1, 1, 1])
    expect(shorts(70, 2)).toEqual([16, 32])
    expect(floats(76, 8)).toEqual([-1, ...spacingOf(affine).map(Math.fround), 1, 1, 1, 1])
    expect(floats(108, 3)).toEqual([352, 1, 0])
    expect(bytes[123]).toBe(2)
    // This affine is sheared, which no qform can say: its code is 0, so that no reader trusts it.
    expect(shorts(252, 2)).toEqual([0, 2])
    expect(floats(268, 3)).toEqual([21.5, -33.25, 12.125])
    expect(floats(280, 12)).toEqual(oblique)
    expect(new TextDecoder().decode(bytes.subarray(344, 348))).toBe('n+1\0')
    for (const [start, end] of [
      [4, 38],
      [39, 40],
      [56, 70],
      [74, 76],
      [120, 123],
      [124, 252],
      [328, 344],
      [348, 352],
    ] as const) {
      expect(bytes.slice(start, end).every((byte) => byte === 0)).toBe(true)
    }
    expect(bytes.length).toBe(352 + 60 * 4)
  })

  it('says a rotation in both forms, right- and left-handed', async () => {
    // A third of a turn about (1, 1, 1), then one of 0.6, 0.8 about z; spacing 1.5, 2, 3.
    for (const hand of [1, -1]) {
      const rotated = [0, -1.6, 1.8 * hand, 5, 0, 1.2, 2.4 * hand, 6, 1.5, 0, 0, 7, 0, 0, 0, 1]
      const { sform, qform, warnings } = await readNiftiHeader(await writeNifti(image(undefined, { affine: rotated })))
      expect(warnings).toEqual([])
      expect(sform).toEqual({ code: 2, affine: rotated.map(Math.fround) })
      expect(qform!.code).toBe(2)
      // float32 quaternion: seven digits of numbers up to 3.
      for (const [n, value] of qform!.affine.entries()) expect(Math.abs(value - rotated[n]!)).toBeLessThan(1e-6)
    }
  })

  it('is the same each time, gzip too', async () => {
    const first = await writeNifti(image())
    expect(Array.from(first.subarray(0, 8))).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0])
    expect(await writeNifti(image())).toEqual(first)
    expect(await inflate(first)).toEqual(await writeNifti(image(), { gzip: false }))
  })
})

describe('the voxels', () => {
  const castTo = async (
    data: VoxelArray,
    dtype: NonNullable<Parameters<typeof writeNifti>[1]>['dtype'],
    kind: 'image' | 'label' = 'image',
  ) =>
    (
      await readNifti(
        await writeNifti(volume({ data, shape: [data.length, 1, 1], spacingMm: [1, 2, 3], kind }), {
          ...(dtype ? { dtype } : {}),
          gzip: false,
        }),
      )
    ).data

  it('of an image are float32 unless asked, of a label map its own type', async () => {
    expect(await castTo(Int16Array.of(-3, 7), undefined)).toEqual(Float32Array.of(-3, 7))
    expect(await castTo(Float64Array.of(Math.PI), undefined)).toEqual(Float32Array.of(Math.PI))
    expect(await castTo(Int16Array.of(-3, 7), undefined, 'label')).toEqual(Int16Array.of(-3, 7))
  })

  it('are rounded half up and saturated', async () => {
    const data = Float32Array.of(
      -0.5,
      -0.51,
      0.49,
      0.5,
      1.5,
      2.5,
      -1.5,
      254.5,
      255.5,
      1e30,
      -1e30,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    )
    expect(await castTo(data, 'uint8')).toEqual(Uint8Array.of(0, 0, 0, 1, 2, 3, 0, 255, 255, 255, 0, 255, 0))
    expect(await castTo(data, 'int16')).toEqual(
      Int16Array.of(0, -1, 0, 1, 2, 3, -1, 255, 256, 32767, -32768, 32767, -32768),
    )
    expect(await castTo(Int32Array.of(-70000, 70000), 'uint16')).toEqual(Uint16Array.of(0, 65535))
    expect(await castTo(Float64Array.of(4e9, 5e9, -1), 'uint32')).toEqual(Uint32Array.of(4e9, 2 ** 32 - 1, 0))
    expect(await castTo(Uint8Array.of(200), 'float64')).toEqual(Float64Array.of(200))
  })

  it.each([
    [
      'NaN as int16',
      Float32Array.of(1, Number.NaN),
      'int16',
      'image',
      'voxel (1, 0, 0) must be a value that int16 holds, got NaN.',
    ],
    [
      'too large for float32',
      Float64Array.of(1e39),
      'float32',
      'image',
      'voxel (0, 0, 0) must be a value that float32 holds, got 1e+39.',
    ],
    [
      'a label that would change',
      Int16Array.of(1, 256),
      'uint8',
      'label',
      'voxel (1, 0, 0) must be a value that uint8 holds, got 256.',
    ],
    [
      'a label that float32 would round',
      Int32Array.of(2 ** 24 + 1),
      'float32',
      'label',
      'voxel (0, 0, 0) must be a value that float32 holds, got 16777217.',
    ],
    [
      'an unknown type',
      Int16Array.of(1),
      'int64',
      'image',
      'dtype must be one of int8, uint8, int16, uint16, int32, uint32, float32, float64, got "int64".',
    ],
  ] as const)('refuse %s', async (_, data, dtype, kind, message) =>
    expect(castTo(data, dtype as 'int16', kind)).rejects.toThrow(
      expect.objectContaining({ message, name: 'VoxaugError' }),
    ),
  )

  it('keep channels, and leave the volume as it was', async () => {
    const data = Uint8Array.from({ length: 120 }, (_, n) => n)
    const read = await readNifti(await writeNifti(image(data, { channels: 2 }), { dtype: 'uint8' }))
    expect(read).toMatchObject({ channels: 2, shape: [3, 4, 5], affine, warnings: [] })
    expect(read.data).toEqual(data)
    expect(data).toEqual(Uint8Array.from({ length: 120 }, (_, n) => n))
  })
})

describe('what cannot be written', () => {
  it.each([
    [
      volume({ data: new Uint8Array(32768), shape: [1, 32768, 1], spacingMm: [1, 1, 1] }),
      { version: 1 },
      'NIfTI-1 holds at most 32767 voxels along an axis and as many channels, got 1 × 32768 × 1 × 1; version 2 holds more.',
    ],
    [
      volume({ data: new Uint8Array(32768), shape: [1, 1, 1], channels: 32768 }),
      { version: 1 },
      'NIfTI-1 holds at most 32767 voxels along an axis and as many channels, got 1 × 1 × 1 × 32768; version 2 holds more.',
    ],
    [
      image(undefined, { affine: [1e60, 0, 0, 0, 0, 1e60, 0, 0, 0, 0, 1e60, 0, 0, 0, 0, 1] }),
      { version: 1 },
      'affine must stay invertible in float32, as NIfTI-1 stores it, got [1e+60, 0, 0, 0, 0, 1e+60, 0, 0, 0, 0, 1e+60, 0, 0, 0, 0, 1]; version 2 stores float64.',
    ],
    [{ image: image() }, {}, 'what is written must be a volume, got ["image"].'],
    [null, {}, 'what is written must be a volume, got null.'],
    [
      { ...image(), data: new Float32Array() },
      {},
      'data must hold 3 × 4 × 5 × 1 = 60 voxels (was its buffer transferred to a worker?), got 0.',
    ],
    [
      image(),
      { type: 'int16' },
      'options of writeNifti are dtype, version, scaled, extensions, gzip, gzipLevel and signal, got type.',
    ],
    [image(), { gzipLevel: 0 }, 'gzipLevel must be a whole number from 1 to 9, got 0.'],
    [image(), { version: 3 }, 'version must be 1 or 2, got 3.'],
    [image(), { version: '2' }, 'version must be 1 or 2, got "2".'],
    [image(), { scaled: 1, dtype: 'int16' }, 'scaled must be true or false, got 1.'],
    [image(), { scaled: true }, 'dtype must be an integer type where scaled is true, got undefined.'],
    [image(), { scaled: true, dtype: 'float64' }, 'dtype must be an integer type where scaled is true, got "float64".'],
    [
      image(Uint8Array.of(...new Array(60).keys()), { kind: 'label' }),
      { scaled: true, dtype: 'int16' },
      'scaled must be false for a label map, got true.',
    ],
    [image(), { signal: {} }, 'signal must be an AbortSignal, got {}.'],
    [image(), { extensions: 'all' }, 'extensions must be a list, got "all".'],
    [
      image(),
      { extensions: [{ code: -1, content: new Uint8Array() }] },
      'extensions[0].code must be a whole number from 0 to 2147483647, got -1.',
    ],
    [
      image(),
      { extensions: [{ code: 6, content: 'Jane Doe' }] },
      'extensions[0].content must be a Uint8Array, got "string".',
    ],
    [image(), { extensions: [null] }, 'extensions[0].code must be a whole number from 0 to 2147483647, got undefined.'],
    [
      image(),
      { extensions: [{ code: 6, content: new Uint8Array(2 ** 24) }] },
      'extensions must take at most 16777216 bytes, got 16777232.',
    ],
    [image(), { gzip: 1 }, 'gzip must be true or false, got 1.'],
  ])('%#: %2$s', async (what, options, message) =>
    expect(writeNifti(what as never, options as never)).rejects.toThrow(
      expect.objectContaining({ message, name: 'VoxaugError' }),
    ),
  )
})

it('a buffer that is transferred while its slope is sought is refused, and not written short', async () => {
  const data = new Float32Array(4_000_000).map((_, n) => n / 3)
  const made = volume({ data, shape: [400, 100, 100], spacingMm: [1, 2, 3] })
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 20))
  let now = 0
  const writing = writeNifti(made, { dtype: 'int16', scaled: true })
  structuredClone(data.buffer, { transfer: [data.buffer] })
  await expect(writing).rejects.toThrow('data must stay while it is written, got 0 voxels.')
  vi.restoreAllMocks()
})
