import type { Vec3 } from '../grid.ts'
import { range } from '../option.ts'
import { isVolume, points, type Subject } from '../subject.ts'
import { type Definition, define } from '../transform.ts'
import { pendingVolume, type Volume, volume } from '../volume.ts'

// The smallest transforms of either kind, for core's own tests: core knows no real ones.

export const options = { by: range({ default: [1, 5], bounds: [-100, 100], help: 'How much.' }) }

/** Adds an amount to images. */
export const adds = {
  name: 'test/Add',
  help: 'Adds.',
  changes: 'intensity',
  options,
  sample: ({ by }, random) => ({ by: random.draw(by) }),
  apply: (selected, { by }) => onImages(selected, (image) => (by === 0 ? image : added(image, by))),
  undo: (selected, { by }) => onImages(selected, (image) => added(image, -by)),
} satisfies Definition<typeof options, { by: number }>

/** Moves everything along x by moving the grids: the anatomy goes along. */
export const shifts = {
  name: 'test/Shift',
  help: 'Shifts.',
  changes: 'geometry',
  options,
  sample: ({ by }, random) => ({ by: random.draw(by) }),
  apply: (selected, { by }) => shifted(selected, by),
  undo: (selected, { by }) => shifted(selected, -by),
} satisfies Definition<typeof options, { by: number }>

export function onImages(selected: Subject, change: (image: Volume) => Volume): Subject {
  return Object.fromEntries(
    Object.entries(selected).map(([name, entry]) => [name, entry.kind === 'image' ? change(entry) : entry]),
  )
}

export function added(image: Volume, by: number): Volume {
  // Spreading would read, and so compute, voxels that are pending.
  const { kind, shape, affine, channels, warnings } = image
  return pendingVolume(
    { kind, shape, affine, channels, dtype: 'float32', warnings },
    { by: 'test', source: image, passes: [], warnings: [] },
    () => Float32Array.from(image.data, (x) => x + by),
  )
}

export function shifted(selected: Subject, by: number): Subject {
  if (by === 0) return selected
  const moved = ([name, entry]: [string, Subject[string]]) => {
    const push = ([x, y, z]: Vec3): Vec3 => [x + by, y, z]
    if (!isVolume(entry)) return [name, points(entry.positions.map(push))]
    // On whole floats of the affine, so that going back is exact.
    const affine = entry.affine.map((value, n) => (n === 3 ? Math.round(1e6 * (value + by)) / 1e6 : value))
    return [name, volume({ ...entry, affine })]
  }
  return Object.fromEntries(Object.entries(selected).map(moved))
}

export const Add = define(adds)
export const Shift = define(shifts)
