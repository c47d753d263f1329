import { describe, expect, test } from 'vitest'
import { after, expectValues, type Golden } from '../../../tooling/goldens/volumes.ts'
import goldens from './goldens/scale.json' with { type: 'json' }

// Made by tooling/goldens/scale.py: scipy.ndimage.affine_transform, as in the article where it is anchored at the corner.

describe.each(goldens.cases as readonly Golden[])('Scale $name, agrees with scipy:', (golden) => {
  test.each(golden.samples)('the $of, $interpolation with fill $fill', (sample) => {
    const moved = after(golden, sample)
    expect([moved.shape, moved.affine]).toEqual([golden.before.shape, golden.before.affine])
    expectValues(moved, sample, 0.5)
  })
})
