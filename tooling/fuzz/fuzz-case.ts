import type { Bytes } from './bytes.ts'
import { drawFor } from './draw.ts'
import { mutate, type Seed } from './mutate.ts'

/** The case of that number under a seed: the same bytes for the same corpus, everywhere. */
export const fuzzCase = (
  seeds: readonly Seed[],
  seed: number,
  index: number,
): { readonly bytes: Bytes; readonly from: string } => mutate(seeds, drawFor(seed, index))
