import { volume } from '@voxaug/core'
import { describe, expect, it } from 'vitest'
import { gzipped, joined } from '../test-file.ts'
import { readVolume, writeVolume } from './web.ts'

const affine = [-1.25, 0.25, 0.5, 21.5, 0.25, 1.875, -0.5, -33.25, 0.125, 0.625, 2.75, 12.125, 0, 0, 0, 1]
const image = volume({ data: Int16Array.from({ length: 60 }, (_, n) => 7 * n - 100), shape: [3, 4, 5], affine })

const message = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error) => `${error.code}: ${error.message}`,
  )

/** A file with numbers set at places of its header. */
async function file(fields: Readonly<Record<number, readonly ['Int16' | 'Int32' | 'Float32', number]>> = {}) {
  const bytes = await writeVolume(image, { format: 'mgh', dtype: 'int16' })
  const view = new DataView(bytes.buffer)
  for (const [at, [type, value]] of Object.entries(fields)) view[`set${type}`](Number(at), value)
  return bytes
}

describe('MGH', () => {
  it('by hand: two frames of one line', async () => {
    const bytes = new Uint8Array(284 + 12)
    const view = new DataView(bytes.buffer)
    for (const [n, value] of [1, 3, 1, 1, 2, 4].entries()) view.setInt32(4 * n, value)
    view.setInt16(28, 1)
    // 2 mm along x, which grows to the left; 3 and 4 mm along y and z; index (1.5, 0.5, 0.5) is at (10, 20, 30).
    for (const [n, value] of [2, 3, 4, -1, 0, 0, 0, 1, 0, 0, 0, 1, 10, 20, 30].entries())
      view.setFloat32(30 + 4 * n, value)
    for (const [n, value] of [1, 2, 3, -1, -2, -3].entries()) view.setInt16(284 + 2 * n, value)
    expect(await readVolume(bytes)).toMatchObject({
      shape: [3, 1, 1],
      channels: 2,
      dtype: 'int16',
      data: Int16Array.of(1, 2, 3, -1, -2, -3),
      affine: [-2, 0, 0, 13, 0, 3, 0, 18.5, 0, 0, 4, 28, 0, 0, 0, 1],
      warnings: [],
    })
  })

  it('is read back, big-endian, in gzip or not', async () => {
    for (const format of ['mgh', 'mgz'] as const) {
      const bytes = await writeVolume(image, { format, dtype: 'int16' })
      expect(bytes[0]).toBe(format === 'mgz' ? 0x1f : 0)
      const read = await readVolume(bytes)
      expect(read.data).toEqual(image.data)
      // Seven digits of the unit vectors, of which none is longer than 3 mm, and of a centre 40 mm away.
      for (const [n, value] of affine.entries()) expect(Math.abs(read.affine[n]! - value)).toBeLessThan(1e-5)
    }
  })

  it('writes images as float32 and label maps in a type that MGH has', async () => {
    const written = async (data: Int8Array | Uint32Array | Uint16Array | Float64Array, kind: 'image' | 'label') => {
      const bytes = await writeVolume(volume({ data, shape: [2, 1, 1], kind }), { format: 'mgh' })
      return [bytes[23], Array.from((await readVolume(bytes, { kind })).data)]
    }
    expect(await written(Int8Array.of(-1, 5), 'image')).toEqual([3, [-1, 5]])
    expect(await written(Int8Array.of(-1, 5), 'label')).toEqual([4, [-1, 5]])
    expect(await written(Uint16Array.of(1, 65_535), 'label')).toEqual([10, [1, 65_535]])
    expect(await written(Uint32Array.of(1, 70_000), 'label')).toEqual([1, [1, 70_000]])
    expect(await written(Float64Array.of(1, 70_000), 'label')).toEqual([3, [1, 70_000]])
  })

  it('takes a file without orientation as FreeSurfer does, and says so', async () => {
    const { affine, warnings } = await readVolume(await file({ 28: ['Int16', 0] }))
    expect(affine).toEqual([-1, 0, 0, 1.5, 0, 0, 1, -2.5, 0, -1, 0, 2, 0, 0, 0, 1])
    expect(warnings.map(({ code, message }) => `${code}: ${message}`)).toMatchInlineSnapshot(`
      [
        "orientation-unknown: ras_good_flag is 0: left and right are unknown; the axes were taken as left, inferior, anterior about the centre with 1 mm, as FreeSurfer does.",
      ]
    `)
  })

  it('does not look at what follows the voxels', async () => {
    const bytes = joined(await file(), new Uint8Array(500).fill(65))
    for (const one of [bytes, await gzipped(bytes)]) {
      const { data, warnings } = await readVolume(one)
      expect(data).toEqual(image.data)
      expect(warnings).toEqual([])
    }
    const { warnings } = await readVolume(await gzipped(joined(bytes, new Uint8Array(2 ** 20))))
    expect(warnings.map(({ code }) => code)).toEqual(['checksum-unverified'])
  })

  it('refuses what it cannot read, by name', async () => {
    const refusal = async (...fields: Parameters<typeof file>) => message(readVolume(await file(...fields)))
    expect(await refusal({ 20: ['Int32', 9] })).toMatchInlineSnapshot(
      `"unsupported: type must be one of uint8, int16, uint16, int32, float32, got 9 (RGB)."`,
    )
    expect(await refusal({ 20: ['Int32', 99] })).toMatchInlineSnapshot(
      `"unsupported: type must be one of uint8, int16, uint16, int32, float32, got 99 (unknown)."`,
    )
    expect(await refusal({ 8: ['Int32', 0] })).toMatchInlineSnapshot(
      `"invalid-header: height must be at least 1, got 0."`,
    )
    expect(await refusal({ 16: ['Int32', -2] })).toMatchInlineSnapshot(
      `"invalid-header: nframes must be at least 1, got -2."`,
    )
    expect(await refusal({ 4: ['Int32', 2 ** 31 - 1], 8: ['Int32', 2 ** 31 - 1] })).toMatchInlineSnapshot(
      `"invalid-header: axes must multiply to fewer than 2^53 bytes, got 2147483647 × 2147483647 × 5."`,
    )
    expect(await refusal({ 4: ['Int32', 2 ** 20], 8: ['Int32', 2 ** 20] })).toMatchInlineSnapshot(
      `"too-large: voxels must take at most 1073741824 bytes (maxBytes), got 1048576 × 1048576 × 5 of int16, 10995116277760 bytes."`,
    )
    expect(await refusal({ 4: ['Int32', 30] })).toMatchInlineSnapshot(
      `"truncated: data is truncated: expected 1200 bytes, got 120."`,
    )
    expect(await refusal({ 30: ['Float32', 0] })).toMatchInlineSnapshot(
      `"invalid-header: delta, Mdc and Pxyz_c must make an invertible affine, got [0, 0.2500000145656678, 0.499999999090079, 19.62499997314…."`,
    )
    expect(await refusal({ 78: ['Float32', Number.NaN] })).toMatchInlineSnapshot(
      `"invalid-header: delta, Mdc and Pxyz_c must be finite, got [-1.2500000168415824, 0.2500000145656678, 0.4999999990900…."`,
    )
  })

  it('refuses what is cut short, with both numbers', async () => {
    const bytes = await file()
    expect(await message(readVolume(bytes.slice(0, 100)))).toMatchInlineSnapshot(
      `"truncated: header is truncated: expected 284 bytes, got 100."`,
    )
    expect(await message(readVolume(bytes.slice(0, 400)))).toMatchInlineSnapshot(
      `"truncated: data is truncated: expected 120 bytes, got 116."`,
    )
    expect(await message(readVolume(new Blob([bytes.slice(0, 400)]).stream()))).toMatchInlineSnapshot(
      `"truncated: data is truncated: expected 120 bytes, got 116."`,
    )
    expect(await message(readVolume((await gzipped(bytes)).slice(0, -9)))).toMatchInlineSnapshot(
      `"invalid-gzip: the gzip stream is damaged or cut short: its codes, length or checksum do not hold."`,
    )
    const flipped = await gzipped(bytes)
    flipped[flipped.length - 6]! ^= 1
    expect(await message(readVolume(flipped))).toMatchInlineSnapshot(
      `"invalid-gzip: the gzip stream is damaged or cut short: its codes, length or checksum do not hold."`,
    )
  })

  it('refuses more than maxBytes, and fractions of a label map', async () => {
    expect(await message(readVolume(await file(), { maxBytes: 119 }))).toMatchInlineSnapshot(
      `"too-large: voxels must take at most 119 bytes (maxBytes), got 3 × 4 × 5 of int16, 120 bytes."`,
    )
    const half = volume({ data: Float32Array.of(1, 0.5), shape: [2, 1, 1] })
    const bytes = await writeVolume(half, { format: 'mgz' })
    expect(await message(readVolume(bytes, { kind: 'label' }))).toMatchInlineSnapshot(
      `"invalid-label: a label map must hold whole numbers, got 0.5 at voxel (1, 0, 0)."`,
    )
  })

  it('is not written where it cannot hold the volume', async () => {
    const refusal = (made: unknown, options: object) =>
      message(writeVolume(made as never, { format: 'mgh', ...options }))
    expect(await refusal(image, { dtype: 'float64' })).toMatchInlineSnapshot(
      `"invalid-option: dtype must be one of uint8, int16, uint16, int32, float32 in MGH, got float64."`,
    )
    expect(await refusal(image, { dtype: 'rgb' })).toMatchInlineSnapshot(
      `"invalid-option: dtype must be one of int8, uint8, int16, uint16, int32, uint32, float32, float64, got "rgb"."`,
    )
    expect(
      await refusal({ ...image, data: new Float64Array(60).fill(Number.NaN) }, { dtype: 'uint8' }),
    ).toMatchInlineSnapshot(`"out-of-range: voxel (0, 0, 0) must be a value that uint8 holds, got NaN."`)
    const huge = affine.map((value, n) => (n < 12 ? value * 1e39 : value))
    expect(await refusal(volume({ data: image.data, shape: [3, 4, 5], affine: huge }), {})).toMatchInlineSnapshot(
      `"out-of-range: affine must stay invertible in float32, as MGH stores it, got [-1.2499999999999999e+39, 2.5e+38, 5e+38, 2.1499999999999…."`,
    )
    expect(await refusal({}, {})).toMatchInlineSnapshot(`"invalid-volume: what is written must be a volume, got []."`)
  })
})
