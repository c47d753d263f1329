import { isVoxaugError, type VoxelArray, volume } from '@voxaug/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readNifti, readNiftiHeader, writeNifti } from './index.ts'
import { readNifti as readNiftiNode } from './node.ts'
import { gzipped, joined, testFile } from './test-file.ts'

/** Holds what every volume must, or throws our own error; nothing else, and never for long. */
async function expectVolumeOrRefusal(bytes: Uint8Array<ArrayBuffer>, kind: 'image' | 'label') {
  try {
    const read = await readNifti(bytes, { kind, maxBytes: 2 ** 24 })
    expect(read.data.length).toBe(read.shape.reduce((a, b) => a * b) * read.channels)
    expect(read.affine.every(Number.isFinite)).toBe(true)
    expect(read.spacingMm.every((size) => size > 0)).toBe(true)
  } catch (error) {
    if (!isVoxaugError(error)) throw error
    expect(error.message).toMatch(/^.+\.$/)
  }
  await readNiftiHeader(bytes).catch((error) => {
    if (!isVoxaugError(error)) throw error
  })
}

const kinds = fc.constantFrom('image', 'label')

const sound = [
  ...([1, 2] as const).flatMap((version) => [true, false].map((littleEndian) => testFile({ version, littleEndian }))),
  testFile({
    fields: { datatype: [4], bitpix: [16], scl_slope: [0.5], scl_inter: [3] },
    voxels: Int16Array.from({ length: 60 }, (_, n) => n),
  }),
  testFile({
    fields: { datatype: [1024], bitpix: [64], qform_code: [1], sform_code: [0] },
    voxels: BigInt64Array.from({ length: 60 }, (_, n) => BigInt(n)),
  }),
  testFile({ fields: { vox_offset: [400] }, bytes: { 348: [1], 352: [32, 0, 0, 0, 6] }, voxels: new Uint8Array(108) }),
  testFile({
    version: 2,
    fields: { vox_offset: [592] },
    bytes: { 540: [1], 544: [32, 0, 0, 0, 6] },
    voxels: new Uint8Array(108),
  }),
]

/** A byte that stands, a bit that flips, or a number that means something to somebody. */
const change = fc.record({
  at: fc.oneof(
    fc.nat(600),
    fc.constantFrom(0, 40, 42, 70, 72, 108, 112, 116, 252, 254, 348, 352, 168, 176, 344, 540, 544),
  ),
  bytes: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 8 }),
    fc.constantFrom(
      [0xff, 0xff],
      [0x80, 0],
      [0, 0x80],
      [0x7f, 0xff, 0xff, 0xff],
      [0, 0, 0xc0, 0x7f],
      [0, 0, 0x80, 0xff],
      [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
      [0, 0, 0, 0, 0, 0, 0, 0x80],
    ),
  ),
})

describe('whatever the bytes', () => {
  it('a volume or a VoxaugError comes: any bytes', () =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 1200 }), kinds, (bytes, kind) =>
        expectVolumeOrRefusal(new Uint8Array(bytes), kind),
      ),
      { numRuns: 500 },
    ))

  it('a volume or a VoxaugError comes: any bytes in gzip', () =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), kinds, async (bytes, kind) => {
        await expectVolumeOrRefusal(await gzipped(new Uint8Array(bytes)), kind)
        await expectVolumeOrRefusal(joined([0x1f, 0x8b], bytes), kind)
      }),
      { numRuns: 100 },
    ))

  it(
    'a volume or a VoxaugError comes: sound files with bytes changed or missing',
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...sound),
          fc.array(change, { minLength: 1, maxLength: 4 }),
          fc.option(fc.nat(700)),
          kinds,
          async (file, changes, cut, kind) => {
            const bytes = file.slice(0, cut ?? file.length)
            for (const { at, bytes: values } of changes)
              bytes.set(Array.from(values).slice(0, Math.max(0, bytes.length - at)), Math.min(at, bytes.length))
            await expectVolumeOrRefusal(bytes, kind)
          },
        ),
        { numRuns: 4000 },
      ),
    60_000,
  )

  it('a volume or a VoxaugError comes: gzip with bytes changed', async () => {
    const good = await gzipped(sound[4]!)
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const bytes = good.map((byte, n) => (n === at ? byte ^ mask : byte))
        await expectVolumeOrRefusal(bytes, 'image')
        // Where gzip's checksum holds, so do the voxels: only the fields of its header that say nothing may change.
        const outcomes = await Promise.all(
          [readNifti, readNiftiNode].map((read) =>
            read(bytes).then(
              (v) => v.data,
              (e) => isVoxaugError(e) && e.code,
            ),
          ),
        )
        for (const outcome of outcomes)
          if (typeof outcome !== 'string') expect(outcome).toEqual((await readNifti(sound[4]!)).data)
      }),
      { numRuns: 300 },
    )
  })
})

describe('what is written is read back', () => {
  const arrays = {
    int8: Int8Array,
    uint8: Uint8Array,
    int16: Int16Array,
    uint16: Uint16Array,
    int32: Int32Array,
    uint32: Uint32Array,
    float32: Float32Array,
    float64: Float64Array,
  } as const
  const dtypes = fc.constantFrom(...(Object.keys(arrays) as (keyof typeof arrays)[]))
  const size = fc.integer({ min: 1, max: 7 })
  const entry = fc.integer({ min: -300_000, max: 300_000 }).map((n) => Math.fround(n / 1000))

  it('bit for bit, of every type, shape and affine', () =>
    fc.assert(
      fc.asyncProperty(
        dtypes,
        fc.tuple(size, size, size),
        fc.integer({ min: 1, max: 3 }),
        fc.array(entry, { minLength: 12, maxLength: 12 }),
        fc.integer(),
        fc.boolean(),
        async (dtype, shape, channels, rows, seed, gzip) => {
          const [a, b, c, , e, f, g, , i, j, k] = rows as [
            number,
            number,
            number,
            number,
            number,
            number,
            number,
            number,
            number,
            number,
            number,
            number,
          ]
          const det = a * (f * k - g * j) - b * (e * k - g * i) + c * (e * j - f * i)
          fc.pre(Math.abs(det) > 1e-3)
          const count = shape[0] * shape[1] * shape[2] * channels
          const bytes = new Uint8Array(count * arrays[dtype].BYTES_PER_ELEMENT)
          for (let n = 0, x = seed | 1; n < bytes.length; n++) {
            x = Math.imul(x, 1664525) + 1013904223
            bytes[n] = x >>> 24
          }
          const data: VoxelArray = new arrays[dtype](bytes.buffer)
          // + 0: a negative zero is read back as zero.
          const affine = [...rows.map((value) => value + 0), 0, 0, 0, 1]
          const made = volume({ data, shape, channels, affine })
          const read = await readNifti(await writeNifti(made, { dtype, gzip }))
          expect(read.shape).toEqual(shape)
          expect(read.channels).toBe(channels)
          expect(read.dtype).toBe(dtype)
          expect(read.affine).toEqual(affine)
          expect(new Uint8Array(read.data.buffer)).toEqual(bytes)
        },
      ),
      { numRuns: 400 },
    ))

  it('a label map as the same labels', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -70_000, max: 70_000 }), { minLength: 1, maxLength: 50 }),
        async (labels) => {
          const made = volume({ data: Int32Array.from(labels), shape: [labels.length, 1, 1], kind: 'label' })
          const read = await readNifti(await writeNifti(made), { kind: 'label' })
          expect(Array.from(read.data)).toEqual(labels)
        },
      ),
    ))
})
