import { createRegistry } from '@voxaug/core'
import { expect, test } from 'vitest'
import * as elastic from './index.ts'
import plugin from './plugin.ts'

test('the public exports are these', () => {
  expect(Object.keys(elastic).sort()).toEqual(['DisplacementField', 'ElasticDeformation', 'ElasticNoise', 'unet2015'])
})

test('the plugin has each transform, by its name in data', () => {
  expect(plugin).toEqual([elastic.DisplacementField, elastic.ElasticDeformation, elastic.ElasticNoise])
  expect(createRegistry(plugin).get('elastic/ElasticDeformation')).toBe(elastic.ElasticDeformation)
})
