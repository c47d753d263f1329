import { show, VoxaugError } from './error.ts'
import { type Grid, isInvertible } from './grid.ts'
import type { Definition, Named, Params } from './transform.ts'
import type { Pass, Warning } from './volume.ts'

/** What happened in a run: plain JSON, enough to do the same again to another subject, or to undo it. */
export interface Trace {
  readonly voxaug: 1
  readonly seed: number
  readonly key: string
  /** Which of several outputs for one key. */
  readonly copy: number
  /** For each entry, every pass over its voxels, and why it began; none for points. */
  readonly passes: Readonly<Record<string, readonly Pass[]>>
  readonly warnings: readonly Warning[]
  readonly steps: readonly Step[]
}

/** One transform that ran, combinators left out: they show in the path. */
export interface Step {
  readonly path: string
  readonly transform: string
  /** What was drawn, relative to the frame. */
  readonly params: Params
  /** The grid of each volume before the step. */
  readonly grids: Readonly<Record<string, Grid>>
  /** The entry whose grid was the frame. */
  readonly frame?: string
  /** The entries acted on, where it was not all of them. */
  readonly entries?: readonly string[]
}

/** Where transforms are found by their names in data: a registry, or what answers like one. */
export interface Names {
  get(name: string): Pick<Named, 'definition'> | undefined
}

const known: unique symbol = Symbol('voxaug.definitions')

/** Keeps the definitions with a trace in memory, so that it can be replayed without a registry; JSON does not see them. */
export function withDefinitions(trace: Trace, definitions: ReadonlyMap<string, Definition>): Trace {
  return Object.defineProperty(trace, known, { value: definitions })
}

/**
 * The definition that a step of a trace names.
 * @throws VoxaugError `unknown-transform` where neither the trace nor the registry knows it
 */
export function definitionOf(trace: Trace, name: string, registry: Names | undefined): Definition {
  const found =
    (trace as { [known]?: ReadonlyMap<string, Definition> })[known]?.get(name) ?? registry?.get(name)?.definition
  if (found) return found
  throw new VoxaugError(
    'unknown-transform',
    registry
      ? `the registry has no transform ${name}.`
      : `a trace that was read from data needs { registry } to find ${name}.`,
    { received: name },
  )
}

/** Throws unless a value read from data looks like a trace. */
export function checkTrace(trace: Trace): void {
  if (trace?.voxaug !== 1 || !trace.passes || !Array.isArray(trace.steps)) {
    throw new VoxaugError('invalid-trace', 'a trace must be a record with voxaug: 1, passes and steps.', {
      received: trace,
    })
  }
  const isRecord = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
  const wrong = trace.steps.findIndex(
    (step: Partial<Step> | null) =>
      !(typeof step?.path === 'string' && typeof step.transform === 'string' && isRecord(step.params)) ||
      !(isRecord(step.grids) && Object.values(step.grids!).every((grid) => isInvertible(grid?.affine ?? []))),
  )
  if (wrong >= 0) {
    throw new VoxaugError(
      'invalid-trace',
      `step ${wrong} of a trace must be a record with path, transform, params and grids, got ${show(trace.steps[wrong])}.`,
      { received: trace.steps[wrong] },
    )
  }
}
