import { show, VoxaugError } from './error.ts'
import type { Grid } from './grid.ts'
import type { AnyOption, Checked, Given, Options } from './option.ts'
import type { Random } from './random.ts'
import type { Subject } from './subject.ts'

/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** The parameters of one draw: plain JSON, so that a trace can be stored and replayed. */
export type Params = { readonly [key: string]: Json }

/** Where a step stands. */
export interface Context {
  /** The place in the pipeline, as in `Compose[2] > OneOf[0]`; empty for a transform that stands alone. */
  readonly path: string
  /** The grid, before this step, of the subject's first image, else of its first label map; undefined where there are only points. */
  readonly frame: Grid | undefined
  /** The whole subject before this step, whatever `include` and `exclude` say. */
  readonly subject: Subject
  /** Puts a warning into the trace. */
  warn(code: string, message: string): void
}

/** What an inverse needs beside. */
export interface InverseContext extends Context {
  /** Whether the selected entries say which voxels are reached: then 0 stands where none is, whatever the step fills with. */
  readonly covering: boolean
  /** The grids before the step: of the subject's volumes then, and of what is brought back. */
  readonly grids: Readonly<Record<string, Grid>>
}

/**
 * A transform, described once. Checked options, types, JSON, schema, help, replay and documentation follow from it.
 */
export interface Definition<D extends Options = Options, P extends Params = Params> {
  /** The name in data, `package/Factory`. */
  readonly name: string
  /** One line for people. */
  readonly help: string
  readonly options: D
  /** Options that show well what it does, as pipeline JSON has them: for reference pages, galleries and help. */
  readonly example?: { readonly [key: string]: Json }
  /** Options of which exactly one holds, as `relate` checks: one that is given, else the one with a default, if there is such. */
  readonly alternatives?: readonly string[]
  /** What is wrong with options that are right one by one, as a sentence; undefined if nothing. */
  readonly relate?: (options: Checked<D>) => string | undefined
  /** Entries that it reads, as a field of displacements: no step of the pipeline changes them. */
  readonly fixes?: (options: Checked<D>) => readonly string[]
  /** Draws all that is random. The only place where `random` is at hand. */
  readonly sample: (options: Checked<D>, random: Random, context: Context) => P
  /** Pure: gives the selected entries as they stand after the step, and leaves its input alone. */
  readonly apply: (selected: Subject, params: P, context: Context) => Subject
  /** What it changes: geometry is undone by every `invert`, intensity only where asked. */
  readonly changes: 'geometry' | 'intensity'
  /** Undoes the step; absent where that cannot be done. */
  readonly undo?: (selected: Subject, params: P, context: InverseContext) => Subject
  /** For combinators: which of the children run, in which order. Then `apply` is not called. */
  readonly order?: (params: P, children: readonly Transform[]) => readonly number[]
}

/** What every transform takes beside its own options. */
export interface Common {
  /** Names its random stream: a step keeps its draws when others of its kind come or go before it. */
  readonly id?: string | undefined
  /** The only entries to act on, by name. */
  readonly include?: readonly string[] | undefined
  /** Entries to leave alone, by name. */
  readonly exclude?: readonly string[] | undefined
}

/** One step of a pipeline: a definition with its options. */
export interface Transform {
  readonly definition: Definition
  /** As they were given, copied and frozen: what pipeline JSON holds. */
  readonly given: Readonly<Record<string, unknown>>
  /** Complete and checked: what `sample` gets. */
  readonly options: Readonly<Record<string, unknown>>
  readonly common: Common
  /** The transforms of a combinator. */
  readonly children: readonly Transform[]
}

/** A kind of transform, as registries know it. */
export interface Named {
  readonly definition: Definition
  /** Makes one from options as data has them. */
  readonly create: (given: Readonly<Record<string, unknown>>) => Transform
}

/** Makes transforms of one kind in code. */
export type Factory<Args extends readonly unknown[]> = Named & ((...args: Args) => Transform)

/** The transforms of a package. */
export type Plugin = readonly Named[]

/** The arguments of a factory: options, which may be left out when all have defaults. */
export type Arguments<D extends Options> =
  Record<never, never> extends Given<D> ? [options?: Given<D> & Common] : [options: Given<D> & Common]

/**
 * Makes the factory of a transform from its description.
 *
 * `defineSpatial` and `defineIntensity` are made of this, and are what most transforms want.
 */
export function define<const D extends Options, P extends Params>(definition: Definition<D, P>): Factory<Arguments<D>> {
  const create = (given: Readonly<Record<string, unknown>>) => make(definition as unknown as Definition, given)
  return Object.assign((...[options]: Arguments<D>) => create((options ?? {}) as Record<string, unknown>), {
    definition: definition as unknown as Definition,
    create,
  })
}

/** Whether a transform is a Compose and nothing more: what pipeline JSON has as the list of its steps. */
export const isBareCompose = ({ definition, common }: Transform): boolean =>
  definition.name === 'core/Compose' && Object.values(common).every((value) => value === undefined)

const names = (value: unknown) =>
  Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === 'string')
const common: Readonly<Record<keyof Common, readonly [accepts: string, ok: (value: unknown) => boolean]>> = {
  id: ['a string that is not empty', (value) => typeof value === 'string' && value !== ''],
  include: ['a list of names of entries', names],
  exclude: ['a list of names of entries', names],
}

function make(definition: Definition, given: unknown): Transform {
  const { name, options } = definition
  const refuse = (option: string, message: string, received: unknown): never => {
    throw new VoxaugError('invalid-option', `${message}, got ${show(received)}.`, { transform: name, option, received })
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return refuse('', 'options must be a record', given)
  const record = given as Record<string, unknown>
  const kept: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(record)) {
    if (value === undefined) continue
    if (Object.hasOwn(common, key)) {
      const [accepts, ok] = common[key as keyof Common]
      if (!ok(value)) refuse(key, `${key} must be ${accepts}`, value)
    } else if (!Object.hasOwn(options, key)) {
      refuse(
        key,
        `there is no option ${key}; there are ${[...Object.keys(options), ...Object.keys(common)].join(', ')}`,
        value,
      )
    }
    kept[key] = freeze(value)
  }
  const checked: Record<string, unknown> = {}
  for (const [key, option] of Object.entries(options)) {
    const another = definition.alternatives?.includes(key) && definition.alternatives.some((other) => other in kept)
    const value = another || Object.hasOwn(kept, key) ? kept[key] : option.default
    if (value === undefined && !option.required) continue
    const parsed = option.parse(value)
    if (parsed === undefined) refuse(key, `${key} must be ${option.accepts}${beyond(option, value)}`, value)
    checked[key] = freeze(parsed)
  }
  const wrong = definition.relate?.(checked as Checked<Options>)
  if (wrong) throw new VoxaugError('invalid-option', wrong, { transform: name, received: given })
  const { transforms: children = [] } = checked as { transforms?: readonly Transform[] }
  const { id, include, exclude, ...rest } = kept as Common & Record<string, unknown>
  return Object.freeze({
    definition,
    given: Object.freeze(rest),
    options: Object.freeze(checked),
    common: Object.freeze({ id, include, exclude }),
    children,
  })
}

/** The bounds, where a number in the value broke them. */
function beyond({ type, bounds }: AnyOption, value: unknown): string {
  if (!bounds || type === 'number' || !numbersIn(value).some((x) => !(x >= bounds[0] && x <= bounds[1]))) return ''
  return bounds[1] === Infinity ? `, from ${bounds[0]} up` : `, from ${bounds[0]} to ${bounds[1]}`
}

function numbersIn(value: unknown, depth = 0): readonly number[] {
  if (typeof value === 'number') return [value]
  return typeof value === 'object' && value !== null && depth < deepest
    ? Object.values(value).flatMap((one) => numbersIn(one, depth + 1))
    : []
}

/** Deeper than any option; data may be deeper than the stack. */
const deepest = 8

/** A frozen deep copy of options. Transforms in it are frozen already, and stay the same objects. */
function freeze(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || 'definition' in value || depth > deepest) return value
  const inner = (one: unknown) => freeze(one, depth + 1)
  if (Array.isArray(value)) return Object.freeze(value.map(inner))
  if (ArrayBuffer.isView(value)) return Object.freeze(Array.from(value as Float64Array))
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inner(one)])))
}
