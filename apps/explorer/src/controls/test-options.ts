import type { AnyOption } from '@voxaug/core'
import type { OptionInfo } from '../engine/catalog.ts'
import { catalog, sources } from '../engine/test-catalog.ts'

/** An option with its name, its description as the page has it, and the option itself. */
export interface Described {
  readonly name: string
  /** Whose it is, for messages. */
  readonly path: string
  readonly info: OptionInfo
  readonly option: AnyOption
}

type Nested = AnyOption & { readonly fields?: Readonly<Record<string, AnyOption>>; readonly of?: readonly AnyOption[] }

const within = ({ name, path, info, option }: Described): readonly Described[] => {
  const { fields = {}, of = [] } = option as Nested
  return [
    { name, path, info, option },
    ...Object.entries(fields).flatMap(([field, one]) =>
      within({ name: field, path: `${path}.${field}`, info: info.fields![field]!, option: one }),
    ),
    ...of.flatMap((one, n) => within({ name, path: `${path}|${n}`, info: info.of![n]!, option: one })),
  ]
}

/** Every option of every transform, with those within them; steps and their weights are set by other means. */
export const allOptions: readonly Described[] = sources
  .flatMap(({ plugin }) => plugin)
  .flatMap(({ definition }) =>
    Object.entries(definition.options).flatMap(([name, option]) =>
      within({
        name,
        path: `${definition.name}.${name}`,
        info: catalog.get(definition.name)!.options[name]!,
        option,
      }),
    ),
  )
  .filter(({ info }) => info.type !== 'transforms' && info.type !== 'weights')
