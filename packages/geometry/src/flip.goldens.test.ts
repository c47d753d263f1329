import { run } from '@voxaug/core'
import { describe, expect, test } from 'vitest'
import { after, compare, type Golden, make, step } from '../../../tooling/goldens/volumes.ts'
import goldens from './goldens/flip.json' with { type: 'json' }

// Made by tooling/goldens/flip.py: numpy.flip.

describe.each(goldens.cases as readonly Golden[])('Flip $name, is numpy.flip', (golden) => {
  test.each(golden.samples)('of the $of, to the bit', (sample) => {
    const { compared, worst } = compare(after(golden, sample), sample)
    expect({ compared, worst }).toEqual({ compared: 100, worst: 0 })
  })

  test('of whole numbers, which stay such', () => {
    const { output } = run(step(golden), make('image', golden.before, 'int16'), { seed: 1 })
    expect(output.dtype).toBe('int16')
    expect(compare(output, golden.samples[0]!)).toEqual({ compared: 100, worst: 0 })
  })
})
