import { type Affine, isInvertible } from './grid.ts'
import { type BoundedRange, parseRange, type Range } from './range.ts'

/** A JSON Schema, as plain data. */
export type JsonSchema = { readonly [key: string]: unknown }

/** One option of a transform, described once: checking, types, JSON Schema, help and controls all read this. */
export interface AnyOption {
  /** Which descriptor this is: what a user interface chooses its control by. */
  readonly type: string
  /** One line for people. */
  readonly help: string
  /** What is accepted, as an error says it after "must be". */
  readonly accepts: string
  readonly required: boolean
  /** What holds where the option is not given; undefined is nothing. */
  readonly default: unknown
  /** The checked value, or undefined where it is refused. It shares no memory with what was given. */
  readonly parse: (value: unknown) => unknown
  readonly schema: JsonSchema
  /** The limits of numbers, where there are any. */
  readonly bounds?: Bounds
}

/** An option with its types: `In` is what a user writes, `Out` what `sample` gets. */
export interface Option<In, Out = In, Required extends boolean = boolean> extends AnyOption {
  readonly required: Required
  readonly default: In | undefined
  readonly parse: (value: unknown) => Out | undefined
}

/** The options of a transform, by name. */
export type Options = Readonly<Record<string, AnyOption>>

type In<O> = O extends { readonly default: infer I } ? Exclude<I, undefined> : never
type Out<O> = O extends { readonly parse: (value: unknown) => infer T } ? Exclude<T, undefined> : never
type Keys<D extends Options, Required extends boolean> = {
  [K in keyof D]: D[K]['required'] extends Required ? K : never
}[keyof D]

/** What a user writes for these options: those without a default must be there. */
export type Given<D extends Options> = { readonly [K in Keys<D, true>]: In<D[K]> } & {
  readonly [K in Keys<D, false>]?: In<D[K]> | undefined
}

/** What `sample` gets. */
export type Checked<D extends Options> = { readonly [K in keyof D]: Out<D[K]> }

/** Help, and a default; without the default the option must be given. */
interface About<T> {
  readonly help: string
  readonly default?: T
}
type Made<A, In, Out> = Option<In, Out, A extends { readonly default: unknown } ? false : true>

function describe<In, Out, A extends About<In>, X extends object>(
  about: A,
  rest: Pick<Option<In, Out>, 'type' | 'accepts' | 'parse' | 'schema'> & X,
): Made<A, In, Out> & X {
  return { ...rest, help: about.help, default: about.default, required: !('default' in about) } as unknown as Made<
    A,
    In,
    Out
  > &
    X
}

/** The least and the greatest number that an option takes; infinite where there is no limit. */
export type Bounds = readonly [low: number, high: number]

const anywhere: Bounds = [-Infinity, Infinity]

/** The whole numbers among bounds that a float64 tells apart. */
const safe = ([low, high]: Bounds): Bounds => [
  Math.max(low, Number.MIN_SAFE_INTEGER),
  Math.min(high, Number.MAX_SAFE_INTEGER),
]
const isNumber = (value: unknown): value is number => Number.isFinite(value)

const within = ([low, high]: Bounds) =>
  low === -Infinity ? '' : high === Infinity ? ` from ${low} up` : ` from ${low} to ${high}`

const bounded = ([low, high]: Bounds, type = 'number'): JsonSchema => ({
  type,
  ...(low > -Infinity && { minimum: low }),
  ...(high < Infinity && { maximum: high }),
})

function rangeSchema(bounds: Bounds): JsonSchema {
  const one = bounded(bounds)
  const pair = list(2, one)
  const only = (name: string, value: JsonSchema) => ({
    type: 'object',
    properties: { [name]: value },
    required: [name],
    additionalProperties: false,
  })
  return {
    anyOf: [
      one,
      pair,
      only('choice', { type: 'array', items: one, minItems: 1 }),
      only('normal', {
        type: 'object',
        properties: { mean: one, std: bounded([0, bounds[1] - bounds[0]]) },
        required: ['mean', 'std'],
        additionalProperties: false,
      }),
      only('logUniform', { ...pair, items: { ...one, exclusiveMinimum: 0 } }),
    ],
  }
}

/** An amount to draw: a number, [min, max], choice, normal or logUniform. */
export function range<const A extends About<Range> & { readonly bounds?: Bounds }>(about: A) {
  const bounds = about.bounds ?? anywhere
  return describe<Range, BoundedRange, A, { bounds: Bounds }>(about, {
    type: 'range',
    bounds,
    accepts: `a number or [min, max] with min ≤ max`,
    parse: (value) => parseRange(value, bounds),
    schema: rangeSchema(bounds),
  })
}

/** One amount for each axis. */
export type PerAxis = Range | readonly [Range, Range, Range]

/** Checked: three ranges, or one that is drawn once (`shared`) or anew for each axis. */
export type CheckedPerAxis =
  | readonly [BoundedRange, BoundedRange, BoundedRange]
  | { readonly each: BoundedRange }
  | { readonly shared: BoundedRange }

/** A range for each of three axes: one, drawn anew for each (or once and `shared`), or three. */
export function perAxis<const A extends About<PerAxis> & { readonly bounds?: Bounds; readonly shared?: boolean }>(
  about: A,
) {
  const bounds = about.bounds ?? anywhere
  const shared = about.shared ?? false
  return describe<PerAxis, CheckedPerAxis, A, { bounds: Bounds; shared: boolean }>(about, {
    type: 'perAxis',
    bounds,
    shared,
    accepts: `a number, [min, max] with min ≤ max, or three of these`,
    parse(value) {
      if (Array.isArray(value) && value.length === 3) {
        const three = value.map((one) => parseRange(one, bounds))
        return three.every((one) => one !== undefined)
          ? (three as [BoundedRange, BoundedRange, BoundedRange])
          : undefined
      }
      const one = parseRange(value, bounds)
      return one === undefined ? undefined : shared ? { shared: one } : { each: one }
    },
    schema: { anyOf: [rangeSchema(bounds), list(3, rangeSchema(bounds))] },
  })
}

/** A fixed number. */
export function number<const A extends About<number> & { readonly bounds?: Bounds; readonly whole?: boolean }>(
  about: A,
) {
  const bounds = about.bounds ?? anywhere
  return describe<number, number, A, { bounds: Bounds }>(about, {
    type: 'number',
    bounds,
    accepts: `a ${about.whole ? 'whole ' : ''}number${within(bounds)}`,
    parse: (value) =>
      isNumber(value) && value >= bounds[0] && value <= bounds[1] && (!about.whole || Number.isSafeInteger(value))
        ? value
        : undefined,
    schema: about.whole ? bounded(safe(bounds), 'integer') : bounded(bounds),
  })
}

/** The same option, which need not be given: then there is no value. */
export const optional = <I, O>(option: Option<I, O>): Option<I, O | undefined, false> => ({
  ...option,
  required: false as const,
})

/** One of several words; `accepts` says in an error what they have in common, where there are many. */
export function word<
  const W extends string,
  const A extends About<NoInfer<W>> & { readonly words: readonly W[]; readonly accepts?: string },
>(about: A & { readonly words: readonly W[] }) {
  return describe<W, W, A, { words: readonly W[] }>(about, {
    type: 'word',
    words: about.words,
    accepts: about.accepts ?? quoted(about.words),
    parse: (value) => about.words.find((one) => one === value),
    schema: { enum: about.words },
  })
}

/** Some of several words, each at most once. */
export function words<
  const W extends string,
  const A extends About<readonly NoInfer<W>[]> & { readonly words: readonly W[] },
>(about: A & { readonly words: readonly W[] }) {
  return describe<readonly W[], readonly W[], A, { words: readonly W[] }>(about, {
    type: 'words',
    words: about.words,
    accepts: `a list of different words out of ${quoted(about.words)}`,
    parse: (value) =>
      Array.isArray(value) &&
      value.length > 0 &&
      new Set(value).size === value.length &&
      value.every((one) => about.words.includes(one))
        ? [...value]
        : undefined,
    schema: { type: 'array', items: { enum: about.words }, uniqueItems: true, minItems: 1 },
  })
}

/** Yes or no. */
export function flag<const A extends About<boolean>>(about: A) {
  return describe<boolean, boolean, A, object>(about, {
    type: 'flag',
    accepts: 'true or false',
    parse: (value) => (typeof value === 'boolean' ? value : undefined),
    schema: { type: 'boolean' },
  })
}

/** Three whole numbers, one for each voxel axis; with `nullable`, null keeps an axis as it is. */
export function size<
  const A extends About<readonly (number | null)[]> & { readonly least: number; readonly nullable?: boolean },
>(about: A) {
  const { least, nullable = false } = about
  const ok = (n: unknown): n is number | null =>
    (Number.isSafeInteger(n) && (n as number) >= least) || (nullable && n === null)
  return describe<
    readonly (number | null)[],
    readonly [number | null, number | null, number | null],
    A,
    { least: number; nullable: boolean }
  >(about, {
    type: 'size',
    least,
    nullable,
    accepts: `three whole numbers from ${least}${nullable ? ', null where an axis stays whole' : ''}`,
    parse: (value) =>
      Array.isArray(value) && value.length === 3 && value.every(ok)
        ? (value.slice() as [number, number, number])
        : undefined,
    schema: list(3, { ...bounded(safe([least, Infinity])), type: nullable ? ['integer', 'null'] : 'integer' }),
  })
}

/** Which voxels: all, those that are not 0, or those where a label map of the subject is not 0. */
export type Mask = 'all' | 'nonzero' | { readonly label: string }

/** A choice of voxels. */
export function mask<const A extends About<Mask>>(about: A) {
  const help = ''
  const of = [word({ words: ['all', 'nonzero'], help }), record({ fields: { label: entry({ help }) }, help })]
  const { parse, schema } = either({ of, help })
  return describe<Mask, Mask, A, object>(about, {
    type: 'mask',
    accepts: `'all', 'nonzero' or {label: <entry>}`,
    parse: parse as (value: unknown) => Mask | undefined,
    schema,
  })
}

/** A 4×4 affine in rows (four of four, or sixteen numbers) that can be inverted. */
export function matrix<const A extends About<readonly (readonly number[])[] | Affine>>(about: A) {
  return describe<readonly (readonly number[])[] | Affine, Affine, A, object>(about, {
    type: 'matrix',
    accepts: 'an invertible 4×4 matrix in rows, the last one 0 0 0 1',
    parse(value) {
      const rows = Array.isArray(value) ? (value as readonly unknown[]) : []
      const inRows = rows.length === 4 && rows.every((row) => Array.isArray(row) && row.length === 4)
      const sixteen = (inRows ? rows.flat() : [...rows]) as number[]
      return isInvertible(sixteen) ? sixteen : undefined
    },
    schema: {
      anyOf: [list(4, list(4, { type: 'number' })), list(16, { type: 'number' })],
    },
  })
}

/** Two numbers, the first not above the second. */
export function interval<const A extends About<readonly [number, number]> & { readonly bounds?: Bounds }>(about: A) {
  const bounds = about.bounds ?? anywhere
  type Pair = readonly [number, number]
  return describe<Pair, Pair, A, { bounds: Bounds }>(about, {
    type: 'interval',
    bounds,
    accepts: '[min, max] with min ≤ max',
    parse: (value) => (Array.isArray(value) ? (parseRange(value, bounds) as Pair | undefined) : undefined),
    schema: list(2, bounded(bounds)),
  })
}

/** Whole numbers of voxels on the two sides of each voxel axis: one for all sides, one for each axis, or [before, after] for each. */
export type Margins = number | readonly (number | readonly [before: number, after: number])[]

/** Voxels before and after, by voxel axis. */
export type CheckedMargins = readonly [readonly [number, number], readonly [number, number], readonly [number, number]]

/** Voxels on each side: see `Margins`. */
export function margins<const A extends About<Margins>>(about: A) {
  const whole = bounded(safe([0, Infinity]), 'integer')
  const count = (n: unknown): n is number => Number.isSafeInteger(n) && (n as number) >= 0
  const pair = (side: unknown) =>
    count(side) ? [side, side] : Array.isArray(side) && side.length === 2 && side.every(count) ? [...side] : undefined
  return describe<Margins, CheckedMargins, A, object>(about, {
    type: 'margins',
    accepts: 'a whole number from 0, or three of these or [before, after]',
    parse(value) {
      const axes = (count(value) ? [value, value, value] : Array.isArray(value) ? value : []).map(pair)
      return axes.length === 3 && axes.every((axis) => axis) ? (axes as unknown as CheckedMargins) : undefined
    },
    schema: { anyOf: [whole, list(3, { anyOf: [whole, list(2, whole)] })] },
  })
}

/** The name of one of the subject's entries. */
export function entry<const A extends About<string>>(about: A) {
  return describe<string, string, A, object>(about, {
    type: 'entry',
    accepts: 'the name of an entry',
    parse: (value) => (typeof value === 'string' && value !== '' ? value : undefined),
    schema: { type: 'string', minLength: 1 },
  })
}

/** How likely each label is: by label, as in `{ 0: 1, 3: 2 }`, or in a list, label 0 first; in any unit, and not all 0. */
export type Odds = readonly number[] | { readonly [label: string]: number }

/** Odds of labels; checked, pairs of a label and a weight above 0. */
export function odds<const A extends About<Odds>>(about: A) {
  const weight = bounded([0, Infinity])
  const pattern = '^-?\\d+$'
  return describe<Odds, readonly (readonly [label: number, weight: number])[], A, object>(about, {
    type: 'odds',
    accepts: 'numbers from 0 up by label, not all 0',
    parse(value) {
      const pairs = Object.entries((typeof value === 'object' && value) || {})
      const ok = pairs.every(([label, one]) => label.match(pattern) && isNumber(one) && one >= 0)
      const drawn = pairs.flatMap(([label, one]) => (one > 0 ? [[Number(label), one] as const] : []))
      return ok && drawn.length > 0 ? drawn : undefined
    },
    schema: {
      anyOf: [
        { type: 'array', items: weight, not: { items: { const: 0 } } },
        {
          type: 'object',
          additionalProperties: weight,
          propertyNames: { pattern },
          not: { additionalProperties: { const: 0 } },
        },
      ],
    },
  })
}

/** A record of options. */
export function record<const D extends Options, const A extends About<Given<D>>>(about: A & { readonly fields: D }) {
  const { fields } = about
  const all = Object.entries(fields)
  const names = all.map(([name, { required }]) => (required ? name : `${name}?`)).join(', ')
  return describe<Given<D>, Checked<D>, A, { fields: D }>(about, {
    type: 'record',
    fields,
    accepts: `{${names}}`,
    parse(value) {
      if (typeof value !== 'object' || value === null || Object.keys(value).some((key) => !Object.hasOwn(fields, key)))
        return undefined
      const parsed: Record<string, unknown> = {}
      for (const [name, field] of all) {
        const given = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : field.default
        if (given === undefined && !field.required) continue
        parsed[name] = field.parse(given)
        if (parsed[name] === undefined) return undefined
      }
      return parsed as Checked<D>
    },
    schema: recordSchema(fields),
  })
}

/** The schema of options by name. */
export function recordSchema(options: Options): JsonSchema & { readonly required: readonly string[] } {
  const all = Object.entries(options)
  const one = ({ schema, help, default: value }: AnyOption) => ({
    ...schema,
    description: help,
    ...(value !== undefined && { default: value }),
  })
  return {
    type: 'object',
    properties: Object.fromEntries(all.map(([name, option]) => [name, one(option)])),
    required: all.flatMap(([name, { required }]) => (required ? [name] : [])),
    additionalProperties: false,
  }
}

/** Whichever of several descriptors accepts the value first. */
export function either<const O extends readonly AnyOption[], const A extends About<In<NoInfer<O>[number]>>>(
  about: A & { readonly of: O },
) {
  return describe<In<O[number]>, Out<O[number]>, A, { of: O }>(about, {
    type: 'either',
    of: about.of,
    accepts: about.of.map(({ accepts }) => accepts).join(', or '),
    parse(value) {
      for (const one of about.of) {
        const parsed = one.parse(value)
        if (parsed !== undefined) return parsed as Out<O[number]>
      }
      return undefined
    },
    schema: { anyOf: about.of.map(({ schema }) => schema) },
  })
}

const list = (length: number, items: JsonSchema): JsonSchema => ({
  type: 'array',
  items,
  minItems: length,
  maxItems: length,
})

const quoted = (names: readonly string[]) =>
  names
    .map((name) => `'${name}'`)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1')
