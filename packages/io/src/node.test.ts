import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { isVoxaugError, volume } from '@voxaug/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as io from './node.ts'
import { readNifti, readNiftiHeader, writeNifti } from './node.ts'
import { gzipped, oblique, testFile } from './test-file.ts'

const affine = [...oblique, 0, 0, 0, 1]
const image = volume({ data: Float32Array.from({ length: 60 }, (_, n) => n / 8), shape: [3, 4, 5], affine })

let folder = ''
const at = (name: string) => join(folder, name)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'voxaug-io-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Code and message of the error that `work` gives, with the folder cut out. */
const message = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error) =>
      isVoxaugError(error) ? `${error.code}: ${error.message}`.replaceAll(`${folder}/`, '') : `foreign: ${error}`,
  )

it('exports these and no more', () =>
  expect(Object.keys(io).sort()).toEqual([
    'readNifti',
    'readNiftiHeader',
    'readVolume',
    'readVolumeHeader',
    'stemOf',
    'writeNifti',
    'writeVolume',
  ]))

describe('a path', () => {
  it.each(['a.nii', 'a.nii.gz', 'A.NII.GZ', 'ü ß.nii'])('%s is written and read back', async (name) => {
    await writeNifti(at(name), image)
    expect(await readNifti(at(name))).toEqual(image)
    expect(await readNiftiHeader(at(name))).toMatchObject({
      format: 'NIfTI-1',
      shape: [3, 4, 5],
      affine,
      dtype: 'float32',
    })
    expect((await readFile(at(name)))[0]).toBe(/gz$/i.test(name) ? 0x1f : 0x5c)
  })

  it('may be a URL', async () => {
    const url = pathToFileURL(at('url.nii.gz'))
    await writeNifti(url, image, { dtype: 'int16' })
    expect((await readNifti(url)).dtype).toBe('int16')
    expect(await message(readNifti(new URL('https://example.com/a.nii')))).toBe(
      'invalid-option: path must be a path or the URL of a file, got "https://example.com/a.nii".',
    )
    for (const [odd, shown] of [
      [new URL('file://host/a.nii'), '"file://host/a.nii"'],
      [new URL('file:///a%2Fb.nii'), '"file:///a%2Fb.nii"'],
      [5, '5'],
      [undefined, 'undefined'],
      [null, 'null'],
    ] as const)
      expect(await message(writeNifti(odd as never, image))).toBe(
        `invalid-option: path must be a path or the URL of a file, got ${shown}.`,
      )
  })

  it('is read by content, not by name', async () => {
    await writeFile(at('really.gz.nii'), await gzipped(testFile()))
    expect((await readNifti(at('really.gz.nii'))).data.length).toBe(60)
  })

  it('may be a pipe', async () => {
    execFileSync('mkfifo', [at('pipe')])
    const [read] = await Promise.all([readNifti(at('pipe')), writeFile(at('pipe'), testFile())])
    expect(read.data.length).toBe(60)
  })

  it('takes gzipLevel, and the same level gives the same bytes', async () => {
    const voxels = volume({
      data: Int16Array.from({ length: 40 * 40 * 40 }, (_, n) => (n * n) % 97),
      shape: [40, 40, 40],
      affine,
    })
    await writeNifti(at('1.nii.gz'), voxels, { gzipLevel: 1 })
    await writeNifti(at('9.nii.gz'), voxels, { gzipLevel: 9 })
    await writeNifti(at('default.nii.gz'), voxels)
    const [fast, small, standard] = await Promise.all(
      ['1.nii.gz', '9.nii.gz', 'default.nii.gz'].map((name) => readFile(at(name))),
    )
    expect(small!.length).toBeLessThan(fast!.length)
    expect(standard).toEqual(fast)
    expect(gunzipSync(small!)).toEqual(gunzipSync(fast!))
    expect(Array.from(fast!.subarray(4, 8))).toEqual([0, 0, 0, 0])
  })

  it('is written over many chunks whole', async () => {
    const voxels = volume({
      data: Float32Array.from({ length: 120 * 100 * 90 }, (_, n) => n),
      shape: [120, 100, 90],
      affine,
    })
    for (const name of ['large.nii', 'large.nii.gz']) {
      await writeNifti(at(name), voxels)
      // Compared as bytes: toEqual takes seconds over a million numbers.
      const { data } = await readNifti(at(name))
      expect(Buffer.compare(Buffer.from(data.buffer), Buffer.from(voxels.data.buffer))).toBe(0)
    }
  })
})

describe('errors begin with the path, once', () => {
  it.each([
    ['missing.nii', undefined, 'not-found: missing.nii: no such file or folder.'],
    ['no/folder.nii', undefined, 'not-found: no/folder.nii: no such file or folder.'],
    ['empty.nii.gz', [], 'truncated: empty.nii.gz: file is empty: expected a header of 348 bytes, got 0.'],
    [
      'text.nii',
      [35, 32, 104, 105],
      'not-nifti: text.nii: not a NIfTI file: expected 348 or 540 as its first number, got the bytes 23 20 68 69.',
    ],
    [
      'short.nii',
      [...testFile().subarray(0, 400)],
      'truncated: short.nii: data is truncated: expected 60 bytes, got 48.',
    ],
    [
      'junk.nii.gz',
      [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 9, 9, 9],
      'invalid-gzip: junk.nii.gz: the gzip stream is damaged or cut short: its codes, length or checksum do not hold.',
    ],
  ])('%s', async (name, bytes, expected) => {
    if (bytes) await writeFile(at(name), Uint8Array.from(bytes))
    expect(await message(readNifti(at(name)))).toBe(expected)
  })

  it('a folder', async () =>
    expect(await message(readNifti(folder))).toBe(`unreadable: ${folder}: is a folder, not a file.`))

  it('a path that no system takes', async () =>
    expect(await message(readNifti('a\0b'))).toMatch(/^unreadable: a\0b: the file system failed: .+\.$/))
})

describe('an existing file', () => {
  it('is replaced, unless overwrite is false', async () => {
    await writeFile(at('old.nii'), 'old')
    expect(await message(writeNifti(at('old.nii'), image, { overwrite: false }))).toBe(
      'exists: old.nii: exists already, and overwrite is false.',
    )
    expect(await readFile(at('old.nii'), 'utf8')).toBe('old')
    await writeNifti(at('old.nii'), image)
    expect(await readNifti(at('old.nii'))).toEqual(image)
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it('that came while another was written still stands', async () => {
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        message(
          writeNifti(at('race.nii.gz'), volume({ data: Float32Array.of(n), shape: [1, 1, 1] }), { overwrite: false }),
        ),
      ),
    )
    expect(results.filter((result) => result === 'done')).toHaveLength(1)
    expect(new Set(results)).toEqual(new Set(['done', 'exists: race.nii.gz: exists already, and overwrite is false.']))
    expect((await readNifti(at('race.nii.gz'))).data).toEqual(Float32Array.of(results.indexOf('done')))
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it('is not written through a dangling link', async () => {
    await symlink(at('elsewhere.nii'), at('link.nii'))
    expect(await message(writeNifti(at('link.nii'), image, { overwrite: false }))).toBe(
      'exists: link.nii: exists already, and overwrite is false.',
    )
    expect(await readdir(folder)).not.toContain('elsewhere.nii')
  })
})

describe('nothing is left where writing fails', () => {
  it.each([
    ['a.txt', image, {}, 'invalid-option: path must end in .nii or .nii.gz, got "a.txt".'],
    ['none/a.nii', image, {}, 'not-found: none/a.nii: no such file or folder.'],
    ['none/b.nii', image, { overwrite: false }, 'not-found: none/b.nii: no such file or folder.'],
    [
      'nan.nii',
      { ...image, data: new Float32Array(60).fill(Number.NaN) },
      { dtype: 'int16' },
      'out-of-range: nan.nii: voxel (0, 0, 0) must be a value that int16 holds, got NaN.',
    ],
    ['opt.nii', image, { gzipLevel: 10 }, 'invalid-option: gzipLevel must be a whole number from 1 to 9, got 10.'],
    [
      'opt.nii',
      image,
      { dtype: 'rgb' },
      'invalid-option: dtype must be one of int8, uint8, int16, uint16, int32, uint32, float32, float64, got "rgb".',
    ],
    ['opt.nii', image, { overwrite: 'no' }, 'invalid-option: overwrite must be true or false, got "no".'],
    [
      'opt.nii',
      image,
      { gzip: true },
      'invalid-option: options of writeNifti are dtype, version, scaled, extensions, gzipLevel, overwrite and signal, got gzip.',
    ],
  ])('%s %#', async (name, what, options, expected) => {
    const before = await readdir(folder)
    expect(await message(writeNifti(name === 'a.txt' ? name : at(name), what, options as never))).toBe(expected)
    expect(await readdir(folder)).toEqual(before)
  })

  it('where the name is a folder', async () => {
    await mkdir(at('taken.nii/inside'), { recursive: true })
    const before = await readdir(folder)
    expect(await message(writeNifti(at('taken.nii'), image))).toBe('unwritable: taken.nii: is a folder, not a file.')
    expect(await readdir(folder)).toEqual(before)
  })
})
