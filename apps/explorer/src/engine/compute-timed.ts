import { type Pass, pendingOf, type Volume, type Warning } from '@voxaug/core'

/** One pass over an entry's voxels, and how long it took. */
export interface TimedPass extends Pass {
  readonly entry: string
  readonly ms: number
  /** Of all channels. */
  readonly voxels: number
}

/**
 * Computes a volume whose voxels are pending, to the same bits as ever, and times each pass: those that a later one starts from are
 * computed first.
 */
export function computeTimed(
  entry: string,
  volume: Volume,
): { passes: readonly TimedPass[]; warnings: readonly Warning[] } {
  const passes: TimedPass[] = []
  const warnings: Warning[] = []
  for (const [n, one] of chainOf(volume).entries()) {
    const started = performance.now()
    const voxels = one.data.length
    const pending = pendingOf(one)!
    passes.push({ ...pending.passes[n]!, entry, ms: performance.now() - started, voxels })
    warnings.push(...pending.warnings)
  }
  return { passes, warnings }
}

/** A volume's passes, the first one first; none where its voxels were given. */
function chainOf(volume: Volume): readonly Volume[] {
  const pending = pendingOf(volume)
  return pending ? [...chainOf(pending.source), volume] : []
}
