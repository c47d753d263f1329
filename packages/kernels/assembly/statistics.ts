import { MASK, NONZERO, maskLanes } from './where'

// A running summary, six float64: src/statistics.ts has the same order.
const COUNT: usize = 0
const NON_FINITE: usize = 8
const MIN: usize = 16
const MAX: usize = 24
const MEAN: usize = 32
const SQUARES: usize = 40

/** Adds `length` float32 voxels to a summary. */
export function summarizeFloat32(summary: usize, data: usize, length: i32, where: i32, mask: usize): void {
  if (where == MASK || length % 4 != 0 || !summarizeFinite(summary, data, length, where)) {
    summarize<f32>(summary, data, length, where, mask)
  }
}

/**
 * `summarize` where no voxel is NaN or infinite, to its very bits: otherwise it writes nothing and gives false. Comparisons, which
 * float32 does as well, are done four at a time.
 */
function summarizeFinite(summary: usize, data: usize, length: i32, where: i32): bool {
  const before = load<f64>(summary, COUNT)
  const shift = before > 0 ? load<f64>(summary, MEAN) : firstOf<f32>(data, length, where, 0)
  const c = f64x2.splat(shift)
  let finite = i32x4.splat(-1)
  let counts = i32x4.splat(0)
  let min = f32x4.splat(Infinity)
  let max = f32x4.splat(-Infinity)
  let sum0 = f64x2.splat(0)
  let sum1 = f64x2.splat(0)
  let squares0 = f64x2.splat(0)
  let squares1 = f64x2.splat(0)
  for (let i = 0; i < length; i += 4) {
    let x = v128.load(data + 4 * i)
    finite = v128.and(finite, f32x4.lt(f32x4.abs(x), f32x4.splat(Infinity)))
    let d0 = f64x2.sub(f64x2.promote_low_f32x4(x), c)
    let d1 = f64x2.sub(f64x2.promote_low_f32x4(v128.shuffle<i32>(x, x, 2, 3, 2, 3)), c)
    if (where == NONZERO) {
      const zero = f32x4.eq(x, f32x4.splat(0))
      counts = i32x4.add(counts, zero)
      d0 = v128.andnot(d0, v128.shuffle<i32>(zero, zero, 0, 0, 1, 1))
      d1 = v128.andnot(d1, v128.shuffle<i32>(zero, zero, 2, 2, 3, 3))
      // All ones is NaN, which is below and above nothing.
      x = v128.or(x, zero)
    }
    min = f32x4.pmin(min, x)
    max = f32x4.pmax(max, x)
    sum0 = f64x2.add(sum0, d0)
    sum1 = f64x2.add(sum1, d1)
    squares0 = f64x2.add(squares0, f64x2.mul(d0, d0))
    squares1 = f64x2.add(squares1, f64x2.mul(d1, d1))
  }
  if (!v128.all_true<i32>(finite)) return false
  const zeros = i32x4.extract_lane(counts, 0) + i32x4.extract_lane(counts, 1) + i32x4.extract_lane(counts, 2) + i32x4.extract_lane(counts, 3)
  min = f32x4.pmin(min, v128.shuffle<i32>(min, min, 2, 3, 0, 1))
  max = f32x4.pmax(max, v128.shuffle<i32>(max, max, 2, 3, 0, 1))
  store<f64>(summary, Math.min(load<f64>(summary, MIN), <f64>Mathf.min(f32x4.extract_lane(min, 0), f32x4.extract_lane(min, 1))), MIN)
  store<f64>(summary, Math.max(load<f64>(summary, MAX), <f64>Mathf.max(f32x4.extract_lane(max, 0), f32x4.extract_lane(max, 1))), MAX)
  move(summary, before + <f64>(length + zeros), shift, across(f64x2.add(sum0, sum1)), across(f64x2.add(squares0, squares1)))
  return true
}

/** Moves a summary to `n` voxels, of which the new ones add sums of x − shift and of its square. */
function move(summary: usize, n: f64, shift: f64, s: f64, q: f64): void {
  store<f64>(summary, n, COUNT)
  if (n == 0) return
  store<f64>(summary, shift + s / n, MEAN)
  store<f64>(summary, load<f64>(summary, SQUARES) + (q - (s * s) / n), SQUARES)
}

/** The same of float64 voxels, to the same bits where both types hold the same numbers. */
export function summarizeFloat64(summary: usize, data: usize, length: i32, where: i32, mask: usize): void {
  summarize<f64>(summary, data, length, where, mask)
}

/**
 * One pass, about a shift c: with s = Σ (x − c) and q = Σ (x − c)², n voxels in all, the mean moves by s / n and the sum of
 * squares about it grows by q − s² / n. c is the mean so far, for the first voxels the first of them: so what cancels is
 * never larger than what stays, but for a factor below the number of voxels in a first call.
 */
// @ts-ignore: decorator
@inline
function summarize<T>(summary: usize, data: usize, length: i32, where: i32, mask: usize): void {
  const before = load<f64>(summary, COUNT)
  const shift = before > 0 ? load<f64>(summary, MEAN) : firstOf<T>(data, length, where, mask)
  const c = f64x2.splat(shift)
  let count = i64x2.splat(0)
  let nonFinite = i64x2.splat(0)
  let min = f64x2.splat(load<f64>(summary, MIN))
  let max = f64x2.splat(load<f64>(summary, MAX))
  let sum0 = f64x2.splat(0)
  let sum1 = f64x2.splat(0)
  let squares0 = f64x2.splat(0)
  let squares1 = f64x2.splat(0)
  for (let i = 0; i < length; i += 4) {
    let x0: v128
    let x1: v128
    if (sizeof<T>() == 4) {
      const x = v128.load(data + 4 * i)
      x0 = f64x2.promote_low_f32x4(x)
      x1 = f64x2.promote_low_f32x4(v128.shuffle<i32>(x, x, 2, 3, 2, 3))
    } else {
      x0 = v128.load(data + 8 * i)
      x1 = v128.load(data + 8 * i, 16)
    }
    let counts0 = i64x2.splat(-1)
    let counts1 = i64x2.splat(-1)
    if (where == NONZERO) {
      counts0 = f64x2.ne(x0, f64x2.splat(0))
      counts1 = f64x2.ne(x1, f64x2.splat(0))
    } else if (where == MASK) {
      const lanes = maskLanes(mask + i)
      counts0 = i64x2.extend_low_i32x4_s(lanes)
      counts1 = i64x2.extend_high_i32x4_s(lanes)
    }
    if (length - i < 4) {
      const lanes = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(length - i))
      counts0 = v128.and(counts0, i64x2.extend_low_i32x4_s(lanes))
      counts1 = v128.and(counts1, i64x2.extend_high_i32x4_s(lanes))
    }
    const finite0 = v128.and(counts0, f64x2.lt(f64x2.abs(x0), f64x2.splat(Infinity)))
    const finite1 = v128.and(counts1, f64x2.lt(f64x2.abs(x1), f64x2.splat(Infinity)))
    count = i64x2.sub(i64x2.sub(count, finite0), finite1)
    nonFinite = i64x2.sub(i64x2.sub(nonFinite, v128.andnot(counts0, finite0)), v128.andnot(counts1, finite1))
    // pmin and pmax keep the first argument where the second is NaN, which "all ones" is.
    min = f64x2.pmin(f64x2.pmin(min, v128.or(x0, v128.not(finite0))), v128.or(x1, v128.not(finite1)))
    max = f64x2.pmax(f64x2.pmax(max, v128.or(x0, v128.not(finite0))), v128.or(x1, v128.not(finite1)))
    const d0 = v128.and(f64x2.sub(x0, c), finite0)
    const d1 = v128.and(f64x2.sub(x1, c), finite1)
    sum0 = f64x2.add(sum0, d0)
    sum1 = f64x2.add(sum1, d1)
    squares0 = f64x2.add(squares0, f64x2.mul(d0, d0))
    squares1 = f64x2.add(squares1, f64x2.mul(d1, d1))
  }
  store<f64>(summary, load<f64>(summary, NON_FINITE) + <f64>total(nonFinite), NON_FINITE)
  store<f64>(summary, Math.min(f64x2.extract_lane(min, 0), f64x2.extract_lane(min, 1)), MIN)
  store<f64>(summary, Math.max(f64x2.extract_lane(max, 0), f64x2.extract_lane(max, 1)), MAX)
  move(summary, before + <f64>total(count), shift, across(f64x2.add(sum0, sum1)), across(f64x2.add(squares0, squares1)))
}

/** The first voxel that counts and is finite, or 0. */
// @ts-ignore: decorator
@inline
function firstOf<T>(data: usize, length: i32, where: i32, mask: usize): f64 {
  for (let i = 0; i < length; i++) {
    const x = <f64>load<T>(data + sizeof<T>() * i)
    if (where == NONZERO && x == 0) continue
    if (where == MASK && load<u8>(mask + i) == 0) continue
    if (Math.abs(x) < Infinity) return x
  }
  return 0
}

// @ts-ignore: decorator
@inline
function total(lanes: v128): i64 {
  return i64x2.extract_lane(lanes, 0) + i64x2.extract_lane(lanes, 1)
}

// @ts-ignore: decorator
@inline
function across(lanes: v128): f64 {
  return f64x2.extract_lane(lanes, 0) + f64x2.extract_lane(lanes, 1)
}
