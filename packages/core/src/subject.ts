import { show, VoxaugError } from './error.ts'
import type { Grid, Vec3 } from './grid.ts'
import { checkVolume, type Volume } from './volume.ts'

/** Landmarks, in world millimetres. */
export interface Points {
  readonly kind: 'points'
  readonly positions: readonly Vec3[]
}

/** What a subject is made of. */
export type Entry = Volume | Points

/** The images, label maps and points of one patient that move together, by name. */
export type Subject = Readonly<Record<string, Entry>>

/**
 * Makes points from rows of three world millimetres.
 * @throws VoxaugError `invalid-points` when a position is not three finite numbers
 */
export function points(positions: readonly (readonly number[])[]): Points {
  const three = (p: unknown) => Array.isArray(p) && p.length === 3 && p.every(Number.isFinite)
  const wrong = Array.isArray(positions) ? positions.findIndex((p) => !three(p)) : 0
  if (wrong >= 0) {
    const received = positions?.[wrong]
    throw new VoxaugError('invalid-points', `position ${wrong} must be three numbers, got ${show(received)}.`, {
      received,
    })
  }
  return { kind: 'points', positions: positions.map((p) => Object.freeze([...p]) as unknown as Vec3) }
}

export const isVolume = (entry: Entry): entry is Volume => entry.kind !== 'points'

/** The name of the entry whose grid is the frame: the first image, else the first label map. */
export function frameNameOf(subject: Subject): string | undefined {
  const names = Object.keys(subject)
  return names.find((name) => subject[name]!.kind === 'image') ?? names.find((name) => subject[name]!.kind === 'label')
}

/** The grid of each volume of a subject. */
export function gridsOf(subject: Subject): Readonly<Record<string, Grid>> {
  const grids: Record<string, Grid> = Object.create(null)
  for (const [name, entry] of Object.entries(subject))
    if (isVolume(entry)) grids[name] = { shape: entry.shape, affine: entry.affine }
  return { ...grids }
}

/** A bare entry as a subject of one, named by its kind, and the way back. */
export function wrap<S extends Subject | Entry>(given: S): { subject: Subject; unwrap: (output: Subject) => S } {
  const kind = typeof given === 'object' && given !== null ? (given as Entry).kind : undefined
  if (typeof kind === 'string') {
    return { subject: checked({ [kind]: given as Entry }), unwrap: (output) => output[kind] as S }
  }
  return { subject: checked(given as Subject), unwrap: (output) => output as S }
}

function checked(subject: Subject): Subject {
  const entries =
    typeof subject === 'object' && subject !== null && !ArrayBuffer.isView(subject) ? Object.entries(subject) : []
  if (entries.length === 0)
    throw new VoxaugError(
      'invalid-subject',
      `a subject must be a record of volumes and points, got ${show(subject)}.`,
      { received: subject },
    )
  for (const [name, entry] of entries) {
    const kind = entry?.kind
    try {
      if (kind === 'points') points(entry.positions)
      else if (kind === 'image' || kind === 'label') checkVolume(entry)
      else
        throw new VoxaugError('invalid-subject', `an entry must be a volume or points, got ${show(entry)}.`, {
          received: entry,
        })
    } catch (error) {
      throw Object.assign(error as VoxaugError, { message: `${name}: ${(error as VoxaugError).message}` })
    }
  }
  return subject
}
