import { parseArgs } from 'node:util'
import type { Output } from './main.ts'
import { usage } from './usage.ts'

/** What the command line takes for a command: the source of parsing and of help. */
export interface Command {
  readonly name: string
  readonly summary: string
  /** What stands behind the name, in the line of usage. */
  readonly usage: string
  /** In order; those with `optional` last. */
  readonly positionals: readonly { readonly name: string; readonly help: string; readonly optional?: boolean }[]
  readonly options: Readonly<Record<string, OptionSpec>>
  readonly examples: readonly string[]
  /** Loads the code that does it, so that `--help` need not. */
  readonly load: () => Promise<(given: Given, output: Output) => Promise<void>>
}

export interface OptionSpec {
  readonly help: string
  /** What stands for its value in help; without, it is a switch. */
  readonly value?: string
  readonly repeatable?: boolean
  readonly required?: boolean
  readonly default?: string
}

/** What was written, as text: commands check values themselves. */
export interface Given {
  readonly positionals: readonly string[]
  has(option: string): boolean
  /** The value of an option that is written once, or its default. */
  one(option: string): string | undefined
  /** All values of a repeatable option. */
  all(option: string): readonly string[]
}

/**
 * Parses what follows the command's name.
 * @throws VoxaugError `usage`
 */
export function parseArguments({ name, positionals, options }: Command, args: readonly string[]): Given {
  const types = Object.entries(options).map(
    ([key, { value }]) => [key, { type: value ? 'string' : 'boolean' }] as const,
  )
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(types),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const values = new Map<string, string[]>()
  const places: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') places.push(token.value)
    if (token.kind !== 'option') continue
    const spec = Object.hasOwn(options, token.name) ? options[token.name] : undefined
    if (!spec) throw usage(`${token.rawName}: there is no such option; voxaug ${name} --help lists them.`)
    const { value } = token
    if (!spec.value && value !== undefined) throw usage(`--${token.name}: takes no value, got ${value}.`)
    // What looks like an option behind it is one; a negative number is a value, for its check to refuse.
    if (spec.value && (!value || (!token.inlineValue && /^-(?!\d)/.test(value))))
      throw usage(`--${token.name}: a value is missing: --${token.name} ${spec.value}.`)
    const before = values.get(token.name) ?? []
    if (before.length > 0 && !spec.repeatable) throw usage(`--${token.name}: must be given once.`)
    values.set(token.name, [...before, value ?? ''])
  }
  const missing = positionals[places.length]
  if (missing && !missing.optional) throw usage(`${missing.name} is missing; voxaug ${name} --help says more.`)
  if (places.length > positionals.length)
    throw usage(`${places[positionals.length]}: one argument too many; voxaug ${name} --help says more.`)
  for (const [key, { required, value }] of Object.entries(options))
    if (required && !values.has(key)) throw usage(`--${key} ${value} is missing; voxaug ${name} --help says more.`)
  return {
    positionals: places,
    has: (option) => values.has(option),
    one: (option) => values.get(option)?.[0] ?? options[option]?.default,
    all: (option) => values.get(option) ?? [],
  }
}

/** The value of an option that must be a whole number. */
export function wholeNumber(given: Given, option: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  const text = given.one(option) ?? ''
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  const upTo = most === Number.MAX_SAFE_INTEGER ? 'up' : `to ${most}`
  throw usage(`--${option}: must be a whole number from ${least} ${upTo}, got ${text}.`)
}
