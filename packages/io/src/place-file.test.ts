import { lstat, mkdir, mkdtemp, open, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { volume } from '@voxaug/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { writeNifti } from './node.ts'
import { placeFile } from './place-file.ts'

let folder = ''
const at = (name: string) => join(folder, name)
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'voxaug-place-'))
})
afterEach(async () => {
  vi.restoreAllMocks()
  await rm(folder, { recursive: true })
})

const large = volume({
  data: Float32Array.from({ length: 200 * 150 * 100 }, (_, n) => n),
  shape: [200, 150, 100],
  spacingMm: [1, 2, 3],
})

const noise = Float32Array.from({ length: large.data.length }, (_, n) => Math.imul(n, 2654435761) / 7919)

async function* chunks(...texts: readonly string[]) {
  for (const text of texts) yield new TextEncoder().encode(text)
}

it('a file is what its chunks are, in order', async () => {
  await placeFile(at('a'), chunks('one ', 'two ', '', 'three'), true)
  expect(await readFile(at('a'), 'utf8')).toBe('one two three')
  expect(await readdir(folder)).toEqual(['a'])
})

it('a name may be as long as the system takes', async () => {
  const name = `${'n'.repeat(255 - 7)}.nii.gz`
  await writeNifti(at(name), large)
  await writeNifti(at(name), large, { overwrite: true })
  expect(await readdir(folder)).toEqual([name])
})

it.runIf(process.platform !== 'win32')('what may read a file stays what it was, and a link leads on', async () => {
  await writeFile(at('kept'), 'old', { mode: 0o600 })
  await symlink('kept', at('link'))
  await placeFile(at('link'), chunks('new'), true)
  expect(await readFile(at('kept'), 'utf8')).toBe('new')
  expect((await stat(at('kept'))).mode & 0o777).toBe(0o600)
  expect((await lstat(at('link'))).isSymbolicLink()).toBe(true)
  await symlink('nowhere', at('dangling'))
  await placeFile(at('dangling'), chunks('new'), true)
  expect((await readdir(folder)).sort()).toEqual(['dangling', 'kept', 'link'])
})

describe.each([true, false])('with overwrite %s', (overwrite) => {
  const left = async () => ({
    names: await readdir(folder),
    old: await readFile(at('old.nii'), 'utf8').catch(() => ''),
  })
  const target = () => at(overwrite ? 'old.nii' : 'new.nii')
  beforeEach(() => writeFile(at('old.nii'), 'old'))
  const untouched = { names: ['old.nii'], old: 'old' }

  it('a source that fails leaves nothing, and its error comes through', async () => {
    async function* failing() {
      yield* chunks('one')
      throw new Error('no more')
    }
    await expect(placeFile(target(), failing(), overwrite)).rejects.toThrow('no more')
    expect(await left()).toEqual(untouched)
  })

  it.each(['nii', 'nii.gz'])('a full disk leaves nothing: .%s', async (ending) => {
    await writeFile(at('old.nii.gz'), 'old')
    const path = at(`${overwrite ? 'old' : 'new'}.${ending}`)
    await withFullDisk(2, async () =>
      expect(writeNifti(path, large, { overwrite })).rejects.toThrow(
        expect.objectContaining({
          code: 'unwritable',
          name: 'VoxaugError',
          message: `${path}: no space is left on the disk.`,
        }),
      ),
    )
    expect((await readdir(folder)).sort()).toEqual(['old.nii', 'old.nii.gz'])
    expect(await readFile(at('old.nii.gz'), 'utf8')).toBe('old')
  })

  it.each(['nii', 'nii.gz'])('an abort leaves nothing, early or late: .%s', async (ending) => {
    await writeFile(at('old.nii.gz'), 'old')
    const path = at(`${overwrite ? 'old' : 'new'}.${ending}`)
    for (const writes of [0, 1, 2]) {
      const controller = new AbortController()
      const end = () => controller.abort(new Error('enough'))
      if (writes === 0) end()
      await beforeWrite(
        (count) => {
          if (count === writes) end()
        },
        async () =>
          expect(
            // Of noise, so that much is left to compress when something is written.
            writeNifti(path, volume({ ...large, data: noise }), { overwrite, signal: controller.signal }),
          ).rejects.toThrow(
            expect.objectContaining({
              code: 'aborted',
              name: 'VoxaugError',
              message: `${path}: writing was aborted.`,
            }),
          ),
      )
    }
    expect((await readdir(folder)).sort()).toEqual(['old.nii', 'old.nii.gz'])
    expect(await readFile(at('old.nii.gz'), 'utf8')).toBe('old')
  })

  it('a bad voxel at the very end leaves nothing', async () => {
    const data = Float32Array.from(large.data)
    data[data.length - 1] = Number.NaN
    await expect(writeNifti(target(), volume({ ...large, data }), { overwrite, dtype: 'int16' })).rejects.toThrow(
      `${target()}: voxel (199, 149, 99) must be a value that int16 holds, got NaN.`,
    )
    expect(await left()).toEqual(untouched)
  })
})

it('where the name is a folder nothing is left', async () => {
  await mkdir(at('folder.nii'))
  for (const overwrite of [true, false])
    await expect(writeNifti(at('folder.nii'), large, { overwrite })).rejects.toThrow(`${at('folder.nii')}: `)
  expect(await readdir(folder)).toEqual(['folder.nii'])
})

/** Runs `work` on a disk that is full after some writes. */
const withFullDisk = (writes: number, work: () => Promise<void>) =>
  beforeWrite((count) => {
    if (count > writes) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  }, work)

/** Runs `work`, with `hook` before each write to a file. */
async function beforeWrite(hook: (count: number) => void, work: () => Promise<void>): Promise<void> {
  const file = await open(at('probe'), 'w')
  const prototype = Object.getPrototypeOf(file) as typeof file
  await file.close()
  await rm(at('probe'))
  const write = prototype.write as (...all: unknown[]) => Promise<unknown>
  let count = 0
  const spy = vi.spyOn(prototype, 'write').mockImplementation(async function (this: unknown, ...all: unknown[]) {
    hook(++count)
    return write.apply(this, all)
  } as never)
  await work()
  spy.mockRestore()
}
