import { observeComputing } from '../volume.ts'

/**
 * How often voxels are computed while `work` runs, by the package that computes them: `{ spatial: 2 }` for one resampling
 * pass over each of two entries. Reading `data` counts, if nobody has read it before.
 */
export function countPasses(work: () => unknown): Readonly<Record<string, number>> {
  const counts = new Map<string, number>()
  const stop = observeComputing(({ by }) => void counts.set(by, (counts.get(by) ?? 0) + 1))
  try {
    work()
  } finally {
    stop()
  }
  return Object.fromEntries(counts)
}
