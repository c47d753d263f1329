import { createRegistry, type Named, type Options } from '@voxaug/core'
import elastic from '@voxaug/elastic/plugin'
import geometry from '@voxaug/geometry/plugin'
import intensity from '@voxaug/intensity/plugin'
import { docstringOf } from './docstring.ts'
import { experimentOn } from './experiment.ts'
import { indexOf } from './index-page.ts'
import { pageOf } from './page.ts'
import { pictureOf } from './picture.ts'
import { sourceOf } from './sources.ts'
import { folder, type Written } from './store.ts'

/** The transforms that have a page. */
export const registry = createRegistry(elastic, geometry, intensity)

/** What docs/reference holds, made from the descriptions, comments and runs of all transforms. */
export function createReference(root: string): readonly Written[] {
  return [...registry.factories.flatMap((one) => filesOf(root, one)), indexFile(root)]
}

/** A transform's page and picture. */
export function filesOf(root: string, factory: Named): readonly [page: Written, picture: Written] {
  const { name } = factory.definition
  const experiment = experimentOn(factory, registry)
  const { png, caption } = pictureOf(experiment)
  const page = pageOf({ ...about(root, factory), experiment, caption, shared })
  return [text(`${name}.md`, page), { path: `${folder}/${name}.png`, bytes: png }]
}

/** The index of all pages. */
export const indexFile = (root: string): Written =>
  text(
    'README.md',
    indexOf(
      root,
      registry.factories.map((one) => ({ definition: one.definition, doc: about(root, one).doc })),
    ),
  )

function about(root: string, { definition: { name } }: Named) {
  const source = sourceOf(root, name)
  return { source, doc: docstringOf(source.code, source.path, name.replace(/^.*\//, '')) }
}

const text = (path: string, content: string): Written => ({
  path: `${folder}/${path}`,
  bytes: new TextEncoder().encode(content),
})

/** Options that are one and the same in all spatial transforms: `defineSpatial` adds them. */
const shared = sharedBy([...geometry, ...elastic])

function sharedBy([first, ...others]: readonly Named[]): Options {
  const all = Object.entries(first?.definition.options ?? {})
  return Object.fromEntries(
    all.filter(([key, option]) => others.every(({ definition }) => definition.options[key] === option)),
  )
}
