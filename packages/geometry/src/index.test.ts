import { expect, test } from 'vitest'
import * as geometry from './index.ts'
import plugin from './plugin.ts'

test('the public exports are the transforms of the plugin', () => {
  expect(Object.keys(geometry).sort()).toEqual(['Affine', 'AffineMatrix', 'Crop', 'Flip'])
  expect(plugin.map(({ definition }) => definition.name)).toEqual(
    Object.keys(geometry)
      .sort()
      .map((name) => `geometry/${name}`),
  )
})
