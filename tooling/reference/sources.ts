import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { reexportsOf } from './docstring.ts'

export interface Source {
  /** From the repository's root. */
  readonly path: string
  readonly code: string
}

/** The file that `package/Name` is written in, found through the package's index. */
export function sourceOf(root: string, name: string): Source {
  const [folder, factory] = name.split('/') as [string, string]
  const index = readSource(root, `packages/${folder}/src/index.ts`)
  const from = reexportsOf(index.code, index.path).get(factory)
  if (!from) throw new Error(`${index.path}: must export ${factory}`)
  return readSource(root, posix.join(posix.dirname(index.path), from))
}

export const readSource = (root: string, path: string): Source => ({
  path,
  code: readFileSync(join(root, path), 'utf8'),
})
