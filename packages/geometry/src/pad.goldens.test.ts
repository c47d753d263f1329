import { arrayOf, type DType, run, volume } from '@voxaug/core'
import { describe, expect, test } from 'vitest'
import { compare, expectGrid, type Golden, make, step } from '../../../tooling/goldens/volumes.ts'
import goldens from './goldens/pad.json' with { type: 'json' }

// Made by tooling/goldens/pad.py: numpy.pad.

const dtypes = { image: ['float32', 'float64', 'int16', 'uint32'], label: ['uint8', 'int16'] } as const

describe.each(goldens.cases as readonly Golden[])('Pad by $name, is numpy.pad', (golden) => {
  test('in shape, and world points keep their place to 1e-9 mm', () => {
    expectGrid(run(step(golden), make('image', golden.before), { seed: 1 }).output, golden)
  })

  test.each(golden.samples)('of the $of with fill $fill, to the bit in every type', (sample) => {
    const { data, shape, affine, kind } = make(sample.of, golden.before, 'float64')
    // The least value of an image is 5.
    const values = data.map((x) => (kind === 'image' ? x + 5 : x))
    const transform = step(golden, { [kind === 'image' ? 'fill' : 'labelFill']: sample.fill })
    for (const dtype of dtypes[kind] as readonly DType[]) {
      const given = volume({ data: arrayOf(dtype).from(values), shape, affine, kind })
      const { output } = run(transform, given, { seed: 1 })
      expect(output.dtype).toBe(dtype)
      expect(compare(output, sample)).toEqual({ compared: sample.values.length, worst: 0 })
    }
  })
})
