import { describe, test } from 'vitest'
import { expectDeformed, expectPushed, type Golden } from '../../../tooling/goldens/displacements.ts'
import goldens from './goldens/elastic-deformation.json' with { type: 'json' }

// Made by tooling/goldens/elastic_deformation.py: a cubic B-spline by scipy.ndimage.map_coordinates.

describe.each(goldens.cases as readonly Golden[])('ElasticDeformation, $name, agrees with scipy:', (golden) => {
  test.each(golden.samples)('the $of, $interpolation with fill $fill', (sample) => {
    expectDeformed(golden, sample)
  })

  test('points, to 1e-5 mm', () => {
    expectPushed(golden)
  })
})
