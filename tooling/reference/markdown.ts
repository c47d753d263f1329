/** Text as Markdown shows it: what stands between backticks is code, and all else means itself. */
export const plain = (text: string): string =>
  text
    .split(/(`[^`]*`)/)
    .map((part, n) => (n % 2 === 1 ? part : escaped(part)))
    .join('')

const escaped = (text: string) =>
  text.replace(/[\\*<]/g, '\\$&').replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')

/** A table of cells that are Markdown, columns as wide as their widest cell. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')))
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => lengthOf(row[column]!))))
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell + ' '.repeat(widths[column]! - lengthOf(cell))).join(' | ')} |`
  const [first, ...rest] = cells.map(line)
  return [first, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rest].join('\n')
}

const lengthOf = (text: string) => [...text].length

/** A block of code in a language. */
export const fence = (language: string, code: string): string => `\`\`\`${language}\n${code}\n\`\`\``

/** Blocks with an empty line between them, and one line's end at the end. */
export const document = (blocks: readonly (string | undefined)[]): string =>
  `${blocks.filter((block) => block !== undefined && block !== '').join('\n\n')}\n`
