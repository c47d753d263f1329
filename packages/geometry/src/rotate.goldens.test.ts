import { run, volume } from '@voxaug/core'
import { describe, expect, test } from 'vitest'
import { after, expectGrid, expectValues, type Golden, make, step } from '../../../tooling/goldens/volumes.ts'
import goldens from './goldens/rotate.json' with { type: 'json' }
import { Rotate } from './index.ts'

// Made by tooling/goldens/rotate.py: scipy.ndimage.rotate, and affine_transform where voxels are not cubes or axes oblique.

describe.each(goldens.cases as readonly Golden[])('Rotate $name, agrees with scipy:', (golden) => {
  test('the shape exactly and the affine to 1e-9 mm', () => {
    expectGrid(run(step(golden), make('image', golden.before), { seed: 1 }).output, golden)
  })

  test.each(golden.samples)('the $of, $interpolation with fill $fill', (sample) => {
    expectValues(after(golden, sample), sample, 0.4)
  })
})

test('an expanded grid has the shape of scipy.ndimage.rotate with reshape', () => {
  for (const { shape, degrees, after } of goldens.shapes) {
    const data = new Uint8Array(shape[0]! * shape[1]! * shape[2]!)
    const image = volume({ data, shape, spacingMm: [1.25, 1.25, 1.25] })
    const turn = Rotate({ degrees: degrees as [number, number, number], expand: true })
    const { output } = run(turn, image, { seed: 1, compute: false })
    expect(output.shape, `${shape} by ${degrees}`).toEqual(after)
  }
  expect(goldens.shapes.length).toBeGreaterThan(50)
})
