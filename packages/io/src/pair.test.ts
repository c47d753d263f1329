import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isVoxaugError } from '@voxaug/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import goldens from './goldens/pairs.json' with { type: 'json' }
import { readNifti, readNiftiHeader } from './node.ts'
import { fromBase64, gzipped, joined, oblique, type TestFile, testFile } from './test-file.ts'
import { expectHeader, expectVolume } from './test-golden.ts'

let folder = ''
const at = (name: string) => join(folder, name)
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'voxaug-pair-'))
})
afterEach(() => rm(folder, { recursive: true }))

const message = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'read',
    (error) =>
      isVoxaugError(error) ? `${error.code}: ${error.message}`.replaceAll(`${folder}/`, '') : `foreign: ${error}`,
  )

const ramp = Uint8Array.from({ length: 60 }, (_, n) => n)

/** The header of a pair, 352 bytes or 544. */
const header = (init: TestFile = {}) => {
  const second = init.version === 2
  return testFile({
    ...init,
    fields: { vox_offset: [0], ...init.fields },
    bytes: { [second ? 5 : 345]: [0x69], ...init.bytes },
    voxels: new Uint8Array(),
  })
}

/** The header of Analyze 7.5: 348 bytes, and where NIfTI has its magic some number. */
const analyze = (fields: TestFile['fields'] = {}) =>
  header({
    fields: { sform_code: [0], srow: Array(12).fill(0), ...fields },
    bytes: { 344: [7], 345: [0, 0, 0] },
  }).slice(0, 348)

describe('as nibabel reads them', () => {
  it.each(Object.entries(goldens))('%s', async (_, { header, image, ...golden }) => {
    const [head, voxels] = [fromBase64(header), fromBase64(image)]
    await writeFile(at('plain.hdr'), head)
    await writeFile(at('plain.img'), voxels)
    await writeFile(at('small.hdr.gz'), await gzipped(head))
    await writeFile(at('small.img.gz'), await gzipped(voxels))
    for (const name of ['plain.hdr', 'plain.img', 'small.hdr.gz', 'small.img.gz']) {
      expectVolume(await readNifti(at(name)), golden)
      expectHeader(await readNiftiHeader(at(name)), golden)
    }
  })
})

describe('a pair', () => {
  it.each([
    ['A.HDR', 'A.IMG'],
    ['a.b.hdr', 'a.b.img'],
    ['half.hdr', 'half.img.gz'],
    ['half.hdr.gz', 'half.img'],
    ['ü ß.hdr', 'ü ß.img'],
    ['LOUD.HDR.GZ', 'LOUD.IMG.GZ'],
  ])('%s and %s', async (head, image) => {
    const stored = (name: string, bytes: Uint8Array<ArrayBuffer>) => (/gz$/i.test(name) ? gzipped(bytes) : bytes)
    await writeFile(at(head), await stored(head, header()))
    await writeFile(at(image), await stored(image, ramp))
    for (const name of [head, image]) {
      const volume = await readNifti(pathToFileURL(at(name)))
      expect(volume).toMatchObject({ shape: [3, 4, 5], affine: [...oblique, 0, 0, 0, 1], warnings: [] })
      expect(volume.data).toEqual(ramp)
    }
  })

  it('takes the file that is compressed as the named one is, if there are both', async () => {
    await writeFile(at('a.hdr'), header())
    await writeFile(at('a.img'), ramp)
    await writeFile(at('a.img.gz'), await gzipped(new Uint8Array(60)))
    expect((await readNifti(at('a.hdr'))).data).toEqual(ramp)
  })

  it('has voxels that may begin like gzip', async () => {
    const voxels = ramp.slice()
    voxels.set([0x1f, 0x8b, 8])
    await writeFile(at('a.hdr'), header())
    await writeFile(at('a.img'), voxels)
    expect((await readNifti(at('a.hdr'))).data).toEqual(voxels)
  })

  it('is read in part', async () => {
    await writeFile(at('a.hdr'), header({ fields: { vox_offset: [3] } }))
    await writeFile(at('a.img'), joined([9, 9, 9], ramp))
    const part = await readNifti(at('a.img'), { region: { start: [1, 2, 3], size: [2, 1, 1] } })
    expect(part.data).toEqual(Uint8Array.of(43, 44))
  })

  it('needs no .img for its header', async () => {
    await writeFile(at('a.hdr'), header())
    expect(await readNiftiHeader(at('a.hdr'))).toMatchObject({ format: 'NIfTI-1', voxelOffset: 0, warnings: [] })
  })

  it('is a single file where the magic says so, whatever its name', async () => {
    await writeFile(at('a.hdr'), testFile())
    await writeFile(at('b.img'), testFile())
    for (const name of ['a.hdr', 'b.img']) expect((await readNifti(at(name))).data).toEqual(ramp)
  })

  it('may be links', async () => {
    await writeFile(at('there.hdr'), header())
    await writeFile(at('there.img'), ramp)
    await symlink(at('there.hdr'), at('here.hdr'))
    // The .img is looked for beside the link, not beside what it leads to.
    expect(await message(readNifti(at('here.hdr')))).toBe(
      'not-found: here.hdr: its voxels must be in here.img or here.img.gz beside it, and there is neither.',
    )
    await symlink(at('there.img'), at('here.img'))
    expect((await readNifti(at('here.hdr'))).data).toEqual(ramp)
  })
})

describe('an Analyze 7.5 pair', () => {
  it('says what it does not know', async () => {
    await writeFile(at('a.hdr'), analyze())
    await writeFile(at('a.img'), ramp)
    const { warnings, ...volume } = await readNifti(at('a.hdr'))
    expect(volume).toMatchObject({ affine: [-1.5, 0, 0, 1.5, 0, 2.5, 0, -3.75, 0, 0, 3.5, -7, 0, 0, 0, 1] })
    expect(warnings).toEqual([
      {
        code: 'analyze',
        message:
          'this is an Analyze 7.5 header, read as SPM writes it, about the centre of the grid; a .mat file beside it is not read.',
        path: '',
      },
      {
        code: 'orientation-unknown',
        message:
          'an Analyze 7.5 header does not say left from right; the axes were taken as left, anterior, superior, as nibabel does.',
        path: '',
      },
    ])
    expect((await readNiftiHeader(at('a.hdr'))).warnings).toEqual(warnings)
  })

  it('says where SPM put its origin', async () => {
    const head = analyze()
    head.set([2, 0, 3, 0, 5, 0], 253)
    await writeFile(at('a.hdr'), head)
    expect((await readNiftiHeader(at('a.hdr'))).warnings[0]!.message).toBe(
      "this is an Analyze 7.5 header, read as SPM writes it, about SPM's origin, voxel (1, 2, 4); a .mat file beside it is not read.",
    )
  })

  it('mends its spacing and refuses what cannot be', async () => {
    await writeFile(at('a.hdr'), analyze({ pixdim: [0, -1.5, 0, Number.NaN] }))
    const mended = await readNiftiHeader(at('a.hdr'))
    expect(mended.spacingMm).toEqual([1.5, 1, 1])
    expect(mended.warnings.map(({ message }) => message).slice(1, 4)).toEqual([
      'pixdim[1] should be above 0, got -1.5; 1.5 was used.',
      'pixdim[2] should be above 0, got 0; 1 was used.',
      'pixdim[3] should be above 0, got NaN; 1 was used.',
    ])
    await writeFile(at('b.hdr'), analyze({ datatype: [128] }))
    expect(await message(readNifti(at('b.hdr')))).toBe(
      'unsupported: b.hdr: datatype must be one of uint8, int16, int32, float32, float64, int8, uint16, uint32, int64, uint64, got 128 (RGB).',
    )
  })

  it('is refused as a single file, and from bytes', async () => {
    const refused =
      'magic at byte 344 must be n+1 and a NUL; an Analyze 7.5 header has none, and does not say left from right, got the bytes 07 00 00 00.'
    await writeFile(at('a.nii'), joined(analyze(), new Uint8Array(4), ramp))
    expect(await message(readNifti(at('a.nii')))).toBe(`not-nifti: a.nii: ${refused}`)
    expect(await message(readNifti(analyze()))).toBe(`not-nifti: ${refused}`)
  })

  it('is told from a damaged magic', async () => {
    await writeFile(at('a.hdr'), header({ bytes: { 347: [0x20] } }))
    expect(await message(readNifti(at('a.hdr')))).toBe(
      'not-nifti: a.hdr: magic at byte 344 must be n+1 or ni1 and a NUL, got the bytes 6e 69 31 20.',
    )
  })
})

describe('what is wrong with a pair', () => {
  const cases: readonly (readonly [string, Readonly<Record<string, Uint8Array>>, string, string])[] = [
    [
      'no .img',
      { 'a.hdr': header() },
      'a.hdr',
      'not-found: a.hdr: its voxels must be in a.img or a.img.gz beside it, and there is neither.',
    ],
    [
      'no .img, compressed',
      { 'a.hdr.gz': header() },
      'a.hdr.gz',
      'not-found: a.hdr.gz: its voxels must be in a.img.gz or a.img beside it, and there is neither.',
    ],
    [
      'no .hdr',
      { 'a.img': ramp },
      'a.img',
      'not-found: a.img: its header must be in a.hdr or a.hdr.gz beside it, and there is neither.',
    ],
    [
      'an empty .img alone',
      { 'a.img': ramp.slice(0, 0) },
      'a.img',
      'not-found: a.img: its header must be in a.hdr or a.hdr.gz beside it, and there is neither.',
    ],
    ['nothing', {}, 'a.img', 'not-found: a.img: no such file or folder.'],
    ['nothing but the .hdr', { 'a.hdr': header() }, 'a.img', 'not-found: a.img: no such file or folder.'],
    [
      'a short .img',
      { 'a.hdr': header(), 'a.img': ramp.slice(1) },
      'a.hdr',
      'truncated: a.img: data is truncated: expected 60 bytes, got 59.',
    ],
    [
      'an offset behind the .img',
      { 'a.hdr': header({ fields: { vox_offset: [100] } }), 'a.img': ramp },
      'a.hdr',
      'truncated: a.img: data is truncated: expected 60 bytes, got 0.',
    ],
    [
      'an offset below 0',
      { 'a.hdr': header({ fields: { vox_offset: [-1] } }), 'a.img': ramp },
      'a.img',
      'invalid-header: a.hdr: vox_offset must be a number of bytes, got -1.',
    ],
    [
      'a short .hdr',
      { 'a.hdr': header().slice(0, 99), 'a.img': ramp },
      'a.img',
      'truncated: a.hdr: header is truncated: expected 348 bytes, got 99.',
    ],
    [
      'an .img.gz that is none',
      { 'a.hdr': header(), 'a.img.gz': ramp },
      'a.hdr',
      'invalid-gzip: a.img.gz: the gzip stream is damaged or cut short: its codes, length or checksum do not hold.',
    ],
    [
      'a .hdr that is a text',
      { 'a.hdr': new TextEncoder().encode('# text'), 'a.img': ramp },
      'a.img',
      'not-nifti: a.hdr: not a NIfTI file: expected 348 or 540 as its first number, got the bytes 23 20 74 65.',
    ],
    [
      'the header of a pair called .nii',
      { 'a.nii': header(), 'a.img': ramp },
      'a.nii',
      'unsupported: a.nii: this is the header of a .hdr/.img pair (magic ni1): its voxels are in the .img file. Save it as a single .nii file.',
    ],
  ]
  it.each(cases)('%s', async (_, files, named, expected) => {
    for (const [name, bytes] of Object.entries(files)) await writeFile(at(name), bytes)
    expect(await message(readNifti(at(named)))).toBe(expected)
  })

  it('an .img elsewhere is not looked for, whatever the header says', async () => {
    const elsewhere = new TextEncoder().encode('../secret.img')
    await writeFile(at('a.hdr'), header({ bytes: { 228: [...elsewhere], 148: [...elsewhere] } }))
    expect(await message(readNifti(at('a.hdr')))).toBe(
      'not-found: a.hdr: its voxels must be in a.img or a.img.gz beside it, and there is neither.',
    )
  })

  it('a checksum of its header or of its voxels', async () => {
    const [head, image] = [await gzipped(header()), await gzipped(ramp)]
    const broken = (bytes: Uint8Array) => bytes.map((byte, n) => (n === bytes.length - 8 ? byte ^ 1 : byte))
    const damaged = 'the gzip stream is damaged or cut short: its codes, length or checksum do not hold.'
    await writeFile(at('a.hdr.gz'), broken(head))
    await writeFile(at('a.img.gz'), image)
    expect(await message(readNifti(at('a.img.gz')))).toBe(`invalid-gzip: a.hdr.gz: ${damaged}`)
    await writeFile(at('a.hdr.gz'), head)
    await writeFile(at('a.img.gz'), broken(image))
    expect(await message(readNifti(at('a.img.gz')))).toBe(`invalid-gzip: a.img.gz: ${damaged}`)
  })
})
