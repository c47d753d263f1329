import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { placeFile } from './place-file.ts'

// A file system without hard links, as FAT.
vi.mock('node:fs/promises', async (original) => ({
  ...(await original<typeof import('node:fs/promises')>()),
  link: () => Promise.reject(Object.assign(new Error('EPERM: operation not permitted, link'), { code: 'EPERM' })),
}))

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'voxaug-no-links-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function* chunks() {
  yield new TextEncoder().encode('new')
}

it('a new name is taken, and one that exists is refused', async () => {
  await placeFile(join(folder, 'a'), chunks(), false)
  expect(await readFile(join(folder, 'a'), 'utf8')).toBe('new')
  await writeFile(join(folder, 'b'), 'old')
  await expect(placeFile(join(folder, 'b'), chunks(), false)).rejects.toMatchObject({ code: 'EEXIST' })
  await mkdir(join(folder, 'c'))
  await expect(placeFile(join(folder, 'c'), chunks(), false)).rejects.toMatchObject({ code: 'EEXIST' })
  expect((await readdir(folder)).sort()).toEqual(['a', 'b', 'c'])
  expect(await readFile(join(folder, 'b'), 'utf8')).toBe('old')
})
