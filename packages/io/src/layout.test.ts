import { isVoxaugError } from '@voxaug/core'
import { describe, expect, it } from 'vitest'
import { readNifti, readNiftiHeader } from './index.ts'
import { gzipped, joined, oblique, type TestFile, testFile } from './test-file.ts'

/** The whole message of the error that reading gives, with its code. */
async function refusal(file: Uint8Array<ArrayBuffer>, options = {}): Promise<string> {
  return readNifti(file, options).then(
    () => 'read',
    (error) => (isVoxaugError(error) ? `${error.code}: ${error.message}` : `foreign: ${error}`),
  )
}

/** The warnings of a file that is read, and whether its voxels are those of the sound file. */
async function warned(init: TestFile): Promise<readonly string[]> {
  const volume = await readNifti(testFile(init))
  expect(Array.from(volume.data)).toEqual(Array.from({ length: 60 }, (_, n) => n))
  expect((await readNiftiHeader(testFile(init))).warnings).toEqual(volume.warnings)
  return volume.warnings.map(({ code, message }) => `${code}: ${message}`)
}

const everyForm = ([1, 2] as const).flatMap((version) =>
  [true, false].map((littleEndian) => ({ version, littleEndian })),
)

describe('a sound file', () => {
  it.each(everyForm)('is read without a warning: NIfTI-$version, little-endian $littleEndian', async (form) => {
    const volume = await readNifti(testFile(form))
    expect(volume).toMatchObject({
      kind: 'image',
      shape: [3, 4, 5],
      channels: 1,
      dtype: 'uint8',
      affine: [...oblique, 0, 0, 0, 1],
      warnings: [],
    })
    expect(volume.data).toEqual(Uint8Array.from({ length: 60 }, (_, n) => n))
  })

  it('tells its header', async () => {
    expect(await readNiftiHeader(testFile())).toEqual({
      format: 'NIfTI-1',
      byteOrder: 'little',
      dim: [3, 4, 5],
      shape: [3, 4, 5],
      channels: 1,
      dtype: 'uint8',
      slope: 1,
      intercept: 0,
      affine: [...oblique, 0, 0, 0, 1],
      affineFrom: 'sform',
      sform: { code: 1, affine: [...oblique, 0, 0, 0, 1] },
      qform: null,
      orientation: 'LAS',
      spacingMm: [
        Math.sqrt(1.25 ** 2 + 0.25 ** 2 + 0.125 ** 2),
        Math.sqrt(0.25 ** 2 + 1.875 ** 2 + 0.625 ** 2),
        Math.sqrt(0.5 ** 2 + 0.5 ** 2 + 2.75 ** 2),
      ],
      voxelOffset: 352,
      extensions: [],
      warnings: [],
    })
  })
})

describe('what is no NIfTI file', () => {
  it.each([
    ['nothing', new Uint8Array(), 'truncated: file is empty: expected a header of 348 bytes, got 0.'],
    [
      'one byte',
      new Uint8Array([9]),
      'not-nifti: not a NIfTI file: expected 348 or 540 as its first number, got the bytes 09.',
    ],
    [
      'a text',
      new TextEncoder().encode('# a text'),
      'not-nifti: not a NIfTI file: expected 348 or 540 as its first number, got the bytes 23 20 61 20.',
    ],
    [
      'zeros',
      new Uint8Array(1000),
      'not-nifti: not a NIfTI file: expected 348 or 540 as its first number, got the bytes 00 00 00 00.',
    ],
    ['half a header', testFile().slice(0, 200), 'truncated: header is truncated: expected 348 bytes, got 200.'],
    [
      'half a header, NIfTI-2',
      testFile({ version: 2 }).slice(0, 400),
      'truncated: header is truncated: expected 540 bytes, got 400.',
    ],
    ['a header alone', testFile().slice(0, 348), 'truncated: data is truncated: expected 60 bytes, got 0.'],
    [
      'an Analyze header',
      testFile({ bytes: { 344: [0, 0, 0, 0] } }),
      'not-nifti: magic at byte 344 must be n+1 and a NUL; an Analyze 7.5 header has none, and does not say left from right, got the bytes 00 00 00 00.',
    ],
    [
      'a magic without its NUL',
      testFile({ bytes: { 347: [0x20] } }),
      'not-nifti: magic at byte 344 must be n+1 and a NUL; an Analyze 7.5 header has none, and does not say left from right, got the bytes 6e 2b 31 20.',
    ],
    [
      'the header of a pair',
      testFile({ bytes: { 345: [0x69] } }),
      'unsupported: this is the header of a .hdr/.img pair (magic ni1): its voxels are in the .img file. Save it as a single .nii file.',
    ],
    [
      'the header of a pair, NIfTI-2',
      testFile({ version: 2, bytes: { 5: [0x69] } }),
      'unsupported: this is the header of a .hdr/.img pair (magic ni2): its voxels are in the .img file. Save it as a single .nii file.',
    ],
    [
      'a text-mode transfer',
      testFile({ version: 2, bytes: { 8: [0x0a, 0x1a, 0x0a, 0x00] } }),
      'invalid-header: the bytes after the magic must be 0d 0a 1a 0a, got 0a 1a 0a 00: the file was damaged by a transfer in text mode.',
    ],
  ])('%s', async (_, file, message) => expect(await refusal(file)).toBe(message))
})

describe('dim', () => {
  it.each(everyForm)('names a dim[0] that is wrong: NIfTI-$version, little-endian $littleEndian', async (form) => {
    for (const wrong of [0, 8, -3, 1024])
      expect(await refusal(testFile({ ...form, fields: { dim: [wrong] } }))).toBe(
        `invalid-header: dim[0] must be 1 … 7, got ${wrong}.`,
      )
  })

  it.each([
    [[3, 0, 4, 5], 'dim[1] must be at least 1 and below 2^53, got 0.'],
    [[3, 3, -4, -5], 'dim[2] must be at least 1 and below 2^53, got -4.'],
    [[4, 3, 4, 5, 0], 'dim[4] must be at least 1 and below 2^53, got 0.'],
    [
      [7, 32767, 32767, 32767, 32767, 32767, 32767, 32767],
      'dim must multiply to fewer than 2^53 bytes, got 32767 × 32767 × 32767 × 32767 × 32767 × 32767 × 32767.',
    ],
  ])('%j', async (dim, message) =>
    expect(await refusal(testFile({ fields: { dim } }))).toBe(`invalid-header: ${message}`),
  )

  it.each([
    [[3, 2 ** 62, 4, 1], 'dim[1] must be at least 1 and below 2^53, got 4611686018427387904.'],
    [[3, -1, -4, 5], 'dim[1] must be at least 1 and below 2^53, got -1.'],
    // 2^64 in all: wraps to 0 in 64 bits.
    [[3, 2 ** 30, 2 ** 30, 16], 'dim must multiply to fewer than 2^53 bytes, got 1073741824 × 1073741824 × 16.'],
  ])('NIfTI-2 %j', async (dim, message) => {
    expect(await refusal(testFile({ version: 2, fields: { dim } }))).toBe(`invalid-header: ${message}`)
    expect(await refusal(testFile({ version: 2, littleEndian: false, fields: { dim } }))).toBe(
      `invalid-header: ${message}`,
    )
  })

  it('reads sizes whose low half has its top bit set, which nifti-reader-js turns negative', async () => {
    const file = testFile({ version: 2, littleEndian: false, fields: { dim: [3, 2 ** 31 + 5, 1, 1] } })
    expect((await readNiftiHeader(file)).dim).toEqual([2 ** 31 + 5, 1, 1])
  })

  it('ignores what stands above dim[0]', async () =>
    expect(await warned({ fields: { dim: [3, 3, 4, 5, -7, 0, 32767, 9] } })).toEqual([]))

  it.each([
    [[1, 60], [60, 1, 1], 1],
    [[2, 12, 5], [12, 5, 1], 1],
    [[4, 3, 4, 5, 1], [3, 4, 5], 1],
    [[4, 3, 4, 1, 5], [3, 4, 1], 5],
    [[5, 3, 4, 1, 1, 5], [3, 4, 1], 5],
    [[7, 3, 1, 1, 2, 5, 1, 2], [3, 1, 1], 20],
  ])('%j is shape %j and %i channels', async (dim, shape, channels) => {
    const volume = await readNifti(testFile({ fields: { dim } }))
    expect(volume).toMatchObject({ shape, channels })
    expect(volume.data.length).toBe(60)
  })
})

describe('axes after the third', () => {
  it.each([
    [
      [5, 3, 4, 1, 5, 1],
      [3, 4, 1, 5, 1],
    ],
    [
      [5, 3, 4, 1, 1, 5],
      [3, 4, 1, 1, 5],
    ],
  ])('%j are channels', async (dim, expected) => {
    expect(await readNiftiHeader(testFile({ fields: { dim } }))).toMatchObject({
      dim: expected,
      channels: 5,
      warnings: [],
    })
  })

  it('are joined with a warning, and kept in the header', async () => {
    const fields = { dim: [7, 3, 2, 1, 2, 1, 5, 1] }
    expect(await readNiftiHeader(testFile({ fields }))).toMatchObject({
      dim: [3, 2, 1, 2, 1, 5, 1],
      shape: [3, 2, 1],
      channels: 10,
    })
    expect(await warned({ fields })).toEqual([
      'axes: a volume has one axis after the third: 2 × 1 × 5 × 1 became 10 channels.',
    ])
  })
})

describe('datatype', () => {
  it.each([
    [0, 'none'],
    [1, 'binary, one bit a voxel'],
    [32, 'complex64'],
    [128, 'RGB'],
    [1536, 'float128'],
    [1792, 'complex128'],
    [2048, 'complex256'],
    [2304, 'RGBA'],
    [7, 'unknown'],
    [-4, 'unknown'],
  ])('%i is refused by name', async (datatype, name) =>
    expect(await refusal(testFile({ fields: { datatype: [datatype] } }))).toBe(
      `unsupported: datatype must be one of uint8, int16, int32, float32, float64, int8, uint16, uint32, int64, uint64, got ${datatype} (${name}).`,
    ),
  )

  it('warns of a bitpix that belies it', async () =>
    expect(await warned({ fields: { bitpix: [16] } })).toEqual([
      'bitpix: bitpix should be 8 for uint8, got 16; it was ignored.',
    ]))
})

describe('vox_offset', () => {
  it.each([0, 10, 348])('%i means 352', async (offset) =>
    expect(await warned({ fields: { vox_offset: [offset] } })).toEqual([
      `vox-offset: vox_offset should be at least 352, got ${offset}; 352 was used.`,
    ]),
  )

  it('of 0 means 544 in NIfTI-2', async () =>
    expect(await warned({ version: 2, fields: { vox_offset: [0] } })).toEqual([
      'vox-offset: vox_offset should be at least 544, got 0; 544 was used.',
    ]))

  it('of 352.5 means 352', async () =>
    expect(await warned({ fields: { vox_offset: [352.5] } })).toEqual([
      'vox-offset: vox_offset should be a whole number, got 352.5; 352 was used.',
    ]))

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, -1e30, 1e38])('of %d is refused', async (offset) =>
    expect(await refusal(testFile({ fields: { vox_offset: [offset] } }))).toBe(
      `invalid-header: vox_offset must be a number of bytes, got ${Math.fround(offset)}.`,
    ),
  )

  it('that leaves more than 16 MiB to extensions is refused', async () =>
    expect(await refusal(testFile({ fields: { vox_offset: [352 + 2 ** 24 + 16] } }))).toBe(
      'invalid-header: vox_offset must leave at most 16777216 bytes to extensions, got 16777584.',
    ))

  it('past the end finds no voxels', async () => {
    const file = testFile({ fields: { vox_offset: [4000] } })
    expect(await refusal(file)).toBe('truncated: data is truncated: expected 60 bytes, got 0.')
    expect(await refusal(await gzipped(file))).toBe('truncated: data is truncated: expected 60 bytes, got 0.')
  })

  it('that suits no typed array is read', async () => {
    const voxels = joined([9], new Uint8Array(Int16Array.from({ length: 60 }, (_, n) => -n).buffer))
    const volume = await readNifti(testFile({ fields: { vox_offset: [353], datatype: [4], bitpix: [16] }, voxels }))
    expect(Array.from(volume.data)).toEqual(Array.from({ length: 60 }, (_, n) => 0 - n))
  })
})

describe('byte order', () => {
  it.each([
    [1, 0],
    [1, 0x5c010000],
    [2, 0],
    [2, 0x1c020000],
    // The other version's; the magic decides.
    [1, 540],
    [2, 348],
  ] as const)('goes by dim[0] where sizeof_hdr of NIfTI-%i is %i', async (version, size) => {
    for (const littleEndian of [true, false]) {
      expect(await warned({ version, littleEndian, fields: { sizeof_hdr: [size] } })).toEqual([
        `header-size: sizeof_hdr should be ${version === 1 ? 348 : 540}, got ${size}; the header was read as NIfTI-${version}.`,
      ])
    }
  })

  it('that nothing settles is refused: sizeof_hdr says one, dim[0] the other, and bitpix fits neither', async () =>
    expect(
      await refusal(testFile({ littleEndian: false, fields: { bitpix: [9] }, bytes: { 0: [0x5c, 1, 0, 0] } })),
    ).toBe('invalid-header: dim[0] must be 1 … 7, got 768.'))

  it('is one for the whole file', async () =>
    expect(await warned({ littleEndian: false, bytes: { 0: [0x5c, 1, 0, 0] } })).toEqual([
      'header-size: sizeof_hdr should be 348, got 1543569408; the header was read as NIfTI-1.',
    ]))
})

describe('size', () => {
  it('is compared with the file before memory is taken', async () => {
    const file = testFile({ fields: { dim: [3, 1000, 1000, 1000] } })
    expect(await refusal(file)).toBe('truncated: data is truncated: expected 1000000000 bytes, got 60.')
    expect(await refusal(await gzipped(file))).toMatch(
      /^truncated: data is truncated: expected 1000000000 bytes, got at most \d+\.$/,
    )
  })

  it('is compared with maxBytes before anything else is read', async () => {
    const file = testFile({ fields: { dim: [3, 20000, 20000, 5000], datatype: [16] } })
    expect(await refusal(file)).toBe(
      'too-large: voxels must take at most 1073741824 bytes (maxBytes), got 20000 × 20000 × 5000 of float32, 8000000000000 bytes.',
    )
    expect(await refusal(testFile(), { maxBytes: 59 })).toBe(
      'too-large: voxels must take at most 59 bytes (maxBytes), got 3 × 4 × 5 of uint8, 60 bytes.',
    )
    expect(await refusal(testFile({ fields: { scl_slope: [2] } }), { maxBytes: 239 })).toBe(
      'too-large: voxels must take at most 239 bytes (maxBytes), got 3 × 4 × 5 of uint8, 240 bytes.',
    )
    expect(await refusal(testFile(), { maxBytes: 60 })).toBe('read')
  })

  it('may be less than the file holds', async () =>
    expect((await readNifti(joined(testFile(), [1, 2, 3]))).data.length).toBe(60))
})
