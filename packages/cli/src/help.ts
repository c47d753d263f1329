import type { Command } from './arguments.ts'
import { version } from './version.ts'

/** Columns of help: what a terminal has at the least. */
const width = 80

export function generalHelp(commands: readonly Command[]): string {
  return sections([
    `voxaug ${version}: augment 3D medical images.`,
    block('Usage', ['voxaug <command> [options]']),
    block('Commands', table(commands.map(({ name, summary }) => [name, summary]))),
    block(
      'Options',
      table([
        ['--help', 'Explain voxaug, or the command before it.'],
        ['--version', 'Print the version.'],
      ]),
    ),
    'Exit status: 0 done, 1 bad input, 2 bad usage.',
  ])
}

export function commandHelp({ name, summary, usage, positionals, options, examples }: Command): string {
  const rows = Object.entries(options).map(([key, { value, help, default: fallback, repeatable }]) => {
    const notes = [repeatable && 'repeatable', fallback !== undefined && `default ${fallback}`]
      .filter(Boolean)
      .join(', ')
    return [`--${key}${value ? ` ${value}` : ''}`, notes ? `${help} (${notes})` : help] as const
  })
  return sections([
    summary,
    block('Usage', [`voxaug ${name} ${usage}`]),
    ...(positionals.length > 0 ? [block('Arguments', table(positionals.map((one) => [one.name, one.help])))] : []),
    block('Options', table([...rows, ['--help', 'Print this.']])),
    block('Examples', examples),
  ])
}

const sections = (texts: readonly string[]) => `${texts.join('\n\n')}\n`

export const block = (title: string, lines: readonly string[]) =>
  [`${title}:`, ...lines.map((line) => (line === '' ? '' : `  ${line}`))].join('\n')

/** Rows of two columns, the second wrapped to the width of help. */
export function table(rows: readonly (readonly [string, string])[]): readonly string[] {
  const column = Math.max(...rows.map(([left]) => left.length)) + 2
  return rows.flatMap(([left, right]) =>
    wrap(right, width - 2 - column).map((line, n) => (n === 0 ? left.padEnd(column) : ' '.repeat(column)) + line),
  )
}

/** Words in lines of at most so many characters; a longer word has a line of its own. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
