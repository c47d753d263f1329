import type { Lattice, Matrix, Shape, Stage, Vec3 } from './stage.ts'

/** The resampling pass once more, readable and in float64: what the kernel is held against in tests. It is not exported. */
export interface Path {
  /** Where in the source, clamped to its outer voxel centres; or the stage whose fill it takes. */
  readonly place: Vec3 | undefined
  readonly leaves: number | undefined
  /** How far, in voxels, the nearest decision between inside and outside was. */
  readonly margin: number
}

/** How far beyond its outer voxel centres a box reaches: half a voxel, and 2^-20 for rounding. */
const reachOut = 0.5 + 2 ** -20

/** Follows an index on the first stage's grid to the source. */
export function follow(stages: readonly Stage[], index: Vec3): Path {
  let at = index
  let margin = Infinity
  for (const [n, { matrix, lattice, box }] of stages.entries()) {
    const straight = apply(matrix, at)
    const moved = !lattice
      ? straight
      : lattice.inverse
        ? undo(lattice, straight)
        : add(straight, displacement(lattice, apply(lattice.toLattice, at)))
    if (box[0] === 0) {
      at = moved
      continue
    }
    for (const axis of [0, 1, 2] as const)
      margin = Math.min(margin, Math.abs(moved[axis] + reachOut), Math.abs(moved[axis] - (box[axis] - 1 + reachOut)))
    if (moved.some((x, axis) => x < -reachOut || x > box[axis]! - 1 + reachOut))
      return { place: undefined, leaves: n, margin }
    at = moved.map((x, axis) => Math.min(box[axis]! - 1, Math.max(0, x))) as unknown as Vec3
  }
  return { place: at, leaves: undefined, margin }
}

/** The trilinear interpolation of a volume at a place inside. */
export function linearAt(source: ArrayLike<number>, shape: Shape, place: Vec3): number {
  const low = place.map(Math.floor) as unknown as Vec3
  let sum = 0
  for (let corner = 0; corner < 8; corner++) {
    let weight = 1
    const index = low.map((floor, axis) => {
      const t = place[axis]! - floor
      const next = corner & (1 << axis)
      weight *= next ? t : 1 - t
      return next ? floor + 1 : floor
    }) as unknown as Vec3
    if (weight > 0) sum += weight * source[voxelAt(shape, index)]!
  }
  return sum
}

/** The voxel nearest to a place, ⌊x + ½⌋. */
export const nearestAt = (source: ArrayLike<number>, shape: Shape, place: Vec3): number =>
  source[voxelAt(shape, place.map((x, axis) => Math.min(shape[axis]! - 1, Math.floor(x + 0.5))) as unknown as Vec3)]!

export const voxelAt = ([nx, ny]: Shape, [i, j, k]: Vec3): number => i + nx * (j + ny * k)

/** Σ B³(u − i) B³(v − j) B³(w − k) · node over the nodes of a lattice, 64 of which have a weight. */
export function displacement({ shape: [mx, my, mz], nodes }: Lattice, [u, v, w]: Vec3): Vec3 {
  const sum: [number, number, number] = [0, 0, 0]
  const near = (x: number, m: number) =>
    Array.from({ length: 4 }, (_, n) => Math.floor(x) - 1 + n).filter((i) => i >= 0 && i < m)
  for (const k of near(w, mz)) {
    for (const j of near(v, my)) {
      for (const i of near(u, mx)) {
        const weight = spline(u - i) * spline(v - j) * spline(w - k)
        for (const axis of [0, 1, 2] as const) sum[axis] += weight * nodes[4 * (i + mx * (j + my * k)) + axis]!
      }
    }
  }
  return sum
}

/** The uniform cubic B-spline. */
function spline(x: number): number {
  const t = Math.abs(x)
  if (t >= 2) return 0
  return t >= 1 ? ((2 - t) * (2 - t) * (2 - t)) / 6 : 2 / 3 - t * t + (t * t * t) / 2
}

/** The r with r + d(r) = target, where the displacement shrinks distances. */
function undo(lattice: Lattice, target: Vec3): Vec3 {
  let r = target
  for (;;) {
    const [x, y, z] = displacement(lattice, apply(lattice.toLattice, r))
    const next = add(target, [-x, -y, -z])
    const change = Math.abs(next[0] - r[0]) + Math.abs(next[1] - r[1]) + Math.abs(next[2] - r[2])
    r = next
    if (change < 1e-12) return r
  }
}

export const apply = (m: Matrix, [x, y, z]: Vec3): Vec3 =>
  [0, 4, 8].map((row) => m[row]! * x + m[row + 1]! * y + m[row + 2]! * z + m[row + 3]!) as unknown as Vec3

const add = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
