import { run, volume } from '@voxaug/core'
import { describe, expect, test } from 'vitest'
import { after, expectGrid, expectValues, type Golden, make, step } from '../../../tooling/goldens/volumes.ts'
import goldens from './goldens/resize.json' with { type: 'json' }
import { Resize } from './index.ts'

// Made by tooling/goldens/resize.py: scipy.ndimage.zoom.

describe.each(goldens.cases as readonly Golden[])('Resize $name, agrees with scipy.ndimage.zoom:', (golden) => {
  test('the shape exactly and the affine to 1e-9 mm', () => {
    expectGrid(run(step(golden), make('image', golden.before), { seed: 1 }).output, golden)
  })

  test.each(golden.samples)('the $of, $interpolation with fill $fill', (sample) => {
    expectValues(after(golden, sample), sample, 0.2)
  })
})

test('shapes are those that scipy.ndimage.zoom rounds to, halves to the even number', () => {
  for (const { shape, factor, after } of goldens.shapes) {
    const data = new Uint8Array(shape[0]! * shape[1]! * shape[2]!)
    const image = volume({ data, shape, spacingMm: [1, 2, 3] })
    const { output } = run(Resize({ factor: factor as [number, number, number] }), image, { seed: 1, compute: false })
    expect(output.shape, `${shape} by ${factor}`).toEqual(after)
  }
  expect(goldens.shapes.length).toBeGreaterThan(50)
})
