import type { Given } from './arguments.ts'
import { block, table } from './help.ts'
import type { Output } from './main.ts'
import { oneLine } from './one-line.ts'
import { loadRegistry } from './registry.ts'

/** `voxaug list`: every transform with its line of help, by package. */
export async function list(given: Given, { stdout }: Output): Promise<void> {
  const { factories } = await loadRegistry(given.all('plugin'))
  const rows = factories.map(({ definition }) => [definition.name, oneLine(definition.help)] as const)
  const packages = new Set(rows.map(([name]) => packageOf(name)))
  const blocks = [...packages].map((one) => block(one, table(rows.filter(([name]) => packageOf(name) === one))))
  stdout.write(`${blocks.join('\n\n')}\n\nvoxaug describe <transform> explains one.\n`)
}

const packageOf = (name: string) => name.replace(/\/.*$/, '')
