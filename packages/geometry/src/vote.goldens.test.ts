import { describe, test } from 'vitest'
import { after, expectValues, type Golden } from '../../../tooling/goldens/volumes.ts'
import goldens from './goldens/vote.json' with { type: 'json' }

// Made by tooling/goldens/vote.py: weights of each label by scipy.ndimage.map_coordinates.

describe.each(goldens.cases as readonly Golden[])('a vote among eight neighbours, $name, is won', (golden) => {
  test.each(golden.samples)('by the label of most weight, with fill $fill', (sample) => {
    expectValues(after(golden, sample), sample, 0.5)
  })
})
