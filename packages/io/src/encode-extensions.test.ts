import { volume } from '@voxaug/core'
import { describe, expect, it } from 'vitest'
import { readNifti, readNiftiHeader, writeNifti } from './index.ts'

const made = volume({ data: Int16Array.from({ length: 60 }, (_, n) => n), shape: [3, 4, 5], spacingMm: [1, 2, 3] })
const text = (words: string) => new TextEncoder().encode(words)

describe('extensions', () => {
  it.each([
    [1, 352],
    [2, 544],
  ] as const)('are filled up to 16 bytes and stand before the voxels: version %i', async (version, start) => {
    const extensions = [
      { code: 6, content: text('comment') },
      { code: 44, content: new Uint8Array() },
      { code: 4, content: text('exactly 24 bytes of text') },
    ]
    const bytes = await writeNifti(made, { version, extensions, dtype: 'int16', gzip: false })
    const header = await readNiftiHeader(bytes)
    expect(header).toMatchObject({ voxelOffset: start + 16 + 16 + 32, warnings: [] })
    expect(header.extensions).toEqual([
      { code: 6, bytes: 16, content: text('comment\0') },
      { code: 44, bytes: 16, content: new Uint8Array(8) },
      { code: 4, bytes: 32, content: text('exactly 24 bytes of text') },
    ])
    expect(Array.from(bytes.subarray(start - 4, start))).toEqual([1, 0, 0, 0])
    expect((await readNifti(bytes)).data).toEqual(made.data)
  })

  it('of a file that was read are the same in the next, on request alone', async () => {
    const first = await writeNifti(made, { extensions: [{ code: 6, content: text('Jane Doe') }] })
    const { extensions } = await readNiftiHeader(first)
    expect(await writeNifti(made, { extensions })).toEqual(first)
    const without = await writeNifti(await readNifti(first), { gzip: false })
    expect(await readNiftiHeader(without)).toMatchObject({ extensions: [], voxelOffset: 352 })
    expect(Array.from(without.subarray(348, 352))).toEqual([0, 0, 0, 0])
  })

  it('may take the 16 MiB that readers here allow', async () => {
    const content = new Uint8Array(2 ** 24 - 8).fill(7)
    const bytes = await writeNifti(made, { extensions: [{ code: 6, content }], gzip: false })
    expect(await readNiftiHeader(bytes)).toMatchObject({ voxelOffset: 2 ** 24 + 352, warnings: [] })
    expect((await readNifti(bytes)).data).toEqual(Float32Array.from(made.data))
  })
})
