import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** One file of the reference; its path is from the repository's root, with slashes. */
export interface Written {
  readonly path: string
  readonly bytes: Uint8Array
}

/** Where all of it is. */
export const folder = 'docs/reference'

/** What is not as it would be written, one line a file. */
export function differences(root: string, reference: readonly Written[]): readonly string[] {
  const wrong = reference.flatMap(({ path, bytes }) => {
    const file = join(root, path)
    if (!existsSync(file)) return [`${path}: is not there; npm run reference writes it`]
    return readFileSync(file).equals(bytes) ? [] : [`${path}: is not what npm run reference writes`]
  })
  return [...wrong, ...strangers(root, reference).map((path) => `${path}: belongs to no transform`)]
}

/** Writes what differs, and removes what no longer belongs. Gives the number of files that changed. */
export function write(root: string, reference: readonly Written[]): number {
  const gone = strangers(root, reference)
  for (const path of gone) rmSync(join(root, path))
  const changed = reference.filter(({ path, bytes }) => {
    const file = join(root, path)
    return !existsSync(file) || !readFileSync(file).equals(bytes)
  })
  for (const { path, bytes } of changed) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), bytes)
  }
  return changed.length + gone.length
}

/** Files in the folder that are none of the reference. */
function strangers(root: string, reference: readonly Written[]): readonly string[] {
  const known = new Set(reference.map(({ path }) => path))
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name).slice(join(root, '/').length).replaceAll('\\', '/'))
    .filter((path) => !known.has(path))
    .sort()
}
