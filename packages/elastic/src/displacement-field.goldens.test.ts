import { arrayOf, type DType, volume } from '@voxaug/core'
import { describe, test } from 'vitest'
import { expectDeformed, expectPushed, type Golden } from '../../../tooling/goldens/displacements.ts'
import type { GridJson } from '../../../tooling/goldens/volumes.ts'
import goldens from './goldens/displacement-field.json' with { type: 'json' }

// Made by tooling/goldens/displacement_field.py: scipy.ndimage.map_coordinates.

interface Given extends Golden {
  /** The field, in 256ths of a millimetre: along x at all voxels, then along y and z. */
  readonly given: GridJson & { readonly values256: readonly number[] }
}

describe.each(goldens.cases as readonly Given[])('DisplacementField $name, agrees with scipy:', (golden) => {
  const { values256, ...grid } = golden.given
  const field = (dtype: DType) =>
    volume({ ...grid, data: arrayOf(dtype).from(values256.map((x) => x / 256)), channels: 3 })

  test.each(golden.samples)('the $of, $interpolation with fill $fill', (sample) => {
    for (const dtype of ['float32', 'float64'] as const) expectDeformed(golden, sample, { field: field(dtype) })
  })

  test('points, to 1e-5 mm', () => {
    expectPushed(golden, { field: field('float32') })
  })
})
