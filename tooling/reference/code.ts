import type { AnyOption, Transform } from '@voxaug/core'

/** What fits into a line of code. */
const columns = 100

/** The TypeScript that makes a transform. */
export function codeOf(transform: Transform, indent = ''): string {
  const { definition, given, children } = transform
  const { transforms: _, ...own } = given
  const steps = definition.options['transforms'] as (AnyOption & { readonly most?: number }) | undefined
  const inner = `${indent}  `
  const list = children.map((child) => codeOf(child, inner))
  const options = Object.keys(own).length > 0 ? [literal(own)] : []
  const of = steps?.most === 1 ? list : steps ? [bracketed(list, indent)] : []
  return `${factoryOf(definition.name)}(${[...of, ...options].join(', ')})`
}

/** The factories that this code needs, by package. */
export function importsOf(transform: Transform): string {
  const names = [...new Set(namesOf(transform))].map((name) => name.split('/') as [string, string])
  const packages = [...new Set(['core', ...names.map(([one]) => one)])].sort()
  return packages
    .map((one) => {
      const factories = names.filter(([from]) => from === one).map(([, factory]) => factory)
      const all = [...factories, ...(one === 'core' ? ['run'] : [])].sort()
      return `import { ${all.join(', ')} } from '@voxaug/${one}'`
    })
    .join('\n')
}

const namesOf = ({ definition, children }: Transform): readonly string[] => [
  definition.name,
  ...children.flatMap(namesOf),
]

const factoryOf = (name: string) => name.replace(/^.*\//, '')

/** A list in one line, or one line each. */
function bracketed(items: readonly string[], indent: string): string {
  const flat = `[${items.join(', ')}]`
  if (items.length < 2 || (indent.length + flat.length <= columns && !flat.includes('\n'))) return flat
  return `[\n${items.map((one) => `${indent}  ${one},`).join('\n')}\n${indent}]`
}

/** Plain data as code; a matrix has one line a row. */
function literal(value: unknown): string {
  if (Array.isArray(value)) {
    const rows = value.length > 1 && value.every((one) => Array.isArray(one) && one.length > 1)
    return rows
      ? `[\n${value.map((row) => `    ${literal(row)},`).join('\n')}\n  ]`
      : `[${value.map(literal).join(', ')}]`
  }
  if (typeof value === 'string') return `'${value}'`
  if (typeof value !== 'object' || value === null) return String(value)
  const entries = Object.entries(value).map(([key, one]) => [key, literal(one)] as const)
  const keyed = entries.map(([key, one]) => `${/^[A-Za-z]\w*$|^\d$/.test(key) ? key : `'${key}'`}: ${one}`)
  return keyed.some((one) => one.includes('\n')) || keyed.join(', ').length > columns - 20
    ? `{\n${keyed.map((one) => `  ${one},`).join('\n')}\n}`
    : `{ ${keyed.join(', ')} }`
}

/** JSON with lists of numbers and words in one line. */
export function jsonOf(value: unknown, indent = ''): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = `${indent}  `
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  const items = Array.isArray(value)
    ? value.map((one) => jsonOf(one, inner))
    : Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${jsonOf(one, inner)}`)
  const space = Array.isArray(value) ? '' : ' '
  const flat = `${open}${space}${items.join(', ')}${space}${close}`
  if (items.length === 0) return `${open}${close}`
  if (!flat.includes('\n') && indent.length + flat.length <= columns) return flat
  return `${open}\n${items.map((one) => inner + one).join(',\n')}\n${indent}${close}`
}
