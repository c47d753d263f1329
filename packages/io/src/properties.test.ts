import { isVoxaugError } from '@voxaug/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readNifti, readNiftiHeader } from './index.ts'
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
    const whole = await readNifti(sound[4]!)
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const bytes = good.map((byte, n) => (n === at ? byte ^ mask : byte))
        await expectVolumeOrRefusal(bytes, 'image')
        // Where gzip's checksum holds, so do the voxels: only the fields of its header that say nothing may change.
        for (const source of [bytes, new Blob([bytes]).stream()]) {
          const outcome = await readNifti(source).catch((error) => (isVoxaugError(error) ? error.code : error))
          if (typeof outcome !== 'string') expect(outcome.data).toEqual(whole.data)
        }
      }),
      { numRuns: 300 },
    )
  })
})
