import { describe, test } from 'vitest'
import { expectChannels, rounding, titled } from '../../../tooling/goldens/intensities.ts'
import goldens from './goldens/rescale-intensity.json' with { type: 'json' }

// Made by tooling/goldens/rescale_intensity.py: numpy.interp.

describe('RescaleIntensity agrees with numpy.interp and skimage:', () => {
  test.each(titled(goldens.cases))('%s', (_, golden) => {
    // Computed in float64, and rounded once.
    expectChannels(golden, rounding)
  })
})
