import { run } from '@voxaug/core'
import { describe, expect, test } from 'vitest'
import { after, expectGrid, expectValues, type Golden, make, step } from '../../../tooling/goldens/volumes.ts'
import goldens from './goldens/resample.json' with { type: 'json' }

// Made by tooling/goldens/resample.py: nibabel.processing.resample_to_output, or a grid worked out by hand and scipy.

describe.each(goldens.cases as readonly Golden[])('Resample $name, agrees with nibabel:', (golden) => {
  test('the shape exactly and the affine to 1e-9 mm', () => {
    expectGrid(run(step(golden), make('image', golden.before), { seed: 1 }).output, golden)
  })

  test.each(golden.samples)('the $of, $interpolation with fill $fill', (sample) => {
    expectValues(after(golden, sample), sample, 0.3)
  })
})

test('along the world’s axes, shapes are those of nibabel.spaces.vox2out_vox', () => {
  for (const { shape, affine, spacingMm, after } of goldens.shapes) {
    const image = make('image', { shape, affine })
    const transform = step({ transform: 'geometry/Resample', options: { spacingMm, axes: 'world' } })
    const { output } = run(transform, image, { seed: 1, compute: false })
    expect(output.shape, `${shape} of ${affine} to ${spacingMm}`).toEqual(after)
  }
  expect(goldens.shapes.length).toBe(60)
})
