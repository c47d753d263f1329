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
  const pair = { type: 'array', items: one, minItems: 2, maxItems: 2 }
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
    schema: { anyOf: [rangeSchema(bounds), { type: 'array', items: rangeSchema(bounds), minItems: 3, maxItems: 3 }] },
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

/** One of several words. */
export function word<const W extends string, const A extends About<NoInfer<W>> & { readonly words: readonly W[] }>(
  about: A & { readonly words: readonly W[] },
) {
  return describe<W, W, A, { words: readonly W[] }>(about, {
    type: 'word',
    words: about.words,
    accepts: quoted(about.words),
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
    schema: {
      type: 'array',
      items: { ...bounded(safe([least, Infinity])), type: nullable ? ['integer', 'null'] : 'integer' },
      minItems: 3,
      maxItems: 3,
    },
  })
}

/** Which voxels: all, those that are not 0, or those where a label map of the subject is not 0. */
export type Mask = 'all' | 'nonzero' | { readonly label: string }

/** A choice of voxels. */
export function mask<const A extends About<Mask>>(about: A) {
  return describe<Mask, Mask, A, object>(about, {
    type: 'mask',
    accepts: `'all', 'nonzero' or {label: <entry>}`,
    parse(value) {
      if (value === 'all' || value === 'nonzero') return value
      const label =
        typeof value === 'object' && value !== null && Object.keys(value).join() === 'label'
          ? (value as { label: unknown }).label
          : undefined
      return typeof label === 'string' ? { label } : undefined
    },
    schema: {
      anyOf: [
        { enum: ['all', 'nonzero'] },
        { type: 'object', properties: { label: { type: 'string' } }, required: ['label'], additionalProperties: false },
      ],
    },
  })
}

/** A 4×4 affine in rows (four of four, or sixteen numbers) that can be inverted. */
export function matrix<const A extends About<readonly (readonly number[])[] | Affine>>(about: A) {
  const four = (items: JsonSchema): JsonSchema => ({ type: 'array', items, minItems: 4, maxItems: 4 })
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
      anyOf: [four(four({ type: 'number' })), { type: 'array', items: { type: 'number' }, minItems: 16, maxItems: 16 }],
    },
  })
}

/** Names of the subject's entries. */
export function entries<const A extends About<readonly string[]>>(about: A) {
  return describe<readonly string[], readonly string[], A, object>(about, {
    type: 'entries',
    accepts: 'a list of names of entries',
    parse: (value) => (Array.isArray(value) && value.every((one) => typeof one === 'string') ? [...value] : undefined),
    schema: { type: 'array', items: { type: 'string' } },
  })
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

const quoted = (names: readonly string[]) =>
  names
    .map((name) => `'${name}'`)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1')
