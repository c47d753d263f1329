import others from 'virtual:plugins'
import { Compose, OneOf, type Plugin, RandomApply, SomeOf } from '@voxaug/core'
import elastic from '@voxaug/elastic/plugin'
import geometry from '@voxaug/geometry/plugin'
import intensity from '@voxaug/intensity/plugin'

/** Transforms, and the module that code imports them from. */
export interface PluginSource {
  readonly module: string
  readonly plugin: Plugin
}

/** All that the explorer knows: ours, and those that it was started with. */
export const plugins: readonly PluginSource[] = [
  { module: '@voxaug/core', plugin: [Compose, OneOf, SomeOf, RandomApply] },
  { module: '@voxaug/geometry', plugin: geometry },
  { module: '@voxaug/elastic', plugin: elastic },
  { module: '@voxaug/intensity', plugin: intensity },
  ...others,
]
