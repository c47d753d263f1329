import { run } from '@voxaug/core'
import { describe, test } from 'vitest'
import { after, expectGrid, expectValues, type Golden, make, step } from '../../../tooling/goldens/volumes.ts'
import goldens from './goldens/conform.json' with { type: 'json' }

// Made by tooling/goldens/conform.py: nibabel.processing.conform.

describe.each(goldens.cases as readonly Golden[])('Conform $name, agrees with nibabel:', (golden) => {
  test('the shape exactly and the affine to 1e-9 mm', () => {
    expectGrid(run(step(golden), make('image', golden.before), { seed: 1 }).output, golden)
  })

  test.each(golden.samples)('the $of, $interpolation with fill $fill', (sample) => {
    expectValues(after(golden, sample), sample, 0.3)
  })
})
