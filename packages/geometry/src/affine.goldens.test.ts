import { describe, test } from 'vitest'
import { after, expectValues, type Golden } from '../../../tooling/goldens/volumes.ts'
import goldens from './goldens/affine.json' with { type: 'json' }

// Made by tooling/goldens/affine.py: scipy.ndimage.affine_transform over maps worked out anew in numpy.

describe.each(goldens.cases as readonly Golden[])('an Affine, $name, agrees with scipy:', (golden) => {
  test.each(golden.samples)('the $of, $interpolation with fill $fill', (sample) => {
    expectValues(after(golden, sample), sample, 0.3)
  })
})
