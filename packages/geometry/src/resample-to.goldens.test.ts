import { volume } from '@voxaug/core'
import { describe, expect, test } from 'vitest'
import { after, expectValues, type Golden } from '../../../tooling/goldens/volumes.ts'
import goldens from './goldens/resample-to.json' with { type: 'json' }

// Made by tooling/goldens/resample_to.py: nibabel.processing.resample_from_to.

describe.each(goldens.cases as readonly Golden[])('ResampleTo $name, agrees with nibabel:', (golden) => {
  const { shape, affine } = golden.after
  const target = volume({ data: new Uint8Array(shape[0]! * shape[1]! * shape[2]!), shape, affine, kind: 'label' })

  test.each(golden.samples)('the $of, $interpolation with fill $fill', (sample) => {
    const moved = after(golden, sample, { target })
    expect([moved.shape, moved.affine]).toEqual([shape, affine])
    expectValues(moved, sample, 0.3)
  })
})
