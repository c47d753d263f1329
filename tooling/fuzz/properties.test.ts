import { readNifti } from '@voxaug/io'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { browserReader } from './browser-reader.ts'
import { type Bytes, joined } from './bytes.ts'
import { checkBytes } from './check.ts'
import { gzipMember, type Member } from './gzip-file.ts'
import { type FieldName, fieldsOf, niftiFile } from './nifti-file.ts'
import { outcomeOf } from './outcome.ts'

const versions = fc.constantFrom<1 | 2>(1, 2)
const small = fc.integer({ min: 1, max: 5 })
const whole = fc.oneof(fc.integer({ min: -9, max: 1500 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }))
const real = fc.oneof(fc.double({ min: -1000, max: 1000, noNaN: true }), fc.double(), fc.constant(0))

/** Values for the fields that a reader acts on: each is right, or left out, or anything that it can hold. */
const someFields = fc.record<Partial<Record<FieldName, readonly number[]>>>(
  {
    sizeof_hdr: fc.tuple(whole),
    dim: fc.array(fc.oneof({ weight: 4, arbitrary: small }, whole), { minLength: 1, maxLength: 8 }),
    datatype: fc.tuple(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(2, 4, 8, 16, 64, 256, 512, 768) }, whole)),
    bitpix: fc.tuple(whole),
    pixdim: fc.array(real, { minLength: 1, maxLength: 8 }),
    vox_offset: fc.tuple(fc.integer({ min: -1, max: 700 })),
    scl_slope: fc.tuple(real),
    scl_inter: fc.tuple(real),
    xyzt_units: fc.tuple(fc.integer({ min: 0, max: 127 })),
    qform_code: fc.tuple(fc.integer({ min: -1, max: 6 })),
    sform_code: fc.tuple(fc.integer({ min: -1, max: 6 })),
    quatern: fc.array(real, { minLength: 3, maxLength: 3 }),
    qoffset: fc.array(real, { minLength: 3, maxLength: 3 }),
    srow: fc.array(real, { minLength: 12, maxLength: 12 }),
    extension: fc.tuple(fc.integer({ min: 0, max: 255 })),
  },
  { requiredKeys: [] },
)

const files = fc
  .record({
    version: versions,
    littleEndian: fc.boolean(),
    fields: someFields,
    voxels: fc.uint8Array({ maxLength: 400 }),
  })
  .map(({ version, littleEndian, fields, voxels }) => {
    // A field of whole numbers takes what fits into it.
    const fitting = Object.entries(fields).map(([name, values]) => {
      const { type } = fieldsOf[version][name as FieldName]
      return [name, type.startsWith('Float') ? values : values.map(Math.round)] as const
    })
    return niftiFile({ version, littleEndian, fields: Object.fromEntries(fitting), voxels: new Uint8Array(voxels) })
  })

const members = fc.record<Member>(
  {
    level: fc.constantFrom(0, 1, 6, 9),
    block: fc.integer({ min: 1, max: 500 }),
    name: fc.string({ maxLength: 20 }).map((text) => text.replaceAll('\0', '')),
    comment: fc.string({ maxLength: 20 }).map((text) => text.replaceAll('\0', '')),
    extra: fc.uint8Array({ maxLength: 40 }),
    headerCrc: fc.boolean(),
    text: fc.boolean(),
  },
  { requiredKeys: [] },
)

/** The same bytes in sound gzip: cut anywhere, each piece a member of its own, zeros behind. */
const wrappings = fc.record({
  cuts: fc.array(fc.nat(800), { maxLength: 4 }),
  members: fc.array(members, { minLength: 5, maxLength: 5 }),
  zeros: fc.nat(30),
})

function wrap(
  bytes: Bytes,
  { cuts, members, zeros }: typeof wrappings extends fc.Arbitrary<infer T> ? T : never,
): Bytes {
  const ends = [...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length]
  const parts = ends.map((end, n) => gzipMember(bytes.subarray(ends[n - 1] ?? 0, end), members[n % members.length]))
  return joined(...parts, new Uint8Array(zeros))
}

async function expectSound(bytes: Bytes): Promise<void> {
  expect((await checkBytes(bytes, [browserReader])).flaw).toBe(undefined)
}

describe('whatever a file says', () => {
  it('a header of which some fields are right makes a volume or a refusal', () =>
    fc.assert(fc.asyncProperty(files, expectSound), { numRuns: 3000 }))

  it('sound gzip reads as what it holds, however it is cut into members and blocks', () =>
    fc.assert(
      fc.asyncProperty(files, wrappings, async (file, wrapping) => {
        const wrapped = wrap(file, wrapping)
        await expectSound(wrapped)
        const [bare, inGzip] = await Promise.all([outcomeOf(readNifti(file)), outcomeOf(readNifti(wrapped))])
        // Of a bare file it is known beforehand how much there is; of gzip only what it can be at the most.
        const plain = (line: string) => line.replace(/got (at most )?\d+\.$/, 'got fewer.')
        expect(plain(inGzip)).toBe(plain(bare))
      }),
      { numRuns: 600 },
    ))

  it('a checksum or length that does not fit is refused, wherever members end', () =>
    fc.assert(
      fc.asyncProperty(
        wrappings,
        fc.nat(4),
        fc.boolean(),
        fc.integer({ min: 1, max: 2 ** 32 - 1 }),
        async (wrapping, which, length, wrong) => {
          const file = niftiFile()
          const at = Math.min(which, wrapping.cuts.length)
          const ends = [...wrapping.cuts.map((cut) => Math.min(cut, file.length)).sort((a, b) => a - b), file.length]
          const part = file.subarray(ends[at - 1] ?? 0, ends[at])
          const sound = gzipMember(part, wrapping.members[at])
          const trailer = new DataView(sound.buffer, sound.length - 8)
          const field = length ? 4 : 0
          trailer.setUint32(field, trailer.getUint32(field, true) ^ wrong, true)
          const parts = ends.map((end, n) =>
            n === at ? sound : gzipMember(file.subarray(ends[n - 1] ?? 0, end), wrapping.members[n]),
          )
          expect(await outcomeOf(readNifti(joined(...parts)))).toMatch(/^invalid-gzip: /)
        },
      ),
      { numRuns: 300 },
    ))

  it('a file cut anywhere is refused, bare or in gzip', () =>
    fc.assert(
      fc.asyncProperty(versions, fc.nat(), wrappings, async (version, at, wrapping) => {
        const file = niftiFile({ version })
        const cut = file.slice(0, at % file.length)
        for (const bytes of [cut, wrap(cut, wrapping)]) {
          await expectSound(bytes)
          expect(await outcomeOf(readNifti(bytes))).toMatch(/^(truncated|not-nifti): /)
        }
        const gzip = gzipMember(file, { level: 6 })
        expect(await outcomeOf(readNifti(gzip.slice(0, at % gzip.length)))).toMatch(
          /^(truncated|not-nifti|invalid-gzip): /,
        )
      }),
      { numRuns: 300 },
    ))

  it('bytes after any start that readers know make a volume or a refusal', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom<readonly number[]>(
          [0x5c, 1, 0, 0],
          [0, 0, 1, 0x5c],
          [0x1c, 2, 0, 0, 0x6e, 0x2b, 0x32, 0, 0x0d, 0x0a, 0x1a, 0x0a],
          [0x1f, 0x8b, 8, 0],
          [0x1f, 0x8b, 8, 31],
          [0, 0, 0, 1],
          [0x4e, 0x52, 0x52, 0x44, 0x30, 0x30, 0x30, 0x34, 0x0a],
        ),
        fc.uint8Array({ maxLength: 700 }),
        (start, rest) => expectSound(joined(start, rest)),
      ),
      { numRuns: 1000 },
    ))
})
