/**
 * Places along a row behind one lattice, as a polynomial per lattice cell in float64.
 *
 * The voxels' first lattice lies behind affine stages that clamp nothing, with only affine stages after it.
 */
import { polynomialBytes, segmentPolynomial } from './lattice'
import {
  affineCount, BASE, BOX, COMPOSED, COMPOSED_TO_DISPLACEMENT, DISPLACEMENT, DISPLACEMENT_SHAPE, lastStage, LATTICE_SUMS, MAGIC, plan, stageAt,
  stageCount, startOf, STEP,
} from './plan'
import { EDGE, insetOf, INSIDE, placeOf, stateIn } from './state'

/** Voxels that are tested for leaving a box together, where their segment as a whole may. */
const CHUNK: i32 = 16

/** Stages that a row's polynomials have room for; src/plan.ts keeps to it. */
const MOST_STAGES: i32 = 16

// Of the segment at hand: its lattice polynomial, then for each box from the lattice's stage on where the row lies on its
// grid, also a polynomial of s (three vectors of two equal numbers for each power), and a bound of its curvature.
const segment: usize = memory.data(polynomialBytes, 16)
const POLYNOMIAL: usize = 10 * 48
const polynomials: usize = memory.data(MOST_STAGES * 10 * 48, 16)
const curvatures: usize = memory.data(MOST_STAGES * 24, 16)
let degree: i32 = 0

/** Writes the places and states of a row's voxels from `from` to before `to`. */
export function locateByLattice(from: i32, to: i32, y: i32, z: i32, xs: usize, ys: usize, zs: usize, states: usize): void {
  const stage = stageAt(affineCount)
  const step = load<i32>(plan, STEP)
  const direction: i64 = step
  const base = load<i32>(plan, BASE)
  const fixed = stage + COMPOSED_TO_DISPLACEMENT
  // The lattice coordinate at base index 0 of this row: segments hang on it, so that walking back gives the same bits.
  const u0 = startOf(fixed, 0, y, z)
  const v0 = startOf(fixed + 32, 0, y, z)
  const w0 = startOf(fixed + 64, 0, y, z)
  const du = load<i64>(fixed)
  const dv = load<i64>(fixed, 32)
  const dw = load<i64>(fixed, 64)
  const sums = <usize>load<u32>(plan, LATTICE_SUMS)
  let x = from
  while (x < to) {
    const index: i64 = <i64>base + direction * x
    const u = u0 + index * du
    const v = v0 + index * dv
    const w = w0 + index * dw
    const steps = min(<i64>(to - x), min(stay(u, du * direction), min(stay(v, dv * direction), stay(w, dw * direction))))
    const end = x + <i32>steps
    segmentPolynomial(<usize>load<u32>(stage, DISPLACEMENT), stage + DISPLACEMENT_SHAPE, sums, u0, v0, w0, du, dv, dw, u, v, w, segment)
    expand(y, z)
    const slope = f64x2.splat(load<f64>(segment))
    const offset = f64x2.splat(load<f64>(segment, 8))
    const clear = staysInside(<f64>(base + step * x), <f64>(base + step * (end - 1)))
    while (x < end) {
      const stop = clear ? end : min(end, x + CHUNK)
      const first = base + step * x
      if (clear || staysInside(<f64>first, <f64>(base + step * (stop - 1)))) {
        const last = polynomials + POLYNOMIAL * <usize>(stageCount - 1 - affineCount)
        let i01 = f64x2(<f64>first, <f64>(first + step))
        // Up to three places beyond the chunk are written over by the next one, or fall into the buffer's spare room.
        for (let n = x; n < stop; n += 4) {
          v128.store(states + <usize>(4 * n), i32x4.splat(INSIDE))
          const i23 = f64x2.add(i01, f64x2.splat(<f64>(2 * step)))
          fourPlaces(
            last,
            f64x2.add(f64x2.mul(i01, slope), offset),
            f64x2.add(f64x2.mul(i23, slope), offset),
            xs + <usize>(8 * n), ys + <usize>(8 * n), zs + <usize>(8 * n), false,
          )
          i01 = f64x2.add(i23, f64x2.splat(<f64>(2 * step)))
        }
      } else {
        for (let n = x; n < stop; n += 4) {
          // Where this is the only box from the lattice on, four may be inside though the chunk is not.
          if (
            affineCount == stageCount - 1 &&
            fourPlaces(
              polynomials,
              f64x2.add(f64x2.mul(f64x2(<f64>(base + step * n), <f64>(base + step * (n + 1))), slope), offset),
              f64x2.add(f64x2.mul(f64x2(<f64>(base + step * (n + 2)), <f64>(base + step * (n + 3))), slope), offset),
              xs + <usize>(8 * n), ys + <usize>(8 * n), zs + <usize>(8 * n), true,
            )
          ) {
            v128.store(states + <usize>(4 * n), i32x4.splat(INSIDE))
            continue
          }
          for (let m = n; m < min(stop, n + 4); m++) {
            const s = <f64>(base + step * m) * load<f64>(segment) + load<f64>(segment, 8)
            store<i32>(states + <usize>(4 * m), onePlace(s, xs + <usize>(8 * m), ys + <usize>(8 * m), zs + <usize>(8 * m)))
          }
        }
      }
      x = stop
    }
  }
}

/** Makes the polynomials of the segment: base index = (s − offset) / slope, so what is linear in it is linear in s. */
function expand(y: i32, z: i32): void {
  const slope = load<f64>(segment)
  const offset = load<f64>(segment, 8)
  const own = load<i32>(segment, 16)
  degree = max(1, own)
  const composed = stageAt(affineCount) + COMPOSED
  for (let axis: usize = 0; axis < 3; axis++) {
    const matrix = composed + 32 * axis
    const rest = load<f64>(matrix, 8) * <f64>y + load<f64>(matrix, 16) * <f64>z + load<f64>(matrix, 24)
    const along = load<f64>(matrix) / slope
    for (let power: usize = 0; power <= <usize>degree; power++) {
      let value = power <= <usize>own ? load<f64>(segment + 24 + 24 * power + 8 * axis) : 0
      if (power == 0) value += rest - along * offset
      if (power == 1) value += along
      v128.store(polynomials + 48 * power + 16 * axis, f64x2.splat(value))
    }
  }
  bend(0)
  for (let n: usize = 1; n < <usize>(stageCount - affineCount); n++) {
    const from = polynomials + POLYNOMIAL * (n - 1)
    const to = from + POLYNOMIAL
    const matrix = stageAt(affineCount + <i32>n)
    for (let power: usize = 0; power <= <usize>degree; power++) {
      const at: usize = 48 * power
      const qx = load<f64>(from + at)
      const qy = load<f64>(from + at, 16)
      const qz = load<f64>(from + at, 32)
      for (let axis: usize = 0; axis < 3; axis++) {
        const m = matrix + 32 * axis
        const value = load<f64>(m) * qx + (load<f64>(m, 8) * qy + load<f64>(m, 16) * qz)
        v128.store(to + at + 16 * axis, f64x2.splat(power == 0 ? value + load<f64>(m, 24) : value))
      }
    }
    bend(n)
  }
}

/** Bounds the second derivative of a stage's polynomial over |s| ≤ ½. */
function bend(n: usize): void {
  for (let axis: usize = 0; axis < 3; axis++) {
    let sum = 0.0
    let scale = 1.0
    for (let power = 2; power <= degree; power++) {
      sum += <f64>(power * (power - 1)) * scale * abs(load<f64>(polynomials + POLYNOMIAL * n + 48 * <usize>power + 16 * axis))
      scale *= 0.5
    }
    store<f64>(curvatures + 24 * n + 8 * axis, sum)
  }
}

/** Whether the voxels between two base indices surely stay inside every box from the lattice's stage on, unclamped. */
function staysInside(first: f64, last: f64): bool {
  const slope = load<f64>(segment)
  const offset = load<f64>(segment, 8)
  const s0 = first * slope + offset
  const s1 = last * slope + offset
  // Between two points a curve leaves their chord by at most an eighth of its curvature times the distance squared.
  const sag = (s1 - s0) * (s1 - s0) * 0.125
  for (let n = 0; n < stageCount - affineCount; n++) {
    const stage = stageAt(affineCount + n)
    if (load<f64>(stage, BOX) == 0) continue
    const inset = insetOf(affineCount + n)
    for (let axis: usize = 0; axis < 3; axis++) {
      const at = polynomials + POLYNOMIAL * <usize>n + 16 * axis
      const a = horner(at, s0)
      const b = horner(at, s1)
      const margin = sag * load<f64>(curvatures + 24 * <usize>n + 8 * axis)
      if (!(min(a, b) - margin >= 0 && max(a, b) + margin <= load<f64>(stage + 8 * axis, BOX) - 1 - inset)) return false
    }
  }
  return true
}

// @ts-ignore: decorator
@inline
function horner(at: usize, s: f64): f64 {
  let sum = load<f64>(at + 48 * <usize>degree)
  for (let power = degree - 1; power >= 0; power--) sum = sum * s + load<f64>(at + 48 * <usize>power)
  return sum
}

/** Evaluates a stage's polynomial at four voxels and writes their places in fixed point; tells on demand whether all are in the source. */
// @ts-ignore: decorator
@inline
function fourPlaces(polynomial: usize, s01: v128, s23: v128, xs: usize, ys: usize, zs: usize, looks: bool): bool {
  let at = polynomial + 48 * <usize>degree
  let x01 = v128.load(at)
  let y01 = v128.load(at, 16)
  let z01 = v128.load(at, 32)
  let x23 = x01
  let y23 = y01
  let z23 = z01
  while (at > polynomial) {
    at -= 48
    x01 = f64x2.add(f64x2.mul(x01, s01), v128.load(at))
    y01 = f64x2.add(f64x2.mul(y01, s01), v128.load(at, 16))
    z01 = f64x2.add(f64x2.mul(z01, s01), v128.load(at, 32))
    x23 = f64x2.add(f64x2.mul(x23, s23), v128.load(at))
    y23 = f64x2.add(f64x2.mul(y23, s23), v128.load(at, 16))
    z23 = f64x2.add(f64x2.mul(z23, s23), v128.load(at, 32))
  }
  const magic = f64x2.splat(MAGIC)
  const bits = i64x2.splat(reinterpret<i64>(MAGIC))
  v128.store(xs, i64x2.sub(f64x2.add(x01, magic), bits))
  v128.store(ys, i64x2.sub(f64x2.add(y01, magic), bits))
  v128.store(zs, i64x2.sub(f64x2.add(z01, magic), bits))
  v128.store(xs, i64x2.sub(f64x2.add(x23, magic), bits), 16)
  v128.store(ys, i64x2.sub(f64x2.add(y23, magic), bits), 16)
  v128.store(zs, i64x2.sub(f64x2.add(z23, magic), bits), 16)
  return (
    !looks ||
    v128.all_true<i64>(
      v128.and(v128.and(isWithin(x01, x23, BOX), isWithin(y01, y23, BOX + 8)), isWithin(z01, z23, BOX + 16)),
    )
  )
}

/** All ones where two pairs of coordinates are both between the source's outer voxels. */
// @ts-ignore: decorator
@inline
function isWithin(a: v128, b: v128, box: usize): v128 {
  const zero = f64x2.splat(0)
  const most = f64x2.splat(load<f64>(lastStage + box) - 1 - insetOf(stageCount - 1))
  return v128.and(v128.and(f64x2.ge(a, zero), f64x2.le(a, most)), v128.and(f64x2.ge(b, zero), f64x2.le(b, most)))
}

/** One voxel's state and, if that is known, its place, with the operations of `fourPlaces`. */
function onePlace(at: f64, xs: usize, ys: usize, zs: usize): i32 {
  let x = 0.0
  let y = 0.0
  let z = 0.0
  let state = INSIDE
  for (let n = affineCount; n < stageCount && state == INSIDE; n++) {
    const polynomial = polynomials + POLYNOMIAL * <usize>(n - affineCount)
    x = horner(polynomial, at)
    y = horner(polynomial + 16, at)
    z = horner(polynomial + 32, at)
    state = stateIn(n, x, y, z)
  }
  if (state == INSIDE || state == EDGE) {
    store<i64>(xs, placeOf(x, BOX))
    store<i64>(ys, placeOf(y, BOX + 8))
    store<i64>(zs, placeOf(z, BOX + 16))
  }
  return state
}

/** How many steps, the present voxel's included, a lattice coordinate stays in its cell. */
// @ts-ignore: decorator
@inline
function stay(u: i64, du: i64): i64 {
  const cell = u >> 44
  if (du > 0) return (((cell + 1) << 44) - u + du - 1) / du
  if (du < 0) return (u - (cell << 44)) / -du + 1
  return i64.MAX_VALUE
}
