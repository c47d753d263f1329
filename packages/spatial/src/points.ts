import { transformPoint, type Vec3, VoxaugError } from '@voxaug/core'
import { displacementAt } from './displacement.ts'
import { folds } from './folding.ts'
import type { LatticePart, Warp } from './warp.ts'

/** How near, in mm, a point pushed through comes to its place. */
const precision = 1e-6
const mostSteps = 1000

/**
 * Where a warp takes anatomy that was at each position, in world mm.
 * @param transform whose warp it is, for errors
 * @throws VoxaugError `folding` where a displacement folds space, or is too steep to be followed
 */
export function pushPoints(warp: Warp, positions: readonly Vec3[], transform?: string): readonly Vec3[] {
  assertInvertible(warp, 'push', transform)
  return positions.map((position) =>
    warp.reduce<Vec3>((p, part) => {
      if (part.type === 'affine') return transformPoint(part.matrix, p)
      return part.inverse ? pull(part, p) : pushThrough(part, p, transform)
    }, position),
  )
}

/** Where out(p) is taken from: p + d(p). */
function pull(lattice: LatticePart, p: Vec3): Vec3 {
  const d = displacementAt(lattice, p)
  return [p[0] + d[0], p[1] + d[1], p[2] + d[2]]
}

/** The p with p + d(p) = q, by fixed point: p ← p + (q − p − d(p)), a part of it where the whole overshoots. */
function pushThrough(lattice: LatticePart, q: Vec3, transform: string | undefined): Vec3 {
  let p = q
  let missing: Vec3 = [0, 0, 0]
  let least = Infinity
  let part = 1
  for (let n = 0; n < mostSteps; n++) {
    const next: Vec3 = [p[0] + part * missing[0], p[1] + part * missing[1], p[2] + part * missing[2]]
    const there = pull(lattice, next)
    const left: Vec3 = [q[0] - there[0], q[1] - there[1], q[2] - there[2]]
    const error = Math.abs(left[0]) + Math.abs(left[1]) + Math.abs(left[2])
    if (error < least) {
      p = next
      missing = left
      least = error
      part = Math.min(1, part * 1.25)
    } else part /= 2
    if (least < precision) return p
  }
  throw new VoxaugError(
    'folding',
    'the displacement is too steep here to follow a point through it; use smaller displacements or fewer control points.',
    { transform },
  )
}

/**
 * Throws where a displacement folds space and its inverse would be sampled or solved for.
 * @param way `push` for moving points by the warp, `pull` for sampling voxels by it
 */
export function assertInvertible(warp: Warp, way: 'push' | 'pull', transform?: string): void {
  for (const part of warp) {
    if (part.type === 'lattice' && part.inverse === (way === 'pull') && folds(part)) {
      throw new VoxaugError(
        'folding',
        'the displacement folds space, so points and inverses have no answer; use smaller displacements or fewer control points.',
        { transform },
      )
    }
  }
}
