import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readDicomSeries } from './node.ts'
import { testSlice } from './test-series.ts'

it('says in its examples what works', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
  const examples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code!.replace(/^import.*$/gm, ''))
  expect(examples).toHaveLength(2)
  const folder = await mkdtemp(join(tmpdir(), 'voxaug-dicom-'))
  const slices = [0, 1, 2].map((k) => testSlice({ k }))
  const names = {
    readDicomSeries: (files: never) => readDicomSeries(typeof files === 'string' ? folder : files),
    folderInput: { files: slices.map((bytes) => new File([bytes], 'slice.dcm')) },
    console: { log: (...all: unknown[]) => said.push(all) },
  }
  const said: unknown[][] = []
  try {
    for (const [n, bytes] of slices.entries()) await writeFile(join(folder, `${n}`), bytes)
    for (const code of examples)
      await new Function(...Object.keys(names), `return (async () => {${code}})()`)(...Object.values(names))
  } finally {
    await rm(folder, { recursive: true })
  }
  expect(said).toEqual([
    [[3, 4, 3], [expect.closeTo(0.9, 5), expect.closeTo(0.7, 5), expect.closeTo(2.5, 5)], []],
    [[3, 4, 3]],
  ])
})
