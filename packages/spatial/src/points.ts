import { transformPoint, type Vec3, VoxaugError } from '@voxaug/core'
import { displacementAt } from './displacement.ts'
import { folds } from './folding.ts'
import type { FieldPart, LatticePart, Warp } from './warp.ts'

/** How near, in mm, a point pushed through comes to its place. */
const precision = 1e-6
const mostSteps = 100

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
function pull(part: LatticePart | FieldPart, p: Vec3): Vec3 {
  const d = displacementAt(part, p)
  return [p[0] + d[0], p[1] + d[1], p[2] + d[2]]
}

/**
 * The p with p + d(p) = q: by fixed point, p ← p + what is missing, while that gains; where the field is too steep for it, by
 * Newton's method, with slopes from differences and steps halved until they gain.
 */
function pushThrough(part: LatticePart | FieldPart, q: Vec3, transform: string | undefined): Vec3 {
  const miss = (p: Vec3): Vec3 => {
    const there = pull(part, p)
    return [q[0] - there[0], q[1] - there[1], q[2] - there[2]]
  }
  let p = q
  let missing = miss(p)
  let newton = false
  for (let n = 0; n < mostSteps; n++) {
    const best = sizeOf(missing)
    if (best < precision) return p
    let step = newton ? solve(slopesOf(miss, p), missing) : missing
    let next = add(p, step)
    let left = miss(next)
    for (let halvings = 0; newton && halvings < 20 && !(sizeOf(left) < best); halvings++) {
      step = [step[0] / 2, step[1] / 2, step[2] / 2]
      next = add(p, step)
      left = miss(next)
    }
    newton ||= !(sizeOf(left) < 0.7 * best)
    if (sizeOf(left) < best) {
      p = next
      missing = left
    }
  }
  throw new VoxaugError(
    'folding',
    'the displacement is too steep here to follow a point through it; use smaller displacements or fewer control points.',
    { transform },
  )
}

const sizeOf = (v: Vec3) => Math.abs(v[0]) + Math.abs(v[1]) + Math.abs(v[2])
const add = (p: Vec3, s: Vec3): Vec3 => [p[0] + s[0], p[1] + s[1], p[2] + s[2]]

/** The columns of how p + d(p) changes with p, over a difference of a five-hundredth of a mm. */
function slopesOf(miss: (p: Vec3) => Vec3, p: Vec3): readonly [Vec3, Vec3, Vec3] {
  const half = 1 / 1024
  const column = (h: Vec3): Vec3 => {
    const before = miss([p[0] - h[0], p[1] - h[1], p[2] - h[2]])
    const after = miss(add(p, h))
    return [
      (before[0] - after[0]) / (2 * half),
      (before[1] - after[1]) / (2 * half),
      (before[2] - after[2]) / (2 * half),
    ]
  }
  return [column([half, 0, 0]), column([0, half, 0]), column([0, 0, half])]
}

/** Cramer's rule. */
function solve([a, b, c]: readonly [Vec3, Vec3, Vec3], v: Vec3): Vec3 {
  const det = (x: Vec3, y: Vec3, z: Vec3) =>
    x[0] * (y[1] * z[2] - y[2] * z[1]) - y[0] * (x[1] * z[2] - x[2] * z[1]) + z[0] * (x[1] * y[2] - x[2] * y[1])
  const d = det(a, b, c)
  return [det(v, b, c) / d, det(a, v, c) / d, det(a, b, v) / d]
}

/**
 * Throws where a displacement folds space and its inverse would be sampled or solved for.
 * @param way `push` for moving points by the warp, `pull` for sampling voxels by it
 */
export function assertInvertible(warp: Warp, way: 'push' | 'pull', transform?: string): void {
  for (const part of warp) {
    if (part.type !== 'affine' && part.inverse === (way === 'pull') && folds(part)) {
      throw new VoxaugError(
        'folding',
        'the displacement folds space, so points and inverses have no answer; use smaller displacements or fewer control points.',
        { transform },
      )
    }
  }
}
