import { lstat, realpath, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { EntrySpec } from './entries.ts'
import { fail } from './fail.ts'
import { usage } from './usage.ts'

/** The names of one copy's files. */
export interface CopyNames {
  /** One for each entry, in their order. */
  readonly volumes: readonly string[]
  readonly trace: string
}

/**
 * Names what `apply` writes: `<stem>_aug<k>.nii.gz` for each entry, k as wide as the last one, and `<first stem>_aug<k>.json`. A label
 * whose stem is an image's too is `<stem>_label_aug<k>`.
 * @throws VoxaugError `usage` where two files would have one name, or no file system would take it
 */
export function nameOutputs(entries: readonly EntrySpec[], copies: number): readonly CopyNames[] {
  const images = new Set(entries.filter(({ kind }) => kind === 'image').map(({ stem }) => stem))
  const stems = entries.map(({ kind, stem }) => (kind === 'label' && images.has(stem) ? `${stem}_label` : stem))
  for (const [n, stem] of stems.entries()) {
    const { path } = entries[n]!
    if (!isSafe(stem)) throw usage(`${path}: its name cannot be the stem of a file to write.`)
    // Some file systems take upper and lower case for one.
    const first = stems.findIndex((other) => other.toLowerCase() === stem.toLowerCase())
    if (first < n) throw usage(`${path}: would be written to the same file as ${entries[first]!.path}; rename one.`)
  }
  const width = String(copies - 1).length
  return Array.from({ length: copies }, (_, copy) => {
    const k = String(copy).padStart(width, '0')
    return { volumes: stems.map((stem) => `${stem}_aug${k}.nii.gz`), trace: `${stems[0]}_aug${k}.json` }
  })
}

/** Whether a stem stays one name in its folder on every system: nothing empty, no control character, no separator, no device of Windows. */
const isSafe = (stem: string): boolean =>
  stem !== '' && !/[\p{Cc}/\\]/u.test(stem) && !/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(stem)

/** Throws if a file to write is there already (unless with `force`), is an input, or is a folder. */
export async function checkTargets(
  folder: string,
  names: readonly string[],
  inputs: readonly string[],
  force: boolean,
): Promise<void> {
  const folderStats = await stat(folder).catch(() => undefined)
  if (!folderStats) return
  if (!folderStats.isDirectory()) throw fail(folder, 'must be a folder, got a file.')
  const taken = new Map<string, string>()
  for (const input of inputs) taken.set(await realpath(input).catch(() => resolve(input)), input)
  for (const name of names) {
    const target = join(folder, name)
    // Not stat: a link to nowhere is there too.
    const stats = await lstat(target).catch(() => undefined)
    if (!stats) continue
    const real = await realpath(target).catch(() => resolve(target))
    if (taken.has(real)) throw fail(target, `is the input ${taken.get(real)}; choose another folder with --out.`)
    if (stats.isDirectory()) throw fail(target, 'is a folder.')
    if (!force) throw fail(target, 'exists already; --force replaces it.')
  }
}
