import { describe, test } from 'vitest'
import { expectChannels, rounding, titled } from '../../../tooling/goldens/intensities.ts'
import goldens from './goldens/clip-range.json' with { type: 'json' }

// Made by tooling/goldens/clip_range.py: numpy.clip.

describe('ClipRange agrees with numpy.clip:', () => {
  test.each(titled(goldens.cases))('%s', (_, golden) => {
    // Computed in float64, and rounded once.
    expectChannels(golden, rounding)
  })
})
