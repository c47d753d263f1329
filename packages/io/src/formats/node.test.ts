import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { volume } from '@voxaug/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import goldens from '../goldens/formats.json' with { type: 'json' }
import { fromBase64, testFile } from '../test-file.ts'
import { expectGolden, type Golden } from './golden.ts'
import { readVolume, readVolumeHeader, writeVolume } from './node.ts'
import { readVolume as readInBrowser } from './web.ts'

let folder: string
const at = (name: string) => join(folder, name)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'voxaug-formats-'))
})
afterAll(() => rm(folder, { recursive: true }))

const message = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error) => `${error.code}: ${error.message}`.replaceAll(`${folder}/`, ''),
  )

const image = volume({
  data: Float32Array.from({ length: 60 }, (_, n) => n / 4 - 3),
  shape: [3, 4, 5],
  affine: [-1.25, 0.25, 0.5, 21.5, 0.25, 1.875, -0.5, -33.25, 0.125, 0.625, 2.75, 12.125, 0, 0, 0, 1],
})
const all = Object.entries(goldens as Record<string, Golden>)

describe('files of nibabel, pynrrd and SimpleITK by path, whatever they are called', () => {
  it.each(all)('%s', async (title, golden) => {
    const own = at(title.replaceAll(' ', '-'))
    await mkdir(own)
    await writeFile(join(own, 'a.nii.gz'), fromBase64(golden.file))
    if (golden.beside !== undefined) await writeFile(join(own, golden.name!), fromBase64(golden.beside))
    expectGolden(await readVolume(join(own, 'a.nii.gz')), golden)
    expectGolden(await readVolume(pathToFileURL(join(own, 'a.nii.gz'))), golden)
    if (golden.beside === undefined) expectGolden(await readVolume(fromBase64(golden.file)), golden)
  })
})

describe('writeVolume', () => {
  it.each(['a.nii', 'a.nii.gz', 'a.mgh', 'a.mgz', 'a.mgh.gz', 'a.nrrd', 'a.mha', 'B.MGZ'])('%s', async (name) => {
    await writeVolume(at(name), image)
    const read = await readVolume(at(name))
    expect(read.data).toEqual(image.data)
    const bytes = await readFile(at(name))
    expect(bytes[0] === 0x1f).toBe(/gz$/i.test(name))
    expect((await readInBrowser(bytes)).affine).toEqual(read.affine)
    for (const [n, value] of image.affine.entries()) expect(Math.abs(read.affine[n]! - value)).toBeLessThan(1e-5)
  })

  it('takes dtype, gzipLevel and overwrite', async () => {
    const large = volume({ data: Float32Array.from({ length: 64_000 }, (_, n) => (n * n) % 97), shape: [40, 40, 40] })
    for (const ending of ['mgz', 'nrrd']) {
      await writeVolume(at(`1.${ending}`), large, { dtype: 'int16', gzipLevel: 1 })
      await writeVolume(at(`9.${ending}`), large, { dtype: 'int16', gzipLevel: 9 })
      expect((await readFile(at(`9.${ending}`))).length).toBeLessThan((await readFile(at(`1.${ending}`))).length)
      expect((await readVolume(at(`9.${ending}`))).data).toEqual(Int16Array.from(large.data))
    }
    expect(await message(writeVolume(at('1.mgz'), image, { overwrite: false }))).toMatchInlineSnapshot(
      `"exists: 1.mgz: exists already, and overwrite is false."`,
    )
  })

  it('leaves nothing where it fails', async () => {
    const before = await readdir(folder)
    const nan = { ...image, data: new Float32Array(60).fill(Number.NaN) }
    expect(await message(writeVolume('a.png', image))).toMatchInlineSnapshot(
      `"invalid-option: path must be a name that ends in .nii, .nii.gz, .mgh, .mgz, .mgh.gz, .nrrd or .mha, got "a.png"."`,
    )
    expect(await message(writeVolume('nii', image))).toMatchInlineSnapshot(
      `"invalid-option: path must be a name that ends in .nii, .nii.gz, .mgh, .mgz, .mgh.gz, .nrrd or .mha, got "nii"."`,
    )
    expect(await message(writeVolume(at('nan.mgz'), nan, { dtype: 'int16' }))).toMatchInlineSnapshot(
      `"out-of-range: nan.mgz: voxel (0, 0, 0) must be a value that int16 holds, got NaN."`,
    )
    expect(await message(writeVolume(at('nan.mgh'), image, { dtype: 'int8' }))).toMatchInlineSnapshot(
      `"invalid-option: nan.mgh: dtype must be one of uint8, int16, uint16, int32, float32 in MGH, got int8."`,
    )
    expect(await message(writeVolume(at('none/a.nrrd'), image))).toMatchInlineSnapshot(
      `"not-found: none/a.nrrd: no such file or folder."`,
    )
    expect(await message(writeVolume(at('a.mha'), image, { gzipLevel: 0 }))).toMatchInlineSnapshot(
      `"invalid-option: gzipLevel must be a whole number from 1 to 9, got 0."`,
    )
    expect(await message(writeVolume(at('a.mha'), image, { overwrite: 'no' } as never))).toMatchInlineSnapshot(
      `"invalid-option: overwrite must be true or false, got "no"."`,
    )
    expect(await message(writeVolume(at('a.mha'), image, { gzip: true } as never))).toMatchInlineSnapshot(
      `"invalid-option: options of writeVolume are dtype, gzipLevel, overwrite and signal, got gzip."`,
    )
    expect(await message(writeVolume(at('a.mha'), image, { signal: 1 } as never))).toMatchInlineSnapshot(
      `"invalid-option: signal must be an AbortSignal, got 1."`,
    )
    expect(await readdir(folder)).toEqual(before)
  })

  it.each(['a.nii.gz', 'a.mgh', 'a.nrrd', 'a.mha'])('%s leaves nothing once aborted', async (name) => {
    const before = await readdir(folder)
    const signal = AbortSignal.abort('enough')
    expect(await message(writeVolume(at(name), image, { signal }))).toBe(`aborted: ${name}: writing was aborted.`)
    expect(await readdir(folder)).toEqual(before)
  })
})

describe('a header whose voxels are in another file', () => {
  const nhdr = (file: string) =>
    `NRRD0004\ntype: uint8\ndimension: 3\nsizes: 1 2 3\nspace: RAS\nspace directions: (1,0,0) (0,1,0) (0,0,1)\nencoding: raw\ndata file: ${file}\n`
  const mhd = (file: string) =>
    `NDims = 3\nDimSize = 1 2 3\nTransformMatrix = 1 0 0 0 1 0 0 0 1\nElementType = MET_UCHAR\nElementDataFile = ${file}\n`

  it('finds it in its own folder, whatever the working one is', async () => {
    await writeFile(at('voxels.raw'), Uint8Array.of(1, 2, 3, 4, 5, 6))
    for (const [name, text] of [
      ['a.nhdr', nhdr('./voxels.raw')],
      ['a.mhd', mhd('voxels.raw')],
      [
        'b.mhd',
        `HeaderSize = -1\n${mhd('voxels.raw')}`.replace('HeaderSize = -1\nNDims = 3', 'NDims = 3\nHeaderSize = -1'),
      ],
    ] as const) {
      await writeFile(at(name), text)
      expect((await readVolume(at(name))).data).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6))
      const region = { start: [0, 1, 1], size: [1, 1, 2] } as const
      expect((await readVolume(at(name), { region })).data).toEqual(Uint8Array.of(4, 6))
      expect(await readVolumeHeader(at(name))).toMatchObject({ shape: [1, 2, 3], dtype: 'uint8', byteOrder: 'little' })
    }
  })

  it('takes none from elsewhere, and says which is missing or short', async () => {
    await writeFile(at('short.raw'), Uint8Array.of(1, 2, 3))
    await mkdir(at('folder.raw'))
    const read = async (name: string, text: string) => {
      await writeFile(at(name), text)
      return message(readVolume(at(name)))
    }
    for (const name of ['NUL', 'con.raw', 'Lpt1', 'a.', 'a '])
      expect(await read('c.mhd', mhd(`./${name}`))).toMatch(/^(unsupported|not-found): c\.mhd: /)
    expect(await read('c.mhd', mhd('NUL'))).toBe(
      'unsupported: c.mhd: ElementDataFile must be the name of a file in the same folder, got "NUL".',
    )
    await mkdir(at('inside'))
    await symlink(at('voxels.raw'), at('inside/link.raw'))
    expect(await read('inside/c.mhd', mhd('link.raw'))).toBe(
      'unsupported: inside/c.mhd: link.raw: must lie in the folder of its header, and is a link to elsewhere.',
    )
    await symlink('voxels.raw', at('near.raw'))
    expect(await read('c.mhd', mhd('near.raw'))).toBe('done')
    expect(await read('c.nhdr', nhdr('a'.repeat(256)))).toMatchInlineSnapshot(
      `"unsupported: c.nhdr: data file must be the name of a file in the same folder, got "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…"."`,
    )
    // 255 characters in 510 bytes.
    expect(await read('c.nhdr', nhdr('é'.repeat(255)))).toBe(
      `unreadable: c.nhdr: ${'é'.repeat(255)}: the name is too long for a file.`,
    )
    expect(await read('c.nhdr', nhdr('/etc/passwd'))).toMatchInlineSnapshot(
      `"unsupported: c.nhdr: data file must be the name of a file in the same folder, got "/etc/passwd"."`,
    )
    expect(await read('c.nhdr', nhdr('..'))).toMatchInlineSnapshot(
      `"unsupported: c.nhdr: data file must be the name of a file in the same folder, got ".."."`,
    )
    expect(await read('c.nhdr', nhdr('no.raw'))).toMatchInlineSnapshot(
      `"not-found: c.nhdr: no.raw: no such file or folder."`,
    )
    expect(await read('c.nhdr', nhdr('short.raw'))).toMatchInlineSnapshot(
      `"truncated: c.nhdr: data is truncated: expected 6 bytes, got 3."`,
    )
    expect(await read('c.nhdr', nhdr('folder.raw'))).toMatchInlineSnapshot(
      `"unreadable: c.nhdr: folder.raw: is no file."`,
    )
    expect(await read('c.mhd', mhd('a\\b.raw'))).toMatchInlineSnapshot(
      `"unsupported: c.mhd: ElementDataFile must be the name of a file in the same folder, got "a\\b.raw"."`,
    )
    expect(await read('c.mhd', mhd('no.raw'))).toMatchInlineSnapshot(
      `"not-found: c.mhd: no.raw: no such file or folder."`,
    )
    expect(await message(readVolume(Buffer.from(mhd('short.raw'))))).toMatchInlineSnapshot(
      `"unsupported: this is a header whose voxels are in another file, which can be read from a path in Node alone. Save it as a single .mha file."`,
    )
  })

  it('may be NIfTI’s pair, by the path of either', async () => {
    const bytes = new Uint8Array(348)
    bytes.set(testFile({ fields: { vox_offset: [0] } }).subarray(0, 344))
    bytes.set([0x6e, 0x69, 0x31], 344)
    await writeFile(at('pair.hdr'), bytes)
    await writeFile(at('pair.img'), testFile().subarray(352))
    const { data } = await readVolume(testFile())
    for (const name of ['pair.hdr', 'pair.img']) expect((await readVolume(at(name))).data).toEqual(data)
  })

  it('errors name the file, once', async () => {
    expect(await message(readVolume(at('missing.mgz')))).toMatchInlineSnapshot(
      `"not-found: missing.mgz: no such file or folder."`,
    )
    expect(await message(readVolume(folder))).toMatch(/^unreadable: .+: is a folder, not a file\.$/)
    await writeFile(at('text.mgz'), '{"a": 1}')
    expect(await message(readVolume(at('text.mgz')))).toMatchInlineSnapshot(
      `"unknown-format: text.mgz: the file must be NIfTI, MGH, NRRD or MetaImage, got the first bytes 7b 22 61 22 3a 20 31 7d."`,
    )
  })
})
