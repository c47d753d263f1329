import { describe, expect, test } from 'vitest'
import { after, expectValues, type Golden } from '../../../tooling/goldens/volumes.ts'
import goldens from './goldens/shift.json' with { type: 'json' }

// Made by tooling/goldens/shift.py: scipy.ndimage.shift.

describe.each(goldens.cases as readonly Golden[])('Shift $name, agrees with scipy:', (golden) => {
  test.each(golden.samples)('the $of, $interpolation with fill $fill', (sample) => {
    const moved = after(golden, sample)
    expect([moved.shape, moved.affine]).toEqual([golden.before.shape, golden.before.affine])
    expectValues(moved, sample, 0.5)
  })
})
