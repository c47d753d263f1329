import { expect, it } from 'vitest'
import { browserReader } from './browser-reader.ts'
import { crc32 } from './bytes.ts'
import { checkBytes } from './check.ts'
import { corpus } from './corpus.ts'
import { drawFor } from './draw.ts'
import { fuzzCase } from './fuzz-case.ts'
import { seedsOf } from './mutate.ts'

const seeds = seedsOf(corpus)

// In order: a slice fails as soon as it can, and says which case to run again.
it.each([0, 1, 2, 3])('three thousand mutants keep the invariants: quarter %i', async (quarter) => {
  for (let index = quarter * 750; index < (quarter + 1) * 750; index++) {
    const { flaw } = await checkBytes(fuzzCase(seeds, 1, index).bytes, [browserReader])
    expect([`npm run fuzz -- --seed 1 --case ${index}`, flaw]).toEqual([expect.anything(), undefined])
  }
})

it('a seed and a number make the same mutant everywhere', () => {
  const fixed = seedsOf([...corpus].filter(([name]) => name.startsWith('sound-')))
  const sums = Array.from({ length: 500 }, (_, index) => crc32(fuzzCase(fixed, 7, index).bytes))
  expect(crc32(new Uint8Array(Uint32Array.from(sums).buffer)).toString(16)).toMatchInlineSnapshot(`"7404fa54"`)
})

it('cases of one seed and of neighbouring ones differ', () => {
  const firsts = [0, 1, 2].flatMap((seed) => [0, 1, 2].map((index) => drawFor(seed, index).below(2 ** 32)))
  expect(new Set(firsts).size).toBe(9)
})
