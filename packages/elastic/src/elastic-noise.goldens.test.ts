import { describe, test } from 'vitest'
import { expectDeformed, expectPushed, type Golden } from '../../../tooling/goldens/displacements.ts'
import goldens from './goldens/elastic-noise.json' with { type: 'json' }

// Made by tooling/goldens/elastic_noise.py: Philox by numpy, smoothed by scipy.ndimage.gaussian_filter.

describe.each(goldens.cases as readonly Golden[])(
  'ElasticNoise at every voxel, $name, agrees with scipy:',
  (golden) => {
    test.each(golden.samples)('the $of, $interpolation with fill $fill', (sample) => {
      expectDeformed(golden, sample)
    })

    test('points, to 1e-5 mm', () => {
      expectPushed(golden)
    })
  },
)
