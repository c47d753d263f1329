import { contract } from '@voxaug/core/testing'
import { describe, test } from 'vitest'
import { Blur, ClipPercentile, ClipRange, Gamma, Noise, RescaleIntensity, ZScore } from './index.ts'

const all = [
  [Blur, { options: { sigmaMm: [0.5, 2] }, random: true, identity: { sigmaMm: 0 }, bad: [{ sigmaMm: -1 }] }],
  [
    ClipPercentile,
    {
      options: { lower: 5, upper: 90, over: 'nonzero' },
      random: false,
      identity: { lower: 0, upper: 100 },
      bad: [{ lower: 90 }, { lower: -1 }, { upper: 101 }, { over: 'label' }, { nan: 'maybe' }],
    },
  ],
  [
    RescaleIntensity,
    {
      options: { to: [-1, 2], from: 'percentiles' },
      random: false,
      bad: [{ to: [1, 0] }, { from: 'whole' }, { from: [2, 2] }, { percentiles: [50, 50] }, { percentiles: [-1, 50] }],
    },
  ],
  [
    ClipRange,
    { options: { min: -20, max: 60 }, random: false, identity: { min: -1e4, max: 1e4 }, bad: [{ min: 5, max: 4 }] },
  ],
  [
    Gamma,
    { options: {}, random: true, identity: { logGamma: 0 }, bad: [{ logGamma: [0.3, -0.3] }, { logGamma: 3.5 }] },
  ],
  [Noise, { options: { std: [1, 5] }, random: true, identity: { std: 0 }, bad: [{ std: -1 }] }],
  [ZScore, { options: { over: 'nonzero' }, random: false, bad: [{ over: 'label' }, { applyTo: 'none' }] }],
] as const

for (const [factory, examples] of all) {
  describe(`${factory.definition.name} keeps the contract:`, () => {
    for (const { name, check } of contract(factory, examples)) test(name, check)
  })
}
