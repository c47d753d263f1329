import { smoothStep } from './shapes.ts'
import { labels, signal } from './tissue.ts'

/** What is at the point in hand, painted tissue over tissue. */
export interface Brush {
  /** Half the width over which one tissue passes into the next. */
  readonly edgeMm: number
  /** Begins a point: a tissue everywhere. */
  readonly fill: (tissue: number, label: number) => void
  /** Covers what is there by a tissue as far as the point lies inside it, by its signed distance. */
  readonly cover: (distance: number, tissue: number, label: number) => void
  /** Dims what is there. */
  readonly dim: (factor: number) => void
  readonly signal: () => number
  readonly label: () => number
}

export function createBrush(edgeMm: number): Brush {
  // An array, because engines box the numbers that closures share.
  const here = Float64Array.of(signal.air, labels.background)
  return {
    edgeMm,
    fill(tissue, label) {
      here[0] = tissue
      here[1] = label
    },
    cover(distance, tissue, label) {
      if (distance >= edgeMm) return
      const part = smoothStep(edgeMm, -edgeMm, distance)
      here[0]! += (tissue - here[0]!) * part
      if (part > 0.5) here[1] = label
    },
    dim(factor) {
      here[0]! *= factor
    },
    signal: () => here[0]!,
    label: () => here[1]!,
  }
}
