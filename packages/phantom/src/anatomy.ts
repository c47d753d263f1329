import type { Random } from '@voxaug/core'
import { createBrain } from './brain.ts'
import { createBrush } from './brush.ts'
import { cerebellumOutline } from './cerebellum.ts'
import { cerebrumOutline } from './cerebrum.ts'
import { cavity, skin } from './head.ts'
import { createOuterHead } from './outer-head.ts'
import { labels, signal } from './tissue.ts'

/** A head that can be asked what is at a point, in anatomical millimetres. */
export interface Anatomy {
  /** Looks at a point; `signal` and `label` then tell of it. */
  readonly at: (x: number, y: number, z: number) => void
  /** The noiseless signal, mixed where tissues meet. */
  readonly signal: () => number
  /** The tissue with the greatest part. */
  readonly label: () => number
  /** About how many millimetres to the skin, negative inside the head. */
  readonly skin: (x: number, y: number, z: number) => number
}

/**
 * @param edgeMm half the width over which one tissue passes into the next: half a voxel at least
 * @param lesionRadiusMm 0 for none
 */
export function createAnatomy(random: Random, edgeMm: number, lesionRadiusMm: number): Anatomy {
  const brush = createBrush(edgeMm)
  const paintOuterHead = createOuterHead(random, brush)
  const paintBrain = createBrain(random, brush, lesionRadiusMm)
  return {
    at(x, y, z) {
      brush.fill(signal.air, labels.background)
      const cerebrum = cerebrumOutline(x, y, z)
      const cerebellum = cerebellumOutline(x, y, z)
      const inCavity = cavity(x, y, z, cerebrum, cerebellum)
      if (inCavity > -edgeMm) {
        const inSkin = -skin(x, y, z, inCavity)
        if (inSkin > -edgeMm) paintOuterHead(x, y, z, inSkin, inCavity)
      }
      if (inCavity < edgeMm) paintBrain(x, y, z, cerebrum, cerebellum, inCavity)
    },
    signal: brush.signal,
    label: brush.label,
    skin: (x, y, z) => skin(x, y, z, cavity(x, y, z, cerebrumOutline(x, y, z), cerebellumOutline(x, y, z))),
  }
}
