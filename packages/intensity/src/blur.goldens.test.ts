import { describe, test } from 'vitest'
import { expectChannels, rounding, titled } from '../../../tooling/goldens/intensities.ts'
import goldens from './goldens/blur.json' with { type: 'json' }

// Made by tooling/goldens/blur.py: scipy.ndimage.gaussian_filter.

describe('Blur agrees with scipy.ndimage.gaussian_filter:', () => {
  test.each(titled(goldens.cases))('%s', (_, golden) => {
    // 1e-5 of the range before. Each of three passes is rounded, and its sums are: that is more where the range is far from 0.
    expectChannels(golden, (least, greatest, before) => 1e-5 * before + 4 * rounding(least, greatest))
  })
})
