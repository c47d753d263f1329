import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isVoxaugError } from '@voxaug/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as web from './index.ts'
import { readNifti, readNiftiHeader } from './node.ts'
import { gzipped, joined, testFile } from './test-file.ts'

const ramp = Uint8Array.from({ length: 60 }, (_, n) => n)
const file = testFile()

let folder = ''
const at = (name: string) => join(folder, name)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'voxaug-read-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Code and message of the error that `work` gives, with the folder cut out. */
const message = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error) =>
      isVoxaugError(error) ? `${error.code}: ${error.message}`.replaceAll(`${folder}/`, '') : `foreign: ${error}`,
  )

describe('in Node', () => {
  it.each([
    ['an ArrayBuffer', () => file.buffer],
    ['a Buffer of the pool', () => Buffer.from(file)],
    [
      'shared memory',
      () => {
        const shared = new SharedArrayBuffer(file.length)
        new Uint8Array(shared).set(file)
        return shared
      },
    ],
    ['a Blob', () => new Blob([file])],
    ['a stream', () => new Blob([file]).stream() as ReadableStream<Uint8Array>],
  ])('%s is read as in a browser', async (_, source) => {
    expect(await readNifti(source())).toEqual(await web.readNifti(source()))
    expect(await readNiftiHeader(source())).toEqual(await web.readNiftiHeader(source()))
  })

  it('maxBytes is 2 GiB, in a browser 1 GiB', async () => {
    const huge = testFile({ fields: { dim: [3, 1024, 1024, 2049] } })
    expect(await message(readNifti(huge))).toBe(
      'too-large: voxels must take at most 2147483648 bytes (maxBytes), got 1024 × 1024 × 2049 of uint8, 2148532224 bytes.',
    )
    const large = testFile({ fields: { dim: [3, 1024, 1024, 1025] } })
    expect(await message(web.readNifti(large))).toBe(
      'too-large: voxels must take at most 1073741824 bytes (maxBytes), got 1024 × 1024 × 1025 of uint8, 1074790400 bytes.',
    )
    expect(await message(readNifti(large))).toBe('truncated: data is truncated: expected 1074790400 bytes, got 60.')
  })

  it('a header that claims 2 TB is refused, in gzip and not', async () => {
    const claim = testFile({
      version: 2,
      fields: { dim: [3, 2 ** 14, 2 ** 14, 2 ** 11], datatype: [16], bitpix: [32] },
    })
    const refused =
      'too-large: voxels must take at most 2147483648 bytes (maxBytes), got 16384 × 16384 × 2048 of float32, 2199023255552 bytes.'
    expect(await message(readNifti(claim))).toBe(refused)
    expect(await message(readNifti(await gzipped(claim)))).toBe(refused)
    expect(await message(readNifti(claim, { maxBytes: 2 ** 45 }))).toBe(
      'truncated: data is truncated: expected 2199023255552 bytes, got 60.',
    )
  })

  it('a source that fails is told from a gzip stream that does', async () => {
    const start = (await gzipped(file)).slice(0, 40)
    let given = 0
    const dead = new ReadableStream<Uint8Array>({
      pull: (c) => (given++ === 0 ? c.enqueue(start) : c.error(new Error('gone'))),
    })
    expect(await message(readNifti(dead))).toBe('unreadable: the source failed while it was read: gone.')
  })

  it('a tail of 64 MiB is not inflated', async () => {
    const bomb = await gzipped(joined(file, new Uint8Array(64 * 2 ** 20)))
    const volume = await readNifti(bomb)
    expect(volume.data).toEqual(ramp)
    expect(volume.warnings).toEqual([
      {
        code: 'checksum-unverified',
        message: 'more than 1048576 bytes follow the voxels; they and the checksum behind them were not read.',
        path: '',
      },
    ])
  })

  it('the header of a compressed file of 2 GB is had from its start', async () => {
    const noise = Uint8Array.from({ length: 2 ** 21 }, (_, n) => Math.imul(n ^ (n >>> 7), 0x9e3779b1) >>> 20)
    await writeFile(at('huge.nii.gz'), (await gzipped(joined(file, noise))).subarray(0, 2 ** 20))
    // A hole: nothing is written, and what it reads as is no gzip.
    await truncate(at('huge.nii.gz'), 2 ** 31)
    expect(await readNiftiHeader(at('huge.nii.gz'))).toEqual(await readNiftiHeader(file))
  })

  it('extensions beyond count or beyond the file are left out in good time', async () => {
    const room = 2 ** 24
    const many = new Uint8Array(room)
    const view = new DataView(many.buffer)
    for (let n = 0; n < room; n += 16) view.setInt32(n, 16, true)
    const extended = testFile({
      fields: { vox_offset: [352 + room] },
      bytes: { 348: [1] },
      voxels: joined(many, ramp),
    })
    const header = await readNiftiHeader(extended)
    expect(header.extensions).toHaveLength(1024)
    expect(header.warnings).toEqual([
      {
        code: 'extension',
        message: 'there should be at most 1024 extensions; extension 1025 was left out, and all after it.',
        path: '',
      },
    ])
    expect((await readNifti(extended)).data).toEqual(ramp)
  })
})
