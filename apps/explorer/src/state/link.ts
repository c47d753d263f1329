import { firstLook, type Look } from './look.ts'

/** What a link holds: no voxel, no file's name. The pipeline is not checked yet: somebody may have written the link. */
export interface Link {
  readonly pipeline: { readonly voxaug: 1; readonly pipeline: unknown }
  readonly seed: number
  /** The places of the steps that are switched off. */
  readonly off: ReadonlySet<string>
  readonly look: Look
}

/** Longer than any pipeline that fits a screen, and short enough to be read at once. */
const longest = 1_000_000

/** How a part of the look stands in a link; what cannot be read is as at first. */
interface Part<T> {
  readonly write: (value: T) => string
  readonly read: (text: string) => T | undefined
}

const word = <T extends string>(...known: readonly T[]): Part<T> => ({
  write: String,
  read: (text) => known.find((one) => one === text),
})

const flag: Part<boolean> = {
  write: String,
  read: (text) => (text === 'true' || text === 'false' ? text === 'true' : undefined),
}

const list = <T extends readonly number[]>(length: T['length'], accepts: (numbers: T) => boolean): Part<T> => ({
  write: (numbers) => numbers.join('_'),
  read: (text) => {
    const numbers = text.split('_').map((one) => (one.trim() === '' ? Number.NaN : Number(one)))
    const isList = numbers.length === length && numbers.every(Number.isFinite)
    return isList && accepts(numbers as readonly number[] as T) ? (numbers as readonly number[] as T) : undefined
  },
})

const number = (accepts: (value: number) => boolean): Part<number> => {
  const { write, read } = list<readonly [number]>(1, ([value]) => accepts(value))
  return { write: (value) => write([value]), read: (text) => read(text)?.[0] }
}

const isAngle = (degrees: number) => Math.abs(degrees) <= 360

const range = list<readonly [number, number]>(2, ([black, white]) => black < white && Number.isFinite(white - black))

const parts: { readonly [K in keyof Look]-?: Part<NonNullable<Look[K]>> } = {
  layout: word('side', 'wipe', 'difference'),
  view: word('multi', 'axial', 'coronal', 'sagittal', 'render'),
  labels: flag,
  grid: flag,
  wipe: number((percent) => percent >= 0 && percent <= 100),
  channel: number((index) => Number.isSafeInteger(index) && index >= 0),
  windowBefore: range,
  windowAfter: range,
  crosshair: list(3, () => true),
  camera: list(3, ([azimuth, elevation, zoom]) => isAngle(azimuth) && isAngle(elevation) && zoom >= 0.1 && zoom <= 10),
}

/** The part of an address behind the #. */
export function hashOf(pipeline: readonly unknown[], seed: number, off: readonly string[], look: Look): string {
  const all = new URLSearchParams({ seed: String(seed) })
  if (off.length > 0) all.set('off', off.join('_'))
  for (const [key, { write }] of Object.entries(parts) as [keyof Look, Part<Look[keyof Look]>][])
    if (look[key] !== undefined && look[key] !== firstLook[key]) all.set(key, write(look[key]))
  all.set('pipeline', JSON.stringify(pipeline))
  return `#${all}`
}

/**
 * What a link's hash says; undefined where it says nothing.
 * @throws Error, with a sentence for people, where it cannot be read
 */
export function linkFrom(hash: string): Link | undefined {
  if (hash.length > longest) throw new Error('The link is too long to be a pipeline.')
  const given = new URLSearchParams(hash.replace(/^#/, ''))
  const text = given.get('pipeline')
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
  const seed = Number(given.get('seed') ?? 0)
  if (!Number.isSafeInteger(seed) || seed < 0) throw new Error('The link is damaged: its seed is no whole number.')
  const off = new Set((given.get('off') ?? '').split('_').filter((place) => /^\d+(\.\d+)*$/.test(place)))
  const seen = Object.entries(parts).flatMap(([key, part]) => {
    const value = part.read(given.get(key) ?? '')
    return value === undefined ? [] : [[key, value] as const]
  })
  const look: Look = { ...firstLook, ...Object.fromEntries(seen) }
  const [black = 0, white = 0] = look.windowAfter ?? []
  // A difference is as far from 0 on both sides.
  const isSkew = look.layout === 'difference' && black !== -white
  return {
    pipeline: { voxaug: 1, pipeline },
    seed,
    off,
    look: isSkew ? { ...look, windowAfter: undefined } : look,
  }
}
