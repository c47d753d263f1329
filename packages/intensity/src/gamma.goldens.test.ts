import { describe, test } from 'vitest'
import { expectChannels, rounding, titled } from '../../../tooling/goldens/intensities.ts'
import goldens from './goldens/gamma.json' with { type: 'json' }

// Made by tooling/goldens/gamma.py: numpy.power.

describe('Gamma agrees with the power by numpy:', () => {
  test.each(titled(goldens.cases))('%s', (_, golden) => {
    // The power is good to 1e-6 of the range; the result is rounded.
    expectChannels(golden, (least, greatest) => 1e-6 * (greatest - least) + rounding(least, greatest))
  })
})
