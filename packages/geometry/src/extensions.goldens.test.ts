import { describe, test } from 'vitest'
import { after, expectValues, type Golden } from '../../../tooling/goldens/volumes.ts'
import goldens from './goldens/extensions.json' with { type: 'json' }

// Made by tooling/goldens/extensions.py: scipy.ndimage.affine_transform with modes, within the grid and beyond.

describe.each(goldens.cases as readonly Golden[])('what lies beyond a volume, $name, agrees with scipy:', (golden) => {
  test.each(golden.samples)('the $of, $interpolation, extended by $fill', (sample) => {
    expectValues(after(golden, sample), sample, 0.9)
  })
})
