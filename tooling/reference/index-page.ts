import { choice, type Definition, logUniform, normal } from '@voxaug/core'
import { type Docstring, membersOf, textAbove } from './docstring.ts'
import { document, plain, table } from './markdown.ts'
import { readSource } from './sources.ts'

export interface Listed {
  readonly definition: Definition
  readonly doc: Docstring
}

/** The index of all pages, and what they have in common. */
export function indexOf(root: string, all: readonly Listed[]): string {
  const packages = [...new Set(all.map(({ definition }) => folderOf(definition)))]
  return document([
    '# Reference',
    'Each transform of voxaug on a page of its own. `npm run reference` writes all of it: options, units and defaults are what the code checks, the text is the comment above the code, and the pictures are made by running it on `headPhantom`, with the lesion, the ventricles and all else within the skull as labels.',
    ...packages.flatMap((one) => [
      `## ${one}`,
      table(
        ['transform', 'what it does', 'inverse'],
        all
          .filter(({ definition }) => folderOf(definition) === one)
          .map(({ definition: { name, help }, doc }) => [
            `[${nameOf(name)}](${name}.md)`,
            plain(help),
            plain(doc.inverse),
          ]),
      ),
    ]),
    ...amounts(root),
    ...common(root),
  ])
}

const folderOf = ({ name }: Definition) => name.replace(/\/.*$/, '')
const nameOf = (name: string) => name.replace(/^.*\//, '')

function amounts(root: string): readonly string[] {
  const { path, code } = readSource(root, 'packages/core/src/range.ts')
  const about = (name: string) => plain(textAbove(code, path, name))
  const rows = [
    ['`choice(1, 2, 4)`', choice(1, 2, 4), 'choice'],
    ['`normal(0, 1.5)`', normal(0, 1.5), 'normal'],
    ['`logUniform(0.5, 2)`', logUniform(0.5, 2), 'logUniform'],
  ] as const
  return [
    '## Amounts',
    about('Range'),
    table(
      ['in code', 'in JSON', 'what it means'],
      rows.map(([inCode, value, name]) => [inCode, `\`${JSON.stringify(value)}\``, about(name)]),
    ),
  ]
}

function common(root: string): readonly string[] {
  const { path, code } = readSource(root, 'packages/core/src/transform.ts')
  const rows = membersOf(code, path, 'Common').map((name) => [
    `\`${name}\``,
    plain(textAbove(code, path, `Common.${name}`)),
  ])
  return ['## Options of every transform', table(['option', 'what it means'], rows)]
}
