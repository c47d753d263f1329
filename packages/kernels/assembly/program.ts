import { ALL, selected } from './where'
import { canonical4 } from './plan'

/**
 * The operations of voxel-wise programs, each over a block of float32 voxels, in place, in fours: the last four may reach
 * past `length` into memory that nobody reads. A computed NaN is written as 0x7fc00000: by `canonise`, once, where a step
 * has computed all voxels.
 *
 * `gamma` has its own power, in float32: core's is good to 1e-16 and takes thirty times as long. This one too is + − × and
 * comparisons, so the same on every engine; tests hold it to core's.
 */

// @ts-ignore: decorator
@inline
function write(address: usize, x: v128, y: v128, where: i32, mask: usize): void {
  if (where == ALL) v128.store(address, y)
  else v128.store(address, v128.bitselect(canonical4(y), x, selected(where, x, mask)))
}

/** Writes 0x7fc00000 for every NaN. */
export function canonise(data: usize, length: i32): void {
  let ordered = i32x4.splat(-1)
  for (let i = 0; i < length; i += 4) {
    const x = v128.load(data + 4 * i)
    ordered = v128.and(ordered, f32x4.eq(x, x))
  }
  if (v128.all_true<i32>(ordered)) return
  for (let i = 0; i < length; i += 4) v128.store(data + 4 * i, canonical4(v128.load(data + 4 * i)))
}

/** The second two of four float32, as float64. */
// @ts-ignore: decorator
@inline
function promoteHigh(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i32>(x, x, 2, 3, 2, 3))
}

/** Four float32 from two float64 and two more. */
// @ts-ignore: decorator
@inline
function demote(low: v128, high: v128): v128 {
  return v128.shuffle<i64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2)
}

/** min(max(x, min), max). */
export function clip(data: usize, length: i32, where: i32, mask: usize, min: f32, max: f32): void {
  for (let i = 0; i < length; i += 4) {
    const x = v128.load(data + 4 * i)
    // Both keep their first argument where it is NaN.
    write(data + 4 * i, x, f32x4.pmin(f32x4.pmax(x, f32x4.splat(min)), f32x4.splat(max)), where, mask + i)
  }
}

/** (x − mean) / std. */
export function standardise(data: usize, length: i32, where: i32, mask: usize, mean: f64, std: f64): void {
  const m = f64x2.splat(mean)
  const s = f64x2.splat(std)
  for (let i = 0; i < length; i += 4) {
    const x = v128.load(data + 4 * i)
    const low = f64x2.div(f64x2.sub(f64x2.promote_low_f32x4(x), m), s)
    const high = f64x2.div(f64x2.sub(promoteHigh(x), m), s)
    write(data + 4 * i, x, demote(low, high), where, mask + i)
  }
}

/** (x − low) / width · range + base, in float64, clamped to [least, most], which are infinite where nothing is to be. */
export function rescale(
  data: usize, length: i32, where: i32, mask: usize, low: f64, width: f64, base: f64, range: f64, least: f32, most: f32,
): void {
  const a = f64x2.splat(low)
  const w = f64x2.splat(width)
  const b = f64x2.splat(base)
  const r = f64x2.splat(range)
  for (let i = 0; i < length; i += 4) {
    const x = v128.load(data + 4 * i)
    const first = f64x2.add(f64x2.mul(f64x2.div(f64x2.sub(f64x2.promote_low_f32x4(x), a), w), r), b)
    const second = f64x2.add(f64x2.mul(f64x2.div(f64x2.sub(promoteHigh(x), a), w), r), b)
    // Both keep their first argument where it is NaN.
    const y = f32x4.pmin(f32x4.pmax(demote(first, second), f32x4.splat(least)), f32x4.splat(most))
    write(data + 4 * i, x, y, where, mask + i)
  }
}

/** x + std · noise, of float32 noise at an address of its own. */
export function addNoise(data: usize, length: i32, where: i32, mask: usize, std: f32, noise: usize): void {
  for (let i = 0; i < length; i += 4) {
    const x = v128.load(data + 4 * i)
    write(data + 4 * i, x, f32x4.add(x, f32x4.mul(f32x4.splat(std), v128.load(noise + 4 * i))), where, mask + i)
  }
}

/**
 * Constants of `gamma`, read from memory: engines build a vector literal anew in each turn of a loop, at three or four
 * instructions apiece. Both series are Cephes' (log2f, exp2f; S. Moshier, 1992).
 */
const constants = memory.data<f32>([
  // 0: (log(1 + f) − f + f² / 2) / f³ for f from √½ − 1 to √2 − 1, from f⁸ down.
  7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1, 2.0000714765e-1,
  -2.4999993993e-1, 3.3333331174e-1,
  // 36: log₂e − 1
  0.44269504088896340736,
  // 40: 2^r for |r| ≤ ½, from r⁶ down.
  1.535336188319500e-4, 1.339887440266574e-3, 9.618437357674640e-3, 5.550332471162809e-2, 2.402264791363012e-1,
  6.931472028550421e-1,
  // 64: adding it rounds to a whole number, which the lower bits then hold.
  12582912,
  // 68: the least exponent of a normal float32, 72: one half, 76: one
  -126, 0.5, 1,
  // 80: √½, bits 0x3f3504f3, 84: the bits above a significand, 0xff800000
  0.70710677, -Infinity,
])

// @ts-ignore: decorator
@inline
function constant(offset: usize): v128 {
  return v128.load32_splat(constants + offset)
}

/**
 * ((x − min) / (max − min))^γ · (max − min) + min, x clamped to [min, max], as 2^(γ log₂(x − min) − shift) · (max − min) + min
 * with shift = γ log₂(max − min).
 *
 * γ comes in two parts, the first with at most 12 bits: its product with an exponent is exact. So is the whole part of the
 * shift's taking away, and what float32 rounds is below 1 in size for a γ of about 1.
 */
export function gamma(
  data: usize, length: i32, where: i32, mask: usize, scratch: usize,
  min: f32, max: f32, powerHigh: f32, powerLow: f32, shiftWhole: f32, shiftRest: f32,
): void {
  const a = f32x4.splat(min)
  const b = f32x4.splat(max)
  // Two short loops: in one, too few turns fit the window in which a processor finds work that does not wait.
  for (let i = 0; i < length; i += 4) {
    const x = v128.load(data + 4 * i)
    const d = f32x4.sub(f32x4.pmin(f32x4.pmax(x, a), b), a)
    // d = 2^e (1 + f), 1 + f in [√½, √2).
    const above = i32x4.sub(d, constant(80))
    const e = f32x4.convert_i32x4_s(i32x4.shr_s(above, 23))
    const f = f32x4.sub(i32x4.sub(d, v128.and(above, constant(84))), constant(76))
    const high = f32x4.sub(f32x4.mul(e, f32x4.splat(powerHigh)), f32x4.splat(shiftWhole))
    const low = f32x4.sub(
      f32x4.add(f32x4.mul(e, f32x4.splat(powerLow)), f32x4.mul(f32x4.splat(powerHigh + powerLow), log2Plus1(f))),
      f32x4.splat(shiftRest),
    )
    const shifted = f32x4.add(f32x4.pmax(f32x4.add(high, low), constant(68)), constant(64))
    v128.store(scratch + 8 * i, shifted)
    v128.store(scratch + 8 * i, f32x4.add(f32x4.sub(high, f32x4.sub(shifted, constant(64))), low), 16)
  }
  for (let i = 0; i < length; i += 4) {
    const x = v128.load(data + 4 * i)
    const raised = i32x4.add(exp2(v128.load(scratch + 8 * i, 16)), i32x4.shl(v128.load(scratch + 8 * i), 23))
    // The bound comes first, so that it stands where an infinite range gave NaN.
    const y = f32x4.pmin(b, f32x4.pmax(a, f32x4.add(f32x4.mul(raised, f32x4.splat(max - min)), a)))
    // What is within gets the power; the rest its bound, and NaN stays.
    const clamped = f32x4.pmin(f32x4.pmax(x, a), b)
    const within = v128.and(f32x4.gt(x, a), f32x4.lt(x, b))
    write(data + 4 * i, x, v128.bitselect(y, clamped, within), where, mask + i)
  }
}

/** log₂(1 + f), by halves of the polynomial and not term by term: shorter chains of operations that wait for each other. */
// @ts-ignore: decorator
@inline
function log2Plus1(f: v128): v128 {
  const f2 = f32x4.mul(f, f)
  const f4 = f32x4.mul(f2, f2)
  const p01 = f32x4.add(constant(32), f32x4.mul(constant(28), f))
  const p23 = f32x4.add(constant(24), f32x4.mul(constant(20), f))
  const p45 = f32x4.add(constant(16), f32x4.mul(constant(12), f))
  const p67 = f32x4.add(constant(8), f32x4.mul(constant(4), f))
  const p03 = f32x4.add(p01, f32x4.mul(p23, f2))
  const p48 = f32x4.add(f32x4.add(p45, f32x4.mul(p67, f2)), f32x4.mul(constant(0), f4))
  const p = f32x4.add(p03, f32x4.mul(p48, f4))
  const rest = f32x4.sub(f32x4.mul(f32x4.mul(f, f2), p), f32x4.mul(constant(72), f2))
  // Smallest first.
  return f32x4.add(f32x4.add(f32x4.add(f32x4.mul(rest, constant(36)), f32x4.mul(f, constant(36))), rest), f)
}

/** 2^r for |r| ≤ ½. */
// @ts-ignore: decorator
@inline
function exp2(r: v128): v128 {
  const r2 = f32x4.mul(r, r)
  const p12 = f32x4.add(constant(60), f32x4.mul(constant(56), r))
  const p34 = f32x4.add(constant(52), f32x4.mul(constant(48), r))
  const p56 = f32x4.add(constant(44), f32x4.mul(constant(40), r))
  const p36 = f32x4.add(p34, f32x4.mul(p56, r2))
  return f32x4.add(constant(76), f32x4.mul(r, f32x4.add(p12, f32x4.mul(p36, r2))))
}
