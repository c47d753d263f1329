import {
  exp,
  pipelineFromJson,
  type Registry,
  type Subject,
  transformPoint,
  type Volume,
  type VolumeKind,
  VoxaugError,
  volume,
} from '@voxaug/core'
import { readVolume, writeVolume } from '@voxaug/io'
import { headPhantom } from '@voxaug/phantom'

/** A volume with the file that it is from. */
export interface Loaded {
  readonly volume: Volume
  /** The file's name, without a folder. */
  readonly file: string
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
    return [entry, await openFile(await fetched(file), file, kind)] as const
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

/** What the phantom has beside, made when a pipeline first asks for it. */
const extras: Readonly<Record<string, (image: Volume) => Volume>> = {
  /** Another image of the same head, on a coarser grid. */
  pet: () => headPhantom({ shape: [32, 40, 32] }).image,
  field: bulge,
}

export const phantomExtras: readonly string[] = Object.keys(extras)

export const makeExtra = (name: string, image: Volume): Promise<Loaded> =>
  stored(extras[name]!(image), `${name}.nii.gz`)

async function stored(made: Volume, file: string): Promise<Loaded> {
  const bytes = await writeVolume(made, { format: 'nii', dtype: made.dtype })
  return { volume: await readVolume(bytes, { kind: made.kind }), file }
}

/** Displacements in mm that enlarge what lies about a place: they look towards it, most some way beside it. */
function bulge({ shape, affine }: Volume): Volume {
  const [nx, ny, nz] = shape
  const place = transformPoint(affine, [0.35 * nx, 0.62 * ny, 0.55 * nz])
  const [strength, widthMm] = [0.7, 32]
  const size = nx * ny * nz
  const data = new Float32Array(3 * size)
  for (let n = 0; n < size; n++) {
    const at = transformPoint(affine, [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))])
    const way = at.map((x, axis) => x - place[axis]!) as [number, number, number]
    const towards = -strength * exp(-(way[0] ** 2 + way[1] ** 2 + way[2] ** 2) / (2 * widthMm * widthMm))
    for (let axis = 0; axis < 3; axis++) data[n + axis * size] = towards * way[axis]!
  }
  return volume({ data, shape, affine, channels: 3 })
}

/** A file's voxels; `kind` says what they are. */
export async function openFile(file: Blob, name: string, kind: VolumeKind): Promise<Loaded> {
  if (file.size === 0) throw new VoxaugError('empty-file', 'the file is empty.')
  return { volume: await readVolume(file, { kind }), file: name }
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

/** The entries as `run` takes them: those named, with `image` and `label`. */
export const subjectOf = (entries: Entries): Subject =>
  Object.fromEntries([...entries].map(([name, loaded]) => [name, loaded.volume]))
