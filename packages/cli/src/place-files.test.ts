import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { VoxaugError } from '@voxaug/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { placeFiles } from './place-files.ts'
import { testFolder } from './test-folder.ts'

let at: Awaited<ReturnType<typeof testFolder>>
let before: readonly string[]
beforeEach(async () => {
  at = await testFolder()
  before = at.files()
})
afterEach(() => at.remove())

describe('placeFiles', () => {
  it('shows no file before the last is written, then all', async () => {
    await placeFiles('a/b', false, async (put) => {
      await put('one', (path) => writeFile(path, '1'))
      await put('two', (path) => writeFile(path, '2'))
      expect(at.files().filter((name) => /\/(one|two)$/.test(name) && !name.includes('.voxaug-'))).toEqual([])
    })
    expect(at.files()).toEqual([...before, 'a/', 'a/b/', 'a/b/one', 'a/b/two'].sort())
    expect(readFileSync('a/b/two', 'utf8')).toBe('2')
  })

  it('leaves nothing, not even a folder, when a later file fails, and names that file by its place', async () => {
    const failing = placeFiles('a/b', false, async (put) => {
      await put('one', (path) => writeFile(path, '1'))
      await put('two', async (path) => {
        await writeFile(path, '2')
        throw new VoxaugError('out-of-range', `${path}: voxel (0, 0, 0) is odd.`)
      })
    })
    await expect(failing).rejects.toThrow(/^a\/b\/two: voxel \(0, 0, 0\) is odd\.$/)
    expect(at.files()).toEqual(before)
  })

  it('takes back what it placed when a later name is taken meanwhile, and leaves that file alone', async () => {
    const failing = placeFiles('a', false, async (put) => {
      await put('one', (path) => writeFile(path, '1'))
      await put('two', (path) => writeFile(path, '2'))
      writeFileSync('a/two', 'theirs')
    })
    await expect(failing).rejects.toThrow(/^a\/two: exists already; --force replaces it\.$/)
    expect(at.files()).toEqual([...before, 'a/', 'a/two'].sort())
    expect(readFileSync('a/two', 'utf8')).toBe('theirs')
  })

  it('says what the file system says when a name cannot be taken', async () => {
    const failing = placeFiles('a', true, async (put) => {
      await put('one', (path) => writeFile(path, '1'))
      mkdirSync('a/one')
    })
    await expect(failing).rejects.toThrow(/^a\/one: /)
    expect(at.files()).toEqual([...before, 'a/', 'a/one/'].sort())
  })
})
