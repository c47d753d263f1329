import { run } from '@voxaug/core'
import { describe, expect, test } from 'vitest'
import { make } from '../../../tooling/goldens/volumes.ts'
import goldens from './goldens/reorient.json' with { type: 'json' }
import { Reorient } from './index.ts'

// Made by tooling/goldens/reorient.py: nibabel's as_reoriented.

describe.each(goldens.starts)('Reorient from $name', ({ before, results }) => {
  test('gives nibabel’s voxels, shape and affine for each of the 48 codes, to the bit', () => {
    const image = make('image', before, 'int16')
    for (const { to, shape, affine, data } of results) {
      const { output } = run(Reorient({ to }), image, { seed: 1 })
      expect({ to, shape: output.shape, data: [...output.data] }).toEqual({ to, shape, data })
      // A zero has no sign that means anything.
      expect(output.affine.map((x) => x + 0)).toEqual(affine.map((x) => x + 0))
    }
    expect(results.length).toBe(48)
  })
})
