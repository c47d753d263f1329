import { access } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Where the two files of a .hdr/.img pair are: undefined for a name that is of no pair. */
export interface PairNames {
  /** Which of the two was named. */
  readonly named: 'header' | 'voxels'
  /** Paths at which the other may be, in its folder: first compressed as the named one is, then the other way. */
  readonly others: readonly string[]
}

/** The names that a pair's other file may have; undefined for a path that ends in neither .hdr nor .img, with or without .gz. */
export function pairNames(path: string): PairNames | undefined {
  const [, stem, extension, gz = ''] = /^(.*)\.(hdr|img)(\.gz)?$/is.exec(basename(path)) ?? []
  if (stem === undefined || extension === undefined) return undefined
  const named = extension.toLowerCase() === 'hdr' ? 'header' : 'voxels'
  const other = named === 'header' ? 'img' : 'hdr'
  const upper = extension === extension.toUpperCase()
  const endings = gz ? [gz, ''] : ['', upper ? '.GZ' : '.gz']
  const name = upper ? other.toUpperCase() : other
  return { named, others: endings.map((ending) => join(dirname(path), `${stem}.${name}${ending}`)) }
}

/** The first of some paths at which there is something. */
export async function firstThere(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      return path
  }
  return undefined
}
