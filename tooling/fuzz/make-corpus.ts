// node tooling/fuzz/dist/make-corpus.js: writes the corpus, but for what the fuzzer found.
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { corpusFiles } from './corpus-files.ts'

const folder = new URL('../corpus/', import.meta.url)
await mkdir(folder, { recursive: true })
for (const name of await readdir(folder)) if (!name.startsWith('found-')) await rm(new URL(name, folder))
const files = Object.entries(corpusFiles())
for (const [name, bytes] of files) await writeFile(new URL(name, folder), bytes)
console.log(`${files.length} files are written`)
