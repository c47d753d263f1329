import { expect, test } from 'vitest'
import { computeHashes, groups } from './hash.ts'
import known from './hashes.json' with { type: 'json' }

test('nothing is hashed that is not compared, and the other way round', () => {
  expect(Object.keys(known)).toEqual(groups)
})

// To change them on purpose: npm run hashes -- --write, and tell users in the changeset that results change.
test.each(groups)(
  'the same pipeline, seed and key give the committed voxels to the bit: %s',
  async (group) => {
    expect(await computeHashes(group)).toEqual(known[group as keyof typeof known])
  },
  60_000,
) // Dozens of runs on one of several busy cores.
