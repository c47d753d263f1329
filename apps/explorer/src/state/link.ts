/** How the page looks: in the link, and never undone. */
export interface Look {
  readonly layout: 'side' | 'wipe' | 'difference'
  readonly labels: boolean
  readonly grid: boolean
  readonly view: 'multi' | 'axial' | 'coronal' | 'sagittal' | 'render'
}

export const firstLook: Look = { layout: 'side', labels: true, grid: false, view: 'multi' }

/** What a link holds: no voxel, no file's name. The pipeline is not checked yet: somebody may have written the link. */
export interface Link {
  readonly pipeline: unknown
  readonly seed: number
  /** The places of the steps that are switched off. */
  readonly off: ReadonlySet<string>
  readonly look: Look
}

/** Longer than any pipeline that fits a screen, and short enough to be read at once. */
const longest = 1_000_000

/** The part of an address behind the #. */
export function hashOf(pipeline: readonly unknown[], seed: number, off: readonly string[], look: Look): string {
  const parts = new URLSearchParams({ seed: String(seed) })
  if (off.length > 0) parts.set('off', off.join('_'))
  for (const key of Object.keys(firstLook) as (keyof Look)[])
    if (look[key] !== firstLook[key]) parts.set(key, String(look[key]))
  parts.set('pipeline', JSON.stringify(pipeline))
  return `#${parts}`
}

/**
 * What a link's hash says; undefined where it says nothing.
 * @throws Error, with a sentence for people, where it cannot be read
 */
export function linkFrom(hash: string): Link | undefined {
  if (hash.length > longest) throw new Error('The link is too long to be a pipeline.')
  const parts = new URLSearchParams(hash.replace(/^#/, ''))
  const text = parts.get('pipeline')
  if (text === null) {
    if (hash.length > 1) throw new Error('The link has no pipeline.')
    return undefined
  }
  let pipeline: unknown
  try {
    pipeline = JSON.parse(text)
  } catch {
    throw new Error('The link is damaged: its pipeline is not JSON.')
  }
  const seed = Number(parts.get('seed') ?? 0)
  if (!Number.isSafeInteger(seed) || seed < 0) throw new Error('The link is damaged: its seed is no whole number.')
  const off = new Set((parts.get('off') ?? '').split('_').filter((place) => /^\d+(\.\d+)*$/.test(place)))
  const one = <T extends string>(key: string, known: readonly T[], otherwise: T): T =>
    known.find((word) => word === parts.get(key)) ?? otherwise
  const flag = (key: 'labels' | 'grid') => one(key, ['true', 'false'], String(firstLook[key]) as 'true') === 'true'
  const look: Look = {
    layout: one('layout', ['side', 'wipe', 'difference'], firstLook.layout),
    view: one('view', ['multi', 'axial', 'coronal', 'sagittal', 'render'], firstLook.view),
    labels: flag('labels'),
    grid: flag('grid'),
  }
  return { pipeline: { voxaug: 1, pipeline }, seed, off, look }
}
