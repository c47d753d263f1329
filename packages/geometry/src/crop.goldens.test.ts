import { run } from '@voxaug/core'
import { describe, expect, test } from 'vitest'
import { after, compare, expectGrid, type Golden, make, step } from '../../../tooling/goldens/volumes.ts'
import goldens from './goldens/crop.json' with { type: 'json' }

// Made by tooling/goldens/crop.py: numpy's slices and numpy.pad.

describe.each(goldens.cases as readonly Golden[])('$transform $name, is a slice of numpy’s', (golden) => {
  test('in shape, and world points keep their place to 1e-9 mm', () => {
    expectGrid(run(step(golden), make('image', golden.before), { seed: 1 }).output, golden)
  })

  test.each(golden.samples)('of the $of, to the bit', (sample) => {
    const others = sample.of === 'label' ? { image: make('image', golden.before) } : {}
    expect(compare(after(golden, sample, others), sample)).toEqual({ compared: sample.values.length, worst: 0 })
  })
})
