import { type AnyOption, type Definition, type Registry, show } from '@voxaug/core'
import { exampleStep } from '@voxaug/core/example'
import type { Given } from './arguments.ts'
import { block, table, wrap } from './help.ts'
import type { Output } from './main.ts'
import { oneLine } from './one-line.ts'
import { printJson } from './print-json.ts'
import { loadRegistry } from './registry.ts'
import { usage } from './usage.ts'

/** `voxaug describe`: what a transform's own description says of it, for people. */
export async function describe(given: Given, { stdout }: Output): Promise<void> {
  const registry = await loadRegistry(given.all('plugin'))
  stdout.write(explain(find(given.positionals[0]!, registry)))
}

/** The transform of that name, with or without its package. */
function find(name: string, { factories }: Registry): Definition {
  const definitions = factories.map(({ definition }) => definition)
  const exact = definitions.find((one) => one.name === name)
  if (exact) return exact
  const like = definitions.filter((one) => one.name.toLowerCase().replace(/^.*\//, '') === name.toLowerCase())
  if (like.length === 1) return like[0]!
  throw usage(`${name}: there is no such transform; voxaug list lists them.`)
}

/** The last sentences of every page. */
const common = [
  ['id', 'Names the step’s random stream; it stands beside options.'],
  ['include', 'The only entries to act on, by name.'],
  ['exclude', 'Entries to leave alone, by name.'],
] as const

function explain(definition: Definition): string {
  const options = Object.entries(definition.options)
  const rows = options.map(([key, option]) => [key, oneLine(`${option.help} ${acceptsOf(option)}`)] as const)
  const ranges = options.some(([, { type }]) => type === 'range' || type === 'perAxis')
  const amounts =
    'Where [min, max] is accepted, so are {"choice": [1, 2]}, {"normal": {"mean": 0, "std": 1}} and {"logUniform": [0.5, 2]}.'
  const texts = [
    wrap(`${definition.name}: ${oneLine(definition.help)}`, 80).join('\n'),
    ...(rows.length > 0 ? [block('Options', table(rows))] : []),
    ...(definition.alternatives ? [wrap(alternativesOf(definition, definition.alternatives), 80).join('\n')] : []),
    ...(ranges ? [wrap(amounts, 80).join('\n')] : []),
    block('Options of every transform', table(common)),
    block('In a pipeline', printJson(exampleStep(definition)).split('\n')),
  ]
  return `${texts.join('\n\n')}\n`
}

function alternativesOf({ options }: Definition, names: readonly string[]): string {
  const isNeeded = names.every((name) => options[name]?.default === undefined)
  return isNeeded
    ? `Exactly one of ${names.join(', ')} must be given.`
    : `At most one of ${names.join(', ')} may be given.`
}

/** What an option accepts and has where it is not given, as sentences. */
function acceptsOf({ accepts, bounds, type, required, default: fallback }: AnyOption): string {
  const [low, high] = bounds ?? [-Infinity, Infinity]
  const upTo = high === Infinity ? ' up' : ` to ${high}`
  // A fixed number's `accepts` says its bounds already.
  const limits = type === 'number' || low === -Infinity ? '' : `, from ${low}${upTo}`
  const otherwise = required ? 'Required.' : fallback === undefined ? '' : `Default: ${show(fallback)}.`
  return `${accepts.charAt(0).toUpperCase()}${accepts.slice(1)}${limits}. ${otherwise}`.trim()
}
