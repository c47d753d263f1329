import type { Json, PipelineJson, StepJson } from '@voxaug/core'
import { type Catalog, shortName } from './pipeline.ts'

/** A file of the subject: the entry's name, the file's, and what is written of it. */
export interface InputFile {
  readonly entry: string
  readonly kind: 'image' | 'label'
  readonly file: string
  readonly output: string
}

/** A run, as code or a command says it. */
export interface Recipe {
  readonly json: PipelineJson
  readonly seed: number
  readonly files: readonly InputFile[]
  /** Names the subject: what `voxaug apply` calls it. */
  readonly key: string
}

/** The file that `voxaug apply` would write first. */
export const pipelineFile = 'pipeline.json'

/** A pipeline as TypeScript for Node. */
export function typescriptOf({ json, seed, files, key }: Recipe, catalog: Catalog): string {
  const imports = new Map<string, Map<string, string>>()
  /** What code calls an import: a number stands behind a name that another module has too. */
  const use = (module: string, name: string): string => {
    const names = imports.get(module) ?? new Map<string, string>()
    const taken = [...imports.values()].flatMap((one) => [...one.values()])
    let local = names.get(name) ?? name
    for (let n = 2; !names.has(name) && taken.includes(local); n++) local = `${name}${n}`
    imports.set(module, names.set(name, local))
    return local
  }
  for (const name of ['Compose', 'run']) use('@voxaug/core', name)
  const step = ({ transform, id, options = {} }: StepJson, indent: string): string => {
    const info = catalog.get(transform)
    const name = use(info?.module ?? '@voxaug/core', shortName(transform))
    const { ...rest } = options as Record<string, Json | readonly StepJson[]>
    if (!info?.steps) return `${name}(${literal(withId(rest, id))})`
    const held = rest[info.steps] as readonly StepJson[]
    delete rest[info.steps]
    const others = literal(withId(rest, id))
    const single = info.options[info.steps]?.most === 1
    const first = single ? step(held[0]!, indent) : list(held, indent)
    return `${name}(${first}${others && `, ${others}`})`
  }
  const list = (steps: readonly StepJson[], indent: string): string => {
    if (steps.length === 0) return '[]'
    const inner = `${indent}  `
    return `[\n${steps.map((one) => `${inner}${step(one, inner)},\n`).join('')}${indent}]`
  }
  const pipeline = list(json.pipeline, '')
  use('@voxaug/io/node', 'readVolume')
  use('@voxaug/io/node', 'writeVolume')
  const named = ([name, local]: readonly [string, string]) => (name === local ? name : `${name} as ${local}`)
  const lines = [...imports].map(
    ([module, names]) => `import { ${[...names].map(named).sort().join(', ')} } from '${module}'`,
  )
  const entries = files.map(
    ({ entry, kind, file }) =>
      `  ${property(entry)}: await readVolume(${quote(file)}${kind === 'label' ? ", { kind: 'label' }" : ''}),\n`,
  )
  const outputs = files.map(({ entry, output }) => `await writeVolume(${quote(output)}, output${access(entry)})`)
  return `${lines.join('\n')}

const augment = Compose(${pipeline})

const subject = {
${entries.join('')}}
const { output, trace } = run(augment, subject, { seed: ${seed}, key: ${quote(key)} })
${outputs.join('\n')}
`
}

/** The command that makes the same voxels of the same files. */
export function commandOf({ seed, files }: Recipe): string {
  // The command takes what stands before = for a name, and what begins with - for an option.
  const isPlain = (file: string) => !/^(-|[A-Za-z][\w-]*=)/.test(file)
  const inputs = files.map(
    ({ entry, kind, file }) => `--${kind} ${shell(entry === kind && isPlain(file) ? file : `${entry}=${file}`)}`,
  )
  return `npx voxaug apply ${[...inputs, `--pipeline ${pipelineFile}`, `--seed ${seed}`, '--out augmented'].join(' ')}`
}

/** A pipeline as a file has it: short lists on one line. */
export const jsonOf = (json: PipelineJson): string => `${print(json as unknown as Json, '')}\n`

const withId = (options: Record<string, unknown>, id: string | undefined) =>
  id === undefined ? options : { ...options, id }
const isName = (key: string) => /^[A-Za-z_$][\w$]*$/.test(key)
const property = (key: string) => (isName(key) ? key : quote(key))
const access = (key: string) => (isName(key) ? `.${key}` : `[${quote(key)}]`)

/** Options as the one argument of a factory; nothing where there are none. */
const literal = (options: Record<string, unknown>) => (Object.keys(options).length === 0 ? '' : value(options))

function value(of: unknown): string {
  if (Array.isArray(of)) return `[${of.map(value).join(', ')}]`
  if (typeof of === 'object' && of !== null)
    return `{ ${Object.entries(of)
      .map(([key, one]) => `${property(key)}: ${value(one)}`)
      .join(', ')} }`
  return typeof of === 'string' ? quote(of) : String(of)
}

const quote = (text: string) => `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`

/** As a shell takes it for one word. */
const shell = (text: string) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)

function print(of: Json, indent: string): string {
  if (typeof of !== 'object' || of === null) return JSON.stringify(of)
  const inner = `${indent}  `
  if (Array.isArray(of) && of.every((one) => typeof one !== 'object' || one === null))
    return `[${of.map((one) => JSON.stringify(one)).join(', ')}]`
  const lines = Array.isArray(of)
    ? of.map((one) => print(one, inner))
    : Object.entries(of).map(([key, one]) => `${JSON.stringify(key)}: ${print(one, inner)}`)
  const [open, close] = Array.isArray(of) ? '[]' : '{}'
  return `${open}\n${lines.map((line) => inner + line).join(',\n')}\n${indent}${close}`
}
