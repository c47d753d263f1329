import { arrayOf, run, type Volume, volume } from '@voxaug/core'
import { describe, expect, test } from 'vitest'
import { compare, makeTyped, step, type Typed, valuesOf } from '../../../tooling/goldens/volumes.ts'
import goldens from './goldens/integers.json' with { type: 'json' }

// Made by tooling/goldens/integers.py: scipy.ndimage.affine_transform of each channel.

interface Golden {
  readonly name: string
  readonly options: object
  readonly affine: readonly number[]
  readonly samples: readonly Sample[]
}

type Sample = { readonly channels: readonly (readonly (number | null)[])[] } & (
  | ({ readonly of: 'image'; readonly interpolation: string } & Typed)
  | { readonly of: 'label'; readonly dtype: Typed['dtype'] }
)

const shape = [11, 9, 7] as const
const channels = 3

function moved({ options, affine }: Golden, sample: Sample): Volume {
  const transform = { transform: 'geometry/Affine', options }
  if (sample.of === 'image') {
    const { interpolation } = sample
    return run(step(transform, { interpolation }), makeTyped(sample, { shape, affine }, channels), { seed: 1 }).output
  }
  const data = arrayOf(sample.dtype).from(valuesOf('label', shape, channels))
  return run(step(transform), volume({ data, shape, affine, channels, kind: 'label' }), { seed: 1 }).output
}

describe.each(goldens.blended as unknown as readonly Golden[])(
  'voxels between those of three channels of',
  (golden) => {
    test.each(golden.samples)('$dtype, the $of, are scipy’s', (sample) => {
      const output = moved(golden, sample)
      expect(output.dtype).toBe(sample.of === 'label' ? sample.dtype : 'float32')
      // Voxels and weights are float32: each of the few products of a sum errs by some 1e-7 of the range.
      const blends = sample.of === 'image' && sample.interpolation !== 'nearest'
      const tolerance = blends ? 1e-5 * (sample.modulo - 1) * sample.factor : 0
      for (const [channel, values] of sample.channels.entries()) {
        const { compared, worst } = compare(output, { values }, channel)
        expect(compared).toBeGreaterThan(0.4 * values.length)
        expect(worst).toBeLessThanOrEqual(tolerance)
      }
    })
  },
)

describe.each(goldens.copied as unknown as readonly Golden[])(
  'voxels of three channels that are $name, stay',
  (golden) => {
    test.each(golden.samples)('$dtype to the bit, the $of', (sample) => {
      const output = moved(golden, sample)
      expect(output.dtype).toBe(sample.dtype)
      for (const [channel, values] of sample.channels.entries())
        expect(compare(output, { values }, channel)).toEqual({ compared: values.length, worst: 0 })
    })
  },
)
