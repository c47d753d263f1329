import { pipelineFromJson, type Registry, type Volume, type VolumeKind, VoxaugError } from '@voxaug/core'
import { readVolume } from '@voxaug/io'

/** A volume with the file that it is from. */
export interface Loaded {
  readonly volume: Volume
  /** The file's name, without a folder. */
  readonly file: string
  /** Whether it is of the made-up head, and nobody has the file yet. */
  readonly isOurs: boolean
}

/** The entries at hand, by name: `image`, `label`, and what some transforms read beside. */
export type Entries = ReadonlyMap<string, Loaded>

/** Files that lie beside the page: what the command line computes from them, the page computes too. */
const head = { image: 'head.nii.gz', label: 'head_label.nii.gz' } as const

/**
 * A made-up head with its label map: `make-head.mjs` says how it is made.
 * @throws VoxaugError `unreadable` where the files are not beside the page
 */
export async function openPhantom(): Promise<Entries> {
  const opened = Object.entries(head).map(async ([entry, file]) => {
    const kind = entry as keyof typeof head
    return [entry, await openOurs(file, kind)] as const
  })
  return new Map(await Promise.all(opened))
}

async function fetched(file: string): Promise<Blob> {
  const response = await fetch(new URL(file, pageUrl)).catch(() => undefined)
  if (!response?.ok)
    throw new VoxaugError('unreadable', `${file} is not beside the page.`, { received: response?.status })
  return response.blob()
}

/** The folder of the page: the worker lies in one within it. */
const pageUrl = new URL('..', import.meta.url)

/** What the phantom has beside, read when a pipeline first asks for it: the same head on a coarser grid, and a field of displacements. */
export const phantomExtras: readonly string[] = ['pet', 'field']

export const openExtra = (name: string): Promise<Loaded> => openOurs(`${name}.nii.gz`, 'image')

const openOurs = async (file: string, kind: VolumeKind): Promise<Loaded> => ({
  ...(await openFile(await fetched(file), file, kind)),
  isOurs: true,
})

/** A file's voxels; `kind` says what they are. */
export async function openFile(file: Blob, name: string, kind: VolumeKind): Promise<Loaded> {
  if (file.size === 0) throw new VoxaugError('empty-file', 'the file is empty.')
  return { volume: await readVolume(file, { kind }), file: name, isOurs: false }
}

/** Names of entries that a pipeline's options speak of, `image` and `label` apart. */
export function entriesNamed(json: unknown, registry: Registry): ReadonlySet<string> {
  const names = new Set<string>()
  const collect = (value: unknown): void => {
    if (typeof value === 'string') names.add(value)
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect)
  }
  collect(pipelineFromJson(json, registry).options)
  return names
}
