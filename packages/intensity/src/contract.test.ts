import { contract } from '@voxaug/core/testing'
import { describe, test } from 'vitest'
import { ClipRange, Gamma, Noise, ZScore } from './index.ts'

const all = [
  [
    ClipRange,
    { options: { min: -20, max: 60 }, random: false, identity: { min: -1e4, max: 1e4 }, bad: [{ min: 5, max: 4 }] },
  ],
  [
    Gamma,
    { options: {}, random: true, identity: { logGamma: 0 }, bad: [{ logGamma: [0.3, -0.3] }, { logGamma: 3.5 }] },
  ],
  [Noise, { options: { std: [1, 5] }, random: true, identity: { std: 0 }, bad: [{ std: -1 }] }],
  [ZScore, { options: { over: 'nonzero' }, random: false, bad: [{ over: 'label' }, { applyTo: 'nonzero' }] }],
] as const

for (const [factory, examples] of all) {
  describe(`${factory.definition.name} keeps the contract:`, () => {
    for (const { name, check } of contract(factory, examples)) test(name, check)
  })
}
