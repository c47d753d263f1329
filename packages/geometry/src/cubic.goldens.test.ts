import { describe, test } from 'vitest'
import { after, expectValues, type Golden } from '../../../tooling/goldens/volumes.ts'
import goldens from './goldens/cubic.json' with { type: 'json' }

// Made by tooling/goldens/cubic.py: scipy.ndimage.affine_transform of order 3.

describe.each(goldens.cases as readonly Golden[])('a cubic Affine, $name,', (golden) => {
  test.each(golden.samples)('agrees with scipy strictly inside the grid', (sample) => {
    expectValues(after(golden, sample), sample, 0.6)
  })
})
