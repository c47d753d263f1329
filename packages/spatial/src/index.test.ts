import { expect, test } from 'vitest'
import * as spatial from './index.ts'

test('the public exports are these', () => {
  expect(Object.keys(spatial).sort()).toEqual([
    'affineWarp',
    'composeWarps',
    'defineSpatial',
    'displacementAt',
    'fieldWarp',
    'folds',
    'inverseWarp',
    'latticeWarp',
    'overlaps',
    'pushPoints',
  ])
})
