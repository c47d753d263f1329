import { contract } from '@voxaug/core/testing'
import { test } from 'vitest'
import { ElasticDeformation } from './index.ts'

const cases = contract(ElasticDeformation, {
  options: { controlPoints: 6, maxDisplacementMm: 1 },
  random: true,
  identity: { maxDisplacementMm: 0 },
  bad: [{ controlPoints: 3 }, { maxDisplacementMm: -1 }, { lockedBorders: 3 }, { controlPoints: 4, lockedBorders: 2 }],
})
for (const { name, check } of cases) test(name, check)
