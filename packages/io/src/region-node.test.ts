import { type FileHandle, mkdtemp, open, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { readNifti } from './node.ts'
import { gzipped, testFile } from './test-file.ts'

let folder = ''
const at = (name: string) => join(folder, name)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'voxaug-region-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Bytes that files gave since the test began. */
let bytes = 0
beforeEach(async () => {
  bytes = 0
  await writeFile(at('any'), '')
  const file = await open(at('any'))
  const handle: FileHandle = Object.getPrototypeOf(file)
  const { read } = handle
  vi.spyOn(handle, 'read').mockImplementation(async function (this: FileHandle, ...all: unknown[]) {
    const result = await (read as (...all: unknown[]) => ReturnType<FileHandle['read']>).apply(this, all)
    bytes += result.bytesRead
    return result
  } as never)
  await file.close()
})
afterEach(() => vi.restoreAllMocks())

it('of a file is read by its place, and little else is', async () => {
  const [nx, ny, nz] = [300, 20, 30]
  const voxels = Int16Array.from({ length: nx * ny * nz }, (_, n) => n % 30_000)
  await writeFile(at('a.nii'), testFile({ fields: { dim: [3, nx, ny, nz], datatype: [4], bitpix: [16] }, voxels }))
  const part = await readNifti(at('a.nii'), { region: { start: [0, 3, 7], size: [nx, 4, 2] } })
  const rows = [7, 8].map((k) => voxels.subarray(nx * (3 + ny * k), nx * (7 + ny * k)))
  expect(Array.from(part.data)).toEqual(rows.flatMap((row) => Array.from(row)))
  expect(bytes).toBe(544 + 2 * 4 * nx * 2)
})

it('of a file of 200 GB, of which the system has only holes', async () => {
  const fields = { dim: [3, 20_000, 5000, 1000], datatype: [4], bitpix: [16] }
  await writeFile(at('b.nii'), testFile({ fields, voxels: new Uint8Array() }))
  await truncate(at('b.nii'), 352 + 2e11)
  const file = await open(at('b.nii'), 'r+')
  await file.write(Uint8Array.of(0x39, 0x30), 0, 2, 352 + 2 * (19_999 + 20_000 * (4999 + 5000 * 999)))
  await file.close()
  const part = await readNifti(at('b.nii'), { region: { start: [19_900, 4980, 999], size: [100, 20, 1] } })
  expect(part.data.at(-1)).toBe(12_345)
  expect(part.data.at(-2)).toBe(0)
  expect(bytes).toBe(544 + 20 * 200)
})

it('of a compressed file gives the same', async () => {
  const voxels = Uint8Array.from({ length: 60 }, (_, n) => n)
  await writeFile(at('c.nii.gz'), await gzipped(testFile({ voxels })))
  const part = await readNifti(at('c.nii.gz'), { region: { start: [1, 1, 1], size: [2, 1, 2] } })
  expect(part.data).toEqual(Uint8Array.of(16, 17, 28, 29))
  expect(part.warnings).toEqual([])
})
