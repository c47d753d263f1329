import { expect, it } from 'vitest'
import { browserReader } from './browser-reader.ts'
import { checkBytes } from './check.ts'
import { corpus } from './corpus.ts'
import { fuzzCase } from './fuzz-case.ts'
import { seedsOf } from './mutate.ts'
import { nodeReader } from './node-reader.ts'
import { readCorpus } from './read-corpus.ts'

const readers = [browserReader, nodeReader]

it('the corpus is the same without Vite', async () => {
  expect(await readCorpus(new URL('./corpus/', import.meta.url))).toEqual([...corpus])
})

it('both entries read every file of the corpus alike', async () => {
  for (const [name, bytes] of corpus) expect([name, (await checkBytes(bytes, readers)).flaw]).toEqual([name, undefined])
})

it('both entries read a thousand mutants alike', async () => {
  const seeds = seedsOf(corpus)
  for (let index = 0; index < 1000; index++) {
    const { flaw } = await checkBytes(fuzzCase(seeds, 2, index).bytes, readers)
    expect([`npm run fuzz -- --seed 2 --case ${index}`, flaw]).toEqual([expect.anything(), undefined])
  }
})
