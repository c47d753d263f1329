import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as web from './index.ts'
import { readDicomSeries } from './node.ts'
import { testSlice } from './test-series.ts'

let folder: string
const at = (k: number) => join(folder, 'deep', `slice ${k}`)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'voxaug-dicom-'))
  await mkdir(join(folder, 'deep'))
  for (let k = 0; k < 4; k++) await writeFile(at(k), testSlice({ k }))
})
afterAll(() => rm(folder, { recursive: true }))

it('reads a folder, paths and URLs alike', async () => {
  const [[fromFolder], [fromUrl], [fromPaths]] = await Promise.all([
    readDicomSeries(folder),
    readDicomSeries(pathToFileURL(`${folder}/`)),
    readDicomSeries([at(0), pathToFileURL(at(1)), testSlice({ k: 2 }), at(3)]),
  ])
  expect(fromFolder?.shape).toEqual([3, 4, 4])
  expect(fromUrl).toEqual(fromFolder)
  expect(fromPaths).toEqual(fromFolder)
})

it('lets the process go on', async () => {
  let turns = 0
  const timer = setInterval(() => {
    turns += 1
  }, 1)
  await readDicomSeries(folder)
  clearInterval(timer)
  expect(turns).toBeGreaterThan(1)
  expect(process.exitCode).toBeUndefined()
})

it('names a path that is not there', async () => {
  const path = join(folder, 'none')
  await expect(readDicomSeries(path)).rejects.toMatchObject({
    code: 'not-found',
    message: `${path}: no such file or folder.`,
  })
})

it('refuses a URL of no file', async () => {
  await expect(readDicomSeries(new URL('https://example.org/a.dcm'))).rejects.toMatchObject({
    code: 'invalid-option',
    message: 'files must be files, got https://example.org/a.dcm.',
  })
})

it('says which entry Node wants', async () => {
  await expect(web.readDicomSeries([testSlice({ k: 0 })])).rejects.toMatchObject({
    code: 'unsupported',
    message: '@voxaug/dicom needs a browser’s Worker; in Node import @voxaug/dicom/node.',
  })
})
