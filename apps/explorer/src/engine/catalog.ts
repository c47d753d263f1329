import type { AnyOption, Bounds, JsonSchema, StepJson } from '@voxaug/core'
import { exampleStep } from '@voxaug/core/example'
import type { PluginSource } from '../plugins.ts'

/** An option's description without its code: what a control is made from. */
export interface OptionInfo extends Omit<AnyOption, 'parse'> {
  readonly bounds?: Bounds
  readonly words?: readonly string[]
  readonly shared?: boolean
  readonly nullable?: boolean
  readonly least?: number
  readonly most?: number
  readonly fields?: Readonly<Record<string, OptionInfo>>
  readonly of?: readonly OptionInfo[]
  readonly schema: JsonSchema
}

/** A transform's description, as plain data. */
export interface TransformInfo {
  /** `package/Factory`. */
  readonly name: string
  readonly help: string
  readonly options: Readonly<Record<string, OptionInfo>>
  /** Options of which exactly one holds. */
  readonly alternatives: readonly string[]
  /** The option that holds steps, of a combinator. */
  readonly steps: string | undefined
  /** A step that shows what it does. */
  readonly example: StepJson
  /** The module that code imports it from. */
  readonly module: string
}

/** Every transform of the plugins, core's combinators first. */
export function catalogOf(sources: readonly PluginSource[]): readonly TransformInfo[] {
  return sources.flatMap(({ module, plugin }) =>
    plugin.map(({ definition }): TransformInfo => {
      const { name, help, options, alternatives = [] } = definition
      return {
        name,
        help,
        alternatives,
        module,
        options: plain(options) as TransformInfo['options'],
        steps: Object.keys(options).find((key) => options[key]!.type === 'transforms'),
        example: exampleStep(definition),
      }
    }),
  )
}

/** A copy of what is data; functions are left out. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([, one]) => typeof one !== 'function')
  return Object.fromEntries(kept.map(([key, one]) => [key, plain(one)]))
}
