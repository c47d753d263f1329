import {
  type Definition,
  isVolume,
  type Named,
  type Params,
  pipelineFromJson,
  type Registry,
  run,
  type Subject,
  sameSpace,
  type Trace,
  type Transform,
  type Volume,
} from '@voxaug/core'
import { type Shown, shown } from './examples.ts'
import { type Head, subjectOf } from './subjects.ts'

export interface Run {
  readonly output: Head
  readonly trace: Trace
}

/** A transform as its example has it, and what came of it. */
export interface Experiment {
  readonly shown: Shown
  readonly transform: Transform
  readonly before: Head
  readonly runs: readonly [Run, ...Run[]]
  /** The parameters, of the first step, that another seed draws otherwise. */
  readonly drawn: Params
  /** What it changes: values, where one looks, where the anatomy lies, or what its steps change. */
  readonly changes: 'values' | 'grid' | 'anatomy' | 'steps'
}

/** Of every run: one that shows well what is random. */
export const seed = 5

/**
 * Runs the example that a transform's definition has, or none of its options.
 * @throws Error where there is none, and it cannot do without
 */
export function experimentOn({ definition }: Named, registry: Registry): Experiment {
  const { name, example } = definition
  if (!example && needsOptions(definition))
    throw new Error(`${name}: its definition must have an example, options that show well what it does`)
  const picture = shown[name] ?? {}
  const { subject = 'head', copies = 1 } = picture
  const pipeline = pipelineFromJson({ voxaug: 1, pipeline: [{ transform: name, options: example ?? {} }] }, registry)
  const transform = pipeline.children[0]!
  const before = subjectOf(subject)
  const first = run(transform, before, { seed })
  const others = Array.from({ length: copies - 1 }, (_, n) => run(transform, before, { seed, copy: n + 1 }))
  const elsewhere = run(transform, before, { seed: seed + 1, compute: false })
  const spatial = sameSpace(before.image, first.output.image) ? 'anatomy' : 'grid'
  const own = definition.changes === 'intensity' ? 'values' : spatial
  return {
    shown: picture,
    transform,
    before,
    runs: [first, ...others],
    drawn: differing(first.trace, elsewhere.trace),
    changes: definition.order ? 'steps' : own,
  }
}

const needsOptions = ({ options, alternatives = [] }: Definition) =>
  Object.values(options).some(({ required }) => required) ||
  (alternatives.length > 0 && alternatives.every((key) => options[key]?.default === undefined))

function differing({ steps: [one] }: Trace, { steps: [other] }: Trace): Params {
  const differ = ([key, value]: readonly [string, unknown]) =>
    JSON.stringify(value) !== JSON.stringify(other?.params[key])
  return Object.fromEntries(Object.entries(one?.params ?? {}).filter(differ))
}

/** The names of a subject's volumes, and these. */
export const volumesOf = (subject: Subject): readonly (readonly [string, Volume])[] =>
  Object.entries(subject).flatMap(([name, one]) => (isVolume(one) ? [[name, one] as const] : []))
