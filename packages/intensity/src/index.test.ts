import { createRegistry } from '@voxaug/core'
import { expect, test } from 'vitest'
import * as intensity from './index.ts'
import plugin from './plugin.ts'

test('the public exports are these', () => {
  expect(Object.keys(intensity).sort()).toMatchInlineSnapshot(`
    [
      "Blur",
      "ClipPercentile",
      "ClipRange",
      "Gamma",
      "Noise",
      "RescaleIntensity",
      "ZScore",
      "defineIntensity",
      "enqueue",
      "selectionOf",
    ]
  `)
})

test('the plugin has each transform, by its name in data', () => {
  const { Blur, ClipPercentile, ClipRange, Gamma, Noise, RescaleIntensity, ZScore } = intensity
  expect(plugin).toEqual([Blur, ClipPercentile, ClipRange, Gamma, Noise, RescaleIntensity, ZScore])
  expect(createRegistry(plugin).get('intensity/ZScore')).toBe(ZScore)
  for (const { definition } of plugin) expect(definition.name).toMatch(/^intensity\//)
})
