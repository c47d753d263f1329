import {
  type Extension,
  extendedIndex,
  type Field,
  isField,
  type Lattice,
  type Matrix,
  type Shape,
  type Stage,
  type Vec3,
} from './stage.ts'

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

/** Follows an index on the first stage's grid to the source; with `unclamped`, the last stage leaves its point where it is. */
export function follow(
  stages: readonly Stage[],
  index: Vec3,
  unclamped: 'none' | 'inside' | 'everywhere' = 'none',
): Path {
  let at = index
  let margin = Infinity
  for (const [n, { matrix, displacement, box }] of stages.entries()) {
    const straight = apply(matrix, at)
    const moved = !displacement
      ? straight
      : displacement.inverse
        ? undo(displacement, straight)
        : add(straight, displacementAt(displacement, apply(displacement.toDisplacement, at)))
    const last = n === stages.length - 1
    if (box[0] === 0 || (last && unclamped === 'everywhere')) {
      at = moved
      continue
    }
    for (const axis of [0, 1, 2] as const)
      margin = Math.min(margin, Math.abs(moved[axis] + reachOut), Math.abs(moved[axis] - (box[axis] - 1 + reachOut)))
    if (moved.some((x, axis) => x < -reachOut || x > box[axis]! - 1 + reachOut))
      return { place: undefined, leaves: n, margin }
    at =
      last && unclamped === 'inside'
        ? moved
        : (moved.map((x, axis) => Math.min(box[axis]! - 1, Math.max(0, x))) as unknown as Vec3)
  }
  return { place: at, leaves: undefined, margin }
}

/** A voxel of a source that goes on beyond itself. */
export type At = (index: Vec3) => number

/** A source that goes on by one of the extensions, or by a number. */
export function extended(source: ArrayLike<number>, shape: Shape, beyond: Extension | number): At {
  return (index) => {
    if (typeof beyond !== 'number')
      return source[voxelAt(shape, index.map((i, axis) => extendedIndex(beyond, i, shape[axis]!)) as unknown as Vec3)]!
    return index.some((i, axis) => i < 0 || i >= shape[axis]!) ? beyond : source[voxelAt(shape, index)]!
  }
}

/** Calls `visit` with the eight neighbours of a place and their trilinear weights. */
function neighbours(place: Vec3, visit: (index: Vec3, weight: number) => void): void {
  const low = place.map(Math.floor) as unknown as Vec3
  for (let corner = 0; corner < 8; corner++) {
    let weight = 1
    const index = low.map((floor, axis) => {
      const t = place[axis]! - floor
      const next = corner & (1 << axis)
      weight *= next ? t : 1 - t
      return next ? floor + 1 : floor
    }) as unknown as Vec3
    if (weight > 0) visit(index, weight)
  }
}

/** The trilinear interpolation at any place. */
export function linearIn(at: At, place: Vec3): number {
  let sum = 0
  neighbours(place, (index, weight) => {
    sum += weight * at(index)
  })
  return sum
}

/** The label with the most weight among the eight neighbours; undefined where two are as good as equal. */
export function voteIn(at: At, place: Vec3): number | undefined {
  const weights = new Map<number, number>()
  neighbours(place, (index, weight) => weights.set(at(index), (weights.get(at(index)) ?? 0) + weight))
  const [first, second] = [...weights].sort((a, b) => b[1] - a[1])
  return second && first![1] - second[1] < 1e-5 ? undefined : first![0]
}

/**
 * The value at a place of the cubic B-spline through a source, in float64: its coefficients are the samples, convolved along
 * each axis with √3 · (√3 − 2)^|m|, which undoes the spline's own (1, 4, 1) / 6.
 */
export function cubicIn(at: At, place: Vec3): number {
  const undo = Array.from({ length: 21 }, () => Math.sqrt(3))
  for (let m = 1; m < undo.length; m++) undo[m] = undo[m - 1]! * (Math.sqrt(3) - 2)
  const taps = place.map((x) => {
    const floor = Math.floor(x)
    const weights = new Map<number, number>()
    for (let n = floor - 1; n <= floor + 2; n++) {
      for (let m = -20; m <= 20; m++) {
        const weight = spline(x - n) * undo[Math.abs(m)]!
        if (Math.abs(weight) > 1e-12) weights.set(n + m, (weights.get(n + m) ?? 0) + weight)
      }
    }
    return [...weights]
  }) as [[number, number][], [number, number][], [number, number][]]
  let sum = 0
  for (const [k, wz] of taps[2])
    for (const [j, wy] of taps[1]) {
      if (Math.abs(wz * wy) < 1e-12) continue
      for (const [i, wx] of taps[0]) sum += wz * wy * wx * at([i, j, k])
    }
  return sum
}

/** The trilinear interpolation of a volume at a place inside. */
export const linearAt = (source: ArrayLike<number>, shape: Shape, place: Vec3): number =>
  linearIn(extended(source, shape, 'edge'), place)

/** The voxel nearest to a place, ⌊x + ½⌋. */
export const nearestAt = (source: ArrayLike<number>, shape: Shape, place: Vec3): number =>
  source[voxelAt(shape, place.map((x, axis) => Math.min(shape[axis]! - 1, Math.floor(x + 0.5))) as unknown as Vec3)]!

export const voxelAt = ([nx, ny]: Shape, [i, j, k]: Vec3): number => i + nx * (j + ny * k)

/** Σ B³(u − i) B³(v − j) B³(w − k) · node over the nodes of a lattice, 64 of which have a weight. */
function latticeAt({ shape: [mx, my, mz], nodes }: Lattice, [u, v, w]: Vec3): Vec3 {
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

/** The displacement of a field at a coordinate of its own. */
function fieldAt({ shape, millimetres, onward }: Field, at: Vec3): Vec3 {
  const size = shape[0] * shape[1] * shape[2]
  const inside = at.map((x, axis) => Math.min(shape[axis]! - 1, Math.max(0, x))) as unknown as Vec3
  const [a, b, c] = [0, 1, 2].map((n) => linearAt(millimetres.subarray(n * size, (n + 1) * size), shape, inside)) as [
    number,
    number,
    number,
  ]
  return [0, 3, 6].map((row) => onward[row]! * a + onward[row + 1]! * b + onward[row + 2]! * c) as unknown as Vec3
}

const displacementAt = (displacement: Lattice | Field, at: Vec3): Vec3 =>
  isField(displacement) ? fieldAt(displacement, at) : latticeAt(displacement, at)

/** The uniform cubic B-spline. */
function spline(x: number): number {
  const t = Math.abs(x)
  if (t >= 2) return 0
  return t >= 1 ? ((2 - t) * (2 - t) * (2 - t)) / 6 : 2 / 3 - t * t + (t * t * t) / 2
}

/** The r with r + d(r) = target, where the displacement shrinks distances. */
function undo(displacement: Lattice | Field, target: Vec3): Vec3 {
  let r = target
  for (;;) {
    const [x, y, z] = displacementAt(displacement, apply(displacement.toDisplacement, r))
    const next = add(target, [-x, -y, -z])
    const change = Math.abs(next[0] - r[0]) + Math.abs(next[1] - r[1]) + Math.abs(next[2] - r[2])
    r = next
    if (change < 1e-12) return r
  }
}

export const apply = (m: Matrix, [x, y, z]: Vec3): Vec3 =>
  [0, 4, 8].map((row) => m[row]! * x + m[row + 1]! * y + m[row + 2]! * z + m[row + 3]!) as unknown as Vec3

const add = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
