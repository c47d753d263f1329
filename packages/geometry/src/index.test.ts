import { expect, test } from 'vitest'
import * as geometry from './index.ts'
import plugin from './plugin.ts'

const names = [
  'Affine',
  'AffineMatrix',
  'Conform',
  'Crop',
  'CropOrPad',
  'CropToForeground',
  'Flip',
  'Pad',
  'PadToMultiple',
  'Reorient',
  'Resample',
  'ResampleTo',
  'Resize',
  'Rotate',
  'Scale',
  'Shift',
]

test('the public exports are the transforms of the plugin', () => {
  expect(Object.keys(geometry).sort()).toEqual(names)
  expect(plugin.map(({ definition }) => definition.name)).toEqual(
    Object.keys(geometry)
      .sort()
      .map((name) => `geometry/${name}`),
  )
})
