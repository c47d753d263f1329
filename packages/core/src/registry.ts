import { Compose, OneOf, RandomApply, SomeOf } from './combinators.ts'
import { show, VoxaugError } from './error.ts'
import type { Named, Plugin } from './transform.ts'

/** The transforms that names in data may mean. */
export interface Registry {
  get(name: string): Named | undefined
  /** All of them, sorted by name. */
  readonly factories: readonly Named[]
}

/**
 * A registry of core's combinators and the plugins' transforms: `createRegistry(geometry, intensity)`.
 * @throws VoxaugError `duplicate-transform` when two transforms have one name, `invalid-plugin` for what is no list of factories
 */
export function createRegistry(...plugins: readonly Plugin[]): Registry {
  const named = new Map<string, Named>()
  for (const plugin of [[Compose, OneOf, RandomApply, SomeOf], ...plugins]) {
    if (!Array.isArray(plugin))
      throw new VoxaugError('invalid-plugin', `a plugin must be a list of transforms, got ${show(plugin)}.`, {
        received: plugin,
      })
    for (const factory of plugin) {
      const name = (factory as Named | undefined)?.definition?.name
      if (typeof name !== 'string' || !/^[a-z0-9@._-]{1,64}\/[A-Za-z0-9]{1,64}$/.test(name)) {
        throw new VoxaugError(
          'invalid-plugin',
          `a plugin's transforms must be named package/Factory, got ${show(name)}.`,
          { received: factory },
        )
      }
      const known = named.get(name)
      if (known && known !== factory)
        throw new VoxaugError('duplicate-transform', `two transforms are named ${name}.`, { transform: name })
      named.set(name, factory)
    }
  }
  const factories = [...named.values()].sort((a, b) => (a.definition.name < b.definition.name ? -1 : 1))
  return { get: (name) => named.get(name), factories }
}
