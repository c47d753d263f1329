import { volume } from '@voxaug/core'
import { contract, obliqueGrid, smoothNoise } from '@voxaug/core/testing'
import { describe, test } from 'vitest'
import { DisplacementField, ElasticDeformation, ElasticNoise } from './index.ts'

/** Smooth displacements of up to a mm, on a grid of their own. */
const field = () => {
  const grid = obliqueGrid([11, 12, 9], [2.6, 2.4, 3.5], [-12, -20, 8])
  const parts = [1, 2, 3].map((seed) => smoothNoise(grid, seed).data)
  return { field: volume({ ...grid, data: Float32Array.from(parts.flatMap((part) => [...part])), channels: 3 }) }
}

const all = [
  [
    ElasticDeformation,
    {
      options: { controlPoints: 6, maxDisplacementMm: 1 },
      random: true,
      identity: { maxDisplacementMm: 0 },
      bad: [
        { controlPoints: 3 },
        { maxDisplacementMm: -1 },
        { lockedBorders: 3 },
        { controlPoints: 4, lockedBorders: 2 },
        { displacementMm: 1 },
      ],
    },
  ],
  [
    ElasticNoise,
    {
      options: { alpha: [20, 60], sigmaMm: 4, noise: 'full' },
      random: true,
      identity: { alpha: 0, sigmaMm: 4 },
      slice: { alpha: 3, sigmaMm: 4, noise: 'full' },
      bad: [{ alpha: -1 }, { sigmaMm: 0 }, { sigmaMm: undefined }, { sigmaVoxels: 2 }, { noise: 'some' }],
    },
  ],
  [
    ElasticNoise,
    {
      options: { alpha: [100, 200], sigmaVoxels: [6, 7, 6.5] },
      random: true,
      bad: [],
      slice: { alpha: 100, sigmaVoxels: 6 },
    },
  ],
  [
    DisplacementField,
    { options: { entry: 'field' }, random: false, bad: [{ entry: '' }, { entry: ['field'] }], entries: field },
  ],
] as const

for (const [factory, examples] of all) {
  describe(`${factory.definition.name} keeps the contract, with ${JSON.stringify(examples.options)}:`, () => {
    for (const { name, check } of contract(factory, examples)) test(name, check)
  })
}
