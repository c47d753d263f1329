import { arrayOf, type DType, run, type Transform, volume } from '@voxaug/core'
import { describe, expect, test } from 'vitest'
import goldens from './goldens/intensity.json' with { type: 'json' }
import { ClipRange, Gamma, ZScore } from './index.ts'

const { shape, cases } = goldens
const label = volume({ data: Uint8Array.from(goldens.label), shape, kind: 'label' })

const transforms: Readonly<Record<keyof (typeof cases)[number]['wanted'], Transform>> = {
  zscore: ZScore(),
  zscoreNonzero: ZScore({ over: 'nonzero' }),
  zscoreNonzeroSelection: ZScore({ over: 'nonzero', applyTo: 'selection' }),
  zscoreLabel: ZScore({ over: { label: 'label' } }),
  zscoreLabelSelection: ZScore({ over: { label: 'label' }, applyTo: 'selection' }),
  clip: ClipRange({ min: 0.25, max: 1000.5 }),
  brighter: Gamma({ logGamma: -0.7 }),
  darker: Gamma({ logGamma: 1.1 }),
}

// See tooling/goldens/intensity.py.
describe.each(cases)('two channels of $dtype agree with numpy and scipy:', ({ dtype, voxels, wanted }) => {
  const data = arrayOf(dtype as DType).from(voxels)
  const image = volume({ data, shape, channels: 2 })
  test.each(Object.keys(transforms) as (keyof typeof transforms)[])('%s', (name) => {
    const got = run(transforms[name], { image, label }, { seed: 0 }).output.image.data
    expect(got).toHaveLength(120)
    const values = wanted[name]
    // The power is good to 1e-6 of the range; results are rounded to float32, by at most 2^-24 of their size.
    const [low, high] = [Math.min(...values), Math.max(...values)]
    const tolerance = 1e-6 * (high - low) + 6e-8 * Math.max(-low, high)
    for (const [n, x] of values.entries()) expect(Math.abs(got[n]! - x), `voxel ${n}`).toBeLessThan(tolerance)
  })
})
