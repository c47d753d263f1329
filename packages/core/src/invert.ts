import { locating, VoxaugError } from './error.ts'
import { voxelsOf } from './grid.ts'
import { type Entry, isVolume, type Subject, wrap } from './subject.ts'
import { checkTrace, definitionOf, type Names, type Trace } from './trace.ts'
import type { InverseContext } from './transform.ts'
import { settled, type Volume, volume } from './volume.ts'

/** How to undo. */
export interface InvertOptions {
  /** Undo intensity steps too; an error where one cannot be undone. Off where not given. */
  readonly intensity?: boolean
  /** Needed for a trace that was read from JSON. */
  readonly registry?: Names
}

/**
 * Undoes the geometry of a run: brings what lies on the augmented grid (a predicted label map, probabilities, an image,
 * points) back to the grid that the subject had before.
 *
 * An entry goes back to the grid of the entry of its name, or, where the trace has none of that name, to the frame's.
 * @returns `output`, like `given`; and `covered`, for each volume a label map on the same grid that is 1 where the voxel's
 * value comes from the augmented volume and 0 where that did not reach
 * @throws VoxaugError `not-invertible` for a step that has no inverse
 */
export function invert<S extends Subject | Entry>(
  trace: Trace,
  given: S,
  { intensity = false, registry }: InvertOptions = {},
): { output: S; covered: Readonly<Record<string, Volume>> } {
  checkTrace(trace)
  const { subject, unwrap } = wrap(given)
  let output: Subject = subject
  const names = Object.keys(subject)
  let covered: Record<string, Volume> = {}
  for (const name of names) {
    const entry = subject[name]!
    if (isVolume(entry))
      covered[name] = volume({
        data: new Uint8Array(voxelsOf(entry.shape)).fill(1),
        shape: entry.shape,
        affine: entry.affine,
        kind: 'label',
      })
  }
  for (const { path, transform, params, grids, frame, entries } of trace.steps.toReversed()) {
    const definition = definitionOf(trace, transform, registry)
    const { undo, changes } = definition
    if (changes === 'intensity' && !intensity) continue
    const base = frame === undefined ? undefined : grids[frame]
    const known: Record<string, (typeof grids)[string]> = { ...grids }
    for (const name of names) {
      const grid = Object.hasOwn(grids, name) ? grids[name] : base
      if (grid) known[name] = grid
    }
    const context: InverseContext = {
      path,
      frame: base,
      subject: output,
      grids: known,
      covering: false,
      warn: () => {},
    }
    // A step that left an entry alone has nothing to undo there; one of another name moved with the frame.
    const moved = names.filter(
      (name) => !entries || entries.includes(Object.hasOwn(trace.passes, name) ? name : (frame ?? '')),
    )
    const select = <E extends Entry>(from: Readonly<Record<string, E>>) =>
      Object.fromEntries(moved.filter((name) => Object.hasOwn(from, name)).map((name) => [name, from[name]!]))
    locating(path, () => {
      if (!undo) throw new VoxaugError('not-invertible', 'this step cannot be undone.', { transform })
      output = { ...output, ...undo(select(output), params, context) }
      if (changes === 'geometry' && Object.keys(covered).length > 0)
        covered = {
          ...covered,
          ...(undo(select(covered), params, { ...context, covering: true }) as Record<string, Volume>),
        }
    })
  }
  const settle = <E extends Entry>(from: Readonly<Record<string, E>>) =>
    Object.fromEntries(Object.entries(from).map(([name, entry]) => [name, isVolume(entry) ? settled(entry) : entry]))
  return { output: unwrap(settle(output)), covered: settle(covered) as Record<string, Volume> }
}
