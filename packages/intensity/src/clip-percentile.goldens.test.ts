import { describe, test } from 'vitest'
import { expectChannels, rounding, titled } from '../../../tooling/goldens/intensities.ts'
import goldens from './goldens/clip-percentile.json' with { type: 'json' }

// Made by tooling/goldens/clip_percentile.py: numpy.percentile and numpy.clip.

describe('ClipPercentile agrees with numpy’s linear percentiles:', () => {
  test.each(titled(goldens.cases))('%s', (_, golden) => {
    // Computed in float64, and rounded once.
    expectChannels(golden, rounding)
  })
})
