import { type AnyOption, type Options, show } from '@voxaug/core'
import { plain, table } from './markdown.ts'

/** Options as a table, and those of the records that they take. */
export const optionsTable = (options: Options): string =>
  table(['option', 'takes', 'unit', 'default', 'what it means'], rowsOf(options))

type Inner = AnyOption & { readonly of?: readonly AnyOption[]; readonly fields?: Options }

function rowsOf(options: Options, path = ''): readonly (readonly string[])[] {
  return Object.entries(options).flatMap(([key, option]) => {
    const row = [`\`${path}${key}\``, acceptsOf(option), unitOf(key, option), defaultOf(option), plain(option.help)]
    const records: readonly Inner[] = [option, ...((option as Inner).of ?? [])]
    return [row, ...records.flatMap(({ fields }) => (fields ? rowsOf(fields, `${path}${key}.`) : []))]
  })
}

function acceptsOf({ accepts, bounds, type }: AnyOption): string {
  const [low, high] = bounds ?? [-Infinity, Infinity]
  const upTo = high === Infinity ? ' up' : ` to ${high}`
  // A fixed number's `accepts` says its bounds already.
  const limits = type === 'number' || low === -Infinity ? '' : `, from ${low}${upTo}`
  return plain(shortened(`${accepts}${limits}`))
}

/** Without the digits of the greatest float32, which tell nobody anything. */
const shortened = (text: string) => text.replace(/ from -(3\.402823466\d*e\+38) to \1/, ' that float32 holds')

function defaultOf({ required, default: fallback }: AnyOption): string {
  if (required) return 'required'
  return fallback === undefined ? '–' : `\`${show(fallback).replaceAll('"', "'")}\``
}

/** Names carry the unit; sizes are counted in voxels. */
function unitOf(key: string, { type }: AnyOption): string {
  const [, unit] = /(mm|degrees|voxels|fraction)$/i.exec(key) ?? []
  return unit?.toLowerCase() ?? (type === 'size' ? 'voxels' : '–')
}
