import { arrayOf, type DType, isVoxaugError, volume } from '@voxaug/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import goldens from '../goldens/formats.json' with { type: 'json' }
import { fromBase64, gzipped } from '../test-file.ts'
import type { Golden } from './golden.ts'
import { readVolume, type VolumeEnding, writeVolume } from './web.ts'

const every: readonly DType[] = ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'float32', 'float64']
const held: Readonly<Record<Exclude<VolumeEnding, 'nii' | 'nii.gz'>, readonly DType[]>> = {
  mgh: ['uint8', 'int16', 'uint16', 'int32', 'float32'],
  mgz: ['uint8', 'int16', 'uint16', 'int32', 'float32'],
  'mgh.gz': ['uint8', 'int16', 'uint16', 'int32', 'float32'],
  nrrd: every,
  mha: every,
}
const formats = fc.constantFrom(...(Object.keys(held) as (keyof typeof held)[]))

describe('what is written is read back', () => {
  const size = fc.integer({ min: 1, max: 7 })
  const entry = fc.integer({ min: -300_000, max: 300_000 }).map((n) => n / 1000)

  it('bit for bit, of every format, type, shape and number of channels', () =>
    fc.assert(
      fc.asyncProperty(
        formats.chain((format) => fc.tuple(fc.constant(format), fc.constantFrom(...held[format]))),
        fc.tuple(size, size, size),
        fc.integer({ min: 1, max: 3 }),
        fc.array(entry, { minLength: 12, maxLength: 12 }),
        fc.integer(),
        async ([format, dtype], shape, channels, rows, seed) => {
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
          ]
          fc.pre(Math.abs(a * (f * k - g * j) - b * (e * k - g * i) + c * (e * j - f * i)) > 1)
          const Voxels = arrayOf(dtype)
          const bytes = new Uint8Array(shape[0] * shape[1] * shape[2] * channels * Voxels.BYTES_PER_ELEMENT)
          for (let n = 0, x = seed | 1; n < bytes.length; n++) {
            x = Math.imul(x, 1664525) + 1013904223
            bytes[n] = x >>> 24
          }
          // + 0: a negative zero is read back as zero.
          const affine = [...rows.map((value) => value + 0), 0, 0, 0, 1]
          const made = volume({ data: new Voxels(bytes.buffer), shape, channels, affine })
          const read = await readVolume(await writeVolume(made, { format, dtype }))
          expect([read.shape, read.channels, read.dtype]).toEqual([shape, channels, dtype])
          expect(new Uint8Array(read.data.buffer)).toEqual(bytes)
          expect(read.warnings).toEqual([])
          // NRRD stores the affine; MetaImage a direction and a length; MGH those as float32, and the centre.
          const digits = { nrrd: 0, mha: 2 ** -52, mgh: 2 ** -22, mgz: 2 ** -22, 'mgh.gz': 2 ** -22 }[format]
          for (const [n, value] of affine.entries()) {
            const reach = n % 4 === 3 ? 300 * (1 + 3 * Math.max(...shape)) : 520
            expect(Math.abs(read.affine[n]! - value)).toBeLessThanOrEqual(digits * reach)
          }
        },
      ),
      { numRuns: 400 },
    ))

  it('a label map as the same labels', () =>
    fc.assert(
      fc.asyncProperty(
        formats,
        fc.constantFrom(...every.filter((dtype) => dtype !== 'float32')),
        fc.array(fc.nat(127), { minLength: 1, maxLength: 50 }),
        async (format, dtype, labels) => {
          const data = new (arrayOf(dtype))(labels)
          const made = volume({ data, shape: [labels.length, 1, 1], kind: 'label' })
          const read = await readVolume(await writeVolume(made, { format }), { kind: 'label' })
          expect(Array.from(read.data)).toEqual(labels)
          expect(read.dtype).toBe('uint8')
        },
      ),
    ))
})

describe('whatever the bytes, a volume or a VoxaugError comes', () => {
  async function expectVolumeOrRefusal(bytes: Uint8Array<ArrayBuffer>, kind: 'image' | 'label') {
    try {
      const read = await readVolume(bytes, { kind, maxBytes: 2 ** 24 })
      expect(read.data.length).toBe(read.shape.reduce((a, b) => a * b) * read.channels)
      expect(read.affine.every(Number.isFinite)).toBe(true)
      expect(read.spacingMm.every((mm) => mm > 0)).toBe(true)
    } catch (error) {
      if (!isVoxaugError(error)) throw error
      expect(error.message).toMatch(/^.+\.$/)
    }
  }
  const files = Object.values(goldens as Record<string, Golden>).map(({ file }) => fromBase64(file))
  const kinds = fc.constantFrom('image', 'label')
  const change = fc.record({
    at: fc.nat(700),
    bytes: fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 8 }),
      fc
        .constantFrom(
          '\n',
          '\n\n',
          '-',
          '9',
          '99999',
          '1e9',
          'nan',
          'inf',
          '(',
          ')',
          ':',
          ':=',
          '=',
          '#',
          ' ',
          ',',
          'none',
          '0',
        )
        .map((text) => new TextEncoder().encode(text)),
      fc.constantFrom(
        [0xff, 0xff, 0xff, 0xff],
        [0x7f, 0xff, 0xff, 0xff],
        [0x80, 0, 0, 0],
        [0, 0, 0, 0],
        [0x7f, 0xc0, 0, 0],
      ),
    ),
    insert: fc.boolean(),
  })

  it('after a sound beginning', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom('NRRD0004\n', 'ObjectType = Image\n', '\0\0\0\x01', 'NDims = 3\n'),
        fc.uint8Array({ maxLength: 400 }),
        kinds,
        (start, bytes, kind) =>
          expectVolumeOrRefusal(Uint8Array.from([...new TextEncoder().encode(start), ...bytes]), kind),
      ),
      { numRuns: 400 },
    ))

  it('sound files with bytes changed, put in or missing, in gzip or not', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        fc.option(fc.nat(900)),
        kinds,
        fc.integer({ min: 0, max: 9 }),
        async (file, changes, cut, kind, packed) => {
          let bytes = Array.from(file.slice(0, cut ?? file.length))
          for (const { at, bytes: values, insert } of changes)
            bytes = [...bytes.slice(0, at), ...values, ...bytes.slice(at + (insert ? 0 : values.length))]
          const all = Uint8Array.from(bytes)
          await expectVolumeOrRefusal(packed === 0 ? await gzipped(all) : all, kind)
        },
      ),
      { numRuns: 4000 },
    ))
})
