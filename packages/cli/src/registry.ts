import { createRegistry, type Plugin, type Registry } from '@voxaug/core'
import elastic from '@voxaug/elastic/plugin'
import geometry from '@voxaug/geometry/plugin'
import intensity from '@voxaug/intensity/plugin'
import { fail, inFile } from './fail.ts'
import { resolveModule } from './resolve-module.ts'

/** The transforms of voxaug, and those of `--plugin`. */
export async function loadRegistry(plugins: readonly string[]): Promise<Registry> {
  const loaded: Plugin[] = [elastic, geometry, intensity]
  for (const specifier of plugins) {
    const plugin = await loadPlugin(specifier)
    // Here, so that an error names the plugin at fault.
    await inFile(specifier, () => createRegistry(...loaded, plugin))
    loaded.push(plugin)
  }
  return createRegistry(...loaded)
}

async function loadPlugin(specifier: string): Promise<Plugin> {
  const module = await inFile(
    specifier,
    async () => (await import(resolveModule(specifier, process.cwd()))) as { default?: unknown; plugin?: unknown },
  )
  const plugin = [module.default, module.plugin].find(Array.isArray)
  if (plugin) return plugin as Plugin
  const named = Object.keys(module).join(', ') || 'nothing'
  throw fail(specifier, `must export a list of transforms, as default or as plugin, got ${named}.`)
}
