import { run, type Volume, volume } from '@voxaug/core'
import { describe, expect, test } from 'vitest'
import goldens from './goldens/affine.json' with { type: 'json' }
import { Affine, AffineMatrix } from './index.ts'

// Made by tooling/goldens/affine.py: scipy.ndimage.affine_transform over maps worked out anew in numpy.

type Shape = readonly [number, number, number]

/** The same whole-number formulas as in affine.py. */
const imageAt = (i: number, j: number, k: number) =>
  (73 * i + 151 * j + 283 * k + 17 * ((i * j) % 29) + 31 * ((j * k) % 23)) % 1009
const labelAt = (i: number, j: number, k: number) => (5 * i + 3 * j + 7 * k + ((i * k) % 4)) % 13

function make(kind: 'image' | 'label', shape: Shape, affine: readonly number[]): Volume {
  const [nx, ny, nz] = shape
  const data = new (kind === 'image' ? Float32Array : Uint8Array)(nx * ny * nz)
  const value = kind === 'image' ? imageAt : labelAt
  let n = 0
  for (let k = 0; k < nz; k++) for (let j = 0; j < ny; j++) for (let i = 0; i < nx; i++) data[n++] = value(i, j, k)
  return volume({ data, shape, affine, kind })
}

const placeOf = (n: number, size: number) => (n * 2654435761 + 12345) % size

describe.each(goldens)('$name', ({ options, shape, affine, image, label, labelGrid }) => {
  const on = labelGrid ?? { shape, affine }
  const subject = {
    image: make('image', shape as unknown as Shape, affine),
    label: make('label', on.shape as unknown as Shape, on.affine),
  }
  const transform = 'matrix' in options ? AffineMatrix({ matrix: options.matrix! }) : Affine(options as object)
  const { output } = run(transform, subject, { seed: 1 })

  // float32 positions’ fractions and lerps err by less than 1e-6 of it.
  test('trilinear, to 1e-5 of the range', () => {
    let worst = 0
    for (const [n, wanted] of image.entries()) {
      if (wanted === null) continue
      worst = Math.max(worst, Math.abs(output.image.data[placeOf(n, output.image.data.length)]! - wanted))
    }
    expect(worst).toBeLessThan(1e-5 * 1008)
  })

  test('nearest, exactly', () => {
    const size = output.label.data.length
    const wrong = label.flatMap((wanted, n) =>
      wanted === null || output.label.data[placeOf(n, size)] === wanted ? [] : [n],
    )
    expect(wrong).toEqual([])
  })
})
