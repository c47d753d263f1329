import { locate, locating, show, VoxaugError } from './error.ts'
import { createRandom, type Random } from './random.ts'
import { type Entry, frameNameOf, gridsOf, isVolume, type Subject, wrap } from './subject.ts'
import { checkTrace, definitionOf, type Names, type Step, type Trace, withDefinitions } from './trace.ts'
import { type Context, type Definition, isBareCompose, type Params, type Transform } from './transform.ts'
import { type Pass, pendingOf, settled, type Volume, type Warning } from './volume.ts'

/** How to run. */
export interface RunOptions {
  /** A whole number from 0 up; drawn and recorded where not given. */
  readonly seed?: number
  /** Names the subject: with the same seed, another key gives other draws. */
  readonly key?: string
  /** Which of several outputs for one seed and key, from 0. */
  readonly copy?: number
  /** `false` leaves the voxels pending, to be computed when they are read, or by another executor. */
  readonly compute?: boolean
}

/**
 * Runs a transform on a subject, or on one volume or set of points.
 *
 * @returns `output`, with the keys and types of what went in (an entry that nothing touched is the same object), and the
 * `trace`, from which `replay` and `invert` work.
 * @throws VoxaugError with the step's path before its message; options were checked when the transform was made, and
 * shapes and grids are checked before any voxel is computed
 */
export function run<S extends Subject | Entry>(
  transform: Transform,
  subject: S,
  options: RunOptions = {},
): { output: S; trace: Trace } {
  if (!transform?.children) throw new VoxaugError('invalid-transform', `run needs a transform, got ${show(transform)}.`)
  const { seed = crypto.getRandomValues(new Uint32Array(1))[0]!, key = '', copy = 0, compute = true } = options
  if (typeof key !== 'string')
    throw new VoxaugError('invalid-key', `key must be a string, got ${show(key)}.`, { option: 'key', received: key })
  if (!Number.isSafeInteger(copy) || copy < 0)
    throw new VoxaugError('invalid-copy', `copy must be a whole number from 0 up, got ${show(copy)}.`, {
      option: 'copy',
      received: copy,
    })
  const random = createRandom(seed).fork(key).fork(String(copy))
  const { subject: start, unwrap } = wrap(subject)
  const journal = createJournal()
  // A pipeline read from JSON is a Compose: a transform that stands alone draws as it would in there.
  const root = isBareCompose(transform) ? random : childRandom(random, transform, 0)
  const fixed = fixedBy(transform)
  const end = step(transform, start, root, '', (name) => !fixed.includes(name), journal)
  const { output, trace } = journal.close(start, end, { seed, key, copy }, compute)
  return { output: unwrap(output), trace }
}

/**
 * Does what a trace tells to another subject: the very same draw, relative to that subject's own frame.
 *
 * A trace that was read from JSON needs `registry`.
 */
export function replay<S extends Subject | Entry>(
  trace: Trace,
  subject: S,
  { registry, compute = true }: { readonly registry?: Names; readonly compute?: boolean } = {},
): { output: S; trace: Trace } {
  checkTrace(trace)
  const { subject: start, unwrap } = wrap(subject)
  const journal = createJournal()
  let end = start
  for (const { path, transform, params, entries } of trace.steps) {
    const definition = definitionOf(trace, transform, registry)
    const names = Object.keys(end).filter((name) => !entries || entries.includes(name))
    end = journal.apply(definition, end, names, params, path)
  }
  const { seed, key, copy } = trace
  const closed = journal.close(start, end, { seed, key, copy }, compute)
  return { output: unwrap(closed.output), trace: closed.trace }
}

const fixedBy = ({ definition, options, children }: Transform): readonly string[] => [
  ...(definition.fixes?.(options as never) ?? []),
  ...children.flatMap(fixedBy),
]

type Selects = (name: string) => boolean

/** Runs one transform or, for a combinator, those of its children that it drew. */
function step(
  transform: Transform,
  subject: Subject,
  random: Random,
  path: string,
  selects: Selects,
  journal: Journal,
): Subject {
  const { definition, common, options, children } = transform
  const { include, exclude } = common
  const unknown = [...(include ?? []), ...(exclude ?? [])].find((name) => !Object.hasOwn(subject, name))
  if (unknown !== undefined) {
    const message = `include and exclude must name entries of the subject (${Object.keys(subject).join(', ')}), got ${show(unknown)}.`
    throw locate(new VoxaugError('unknown-entry', message, { transform: definition.name, received: unknown }), path)
  }
  const own: Selects = (name) => selects(name) && (!include || include.includes(name)) && !exclude?.includes(name)
  const params = locating(path, () => definition.sample(options as never, random, journal.context(subject, path)))
  if (!definition.order) return journal.apply(definition, subject, Object.keys(subject).filter(own), params, path)
  const name = definition.name.replace(/^.*\//, '')
  let output = subject
  for (const n of definition.order(params, children)) {
    const child = children[n]!
    const occurrence = children
      .slice(0, n)
      .filter((other) => other.definition === child.definition && !other.common.id).length
    output = step(
      child,
      output,
      childRandom(random, child, occurrence),
      `${path && `${path} > `}${name}[${n}]`,
      own,
      journal,
    )
  }
  return output
}

/** A child draws from a stream named by its id, else by its kind and how many of that kind stand before it. */
function childRandom(random: Random, { definition, common }: Transform, occurrence: number): Random {
  return random.fork(common.id ? `id ${common.id}` : `${definition.name} ${occurrence}`)
}

type Journal = ReturnType<typeof createJournal>

/** Collects what a trace will tell while steps are applied. */
function createJournal() {
  const steps: Step[] = []
  const warnings: Warning[] = []
  const definitions = new Map<string, Definition>()
  const context = (subject: Subject, path: string): Context => {
    const frame = frameNameOf(subject)
    return {
      path,
      frame: frame === undefined ? undefined : (subject[frame] as Volume),
      subject,
      warn: (code, message) => void warnings.push({ code, message, path }),
    }
  }
  return {
    context,
    apply(definition: Definition, subject: Subject, names: readonly string[], params: Params, path: string): Subject {
      definitions.set(definition.name, definition)
      const all = names.length === Object.keys(subject).length
      const frame = frameNameOf(subject)
      steps.push({
        path,
        transform: definition.name,
        params,
        grids: gridsOf(subject),
        ...(frame !== undefined && { frame }),
        ...(!all && { entries: names }),
      })
      const selected = all ? subject : Object.fromEntries(names.map((name) => [name, subject[name]!]))
      return { ...subject, ...locating(path, () => definition.apply(selected, params, context(subject, path))) }
    },
    close(
      input: Subject,
      output: Subject,
      drawn: { seed: number; key: string; copy: number },
      compute: boolean,
    ): { output: Subject; trace: Trace } {
      const passes: [name: string, readonly Pass[]][] = []
      const after: Record<string, Entry> = { ...output }
      for (const [name, entry] of Object.entries(output)) {
        const volume = isVolume(entry) ? entry : undefined
        if (volume && compute && entry !== input[name]) after[name] = settled(volume)
        const pending = volume && pendingOf(volume)
        passes.push([name, pending?.passes ?? []])
        for (let from = pending; from; from = pendingOf(from.source)) warnings.push(...from.warnings)
      }
      const trace: Trace = { voxaug: 1, ...drawn, passes: Object.fromEntries(passes), warnings, steps }
      return { output: after, trace: withDefinitions(trace, definitions) }
    },
  }
}
