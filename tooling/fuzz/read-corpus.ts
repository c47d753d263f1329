import { readdir, readFile } from 'node:fs/promises'
import type { Bytes } from './bytes.ts'

/** The committed corpus, by name in order: what corpus.ts gives, without Vite. `folder` ends in a slash. */
export async function readCorpus(folder: URL): Promise<readonly (readonly [string, Bytes])[]> {
  const names = (await readdir(folder)).sort((a, b) => (a < b ? -1 : 1))
  return Promise.all(names.map(async (name) => [name, new Uint8Array(await readFile(new URL(name, folder)))] as const))
}
