import { describe, test } from 'vitest'
import { expectChannels, rounding, titled } from '../../../tooling/goldens/intensities.ts'
import goldens from './goldens/zscore.json' with { type: 'json' }

// Made by tooling/goldens/zscore.py: scipy.stats.zscore.

describe('ZScore agrees with scipy.stats.zscore of ddof 0:', () => {
  test.each(titled(goldens.cases))('%s', (_, golden) => {
    // Computed in float64, and rounded once.
    expectChannels(golden, rounding)
  })
})
