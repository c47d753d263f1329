import { philox } from './philox'

/**
 * Noise as a function of (stream, index): value i comes from word i mod 4 of block ⌊i / 4⌋. Each fills `groups` × 16 float32
 * from index 4 (`low` + 2^32 `high`) on.
 *
 * Logarithm, sine and cosine are the float32 polynomials of Cephes (S. Moshier, 1984–1992), good to 1e-7: core's float64 ones
 * would cost ten times as much. They too are + − × ÷ √ alone, so the same everywhere.
 */

/** Uniform in [0, 1): the upper 24 bits, which a float32 holds exactly. */
export function uniform(out: usize, groups: i32, low: u32, high: u32, key0: i32, key1: i32, counter2: i32, counter3: i32): void {
  philox(out, groups, low, high, key0, key1, counter2, counter3)
  const end = out + 64 * groups
  for (; out < end; out += 64) {
    storeBlocks(out, fraction(v128.load(out)), fraction(v128.load(out, 16)), fraction(v128.load(out, 32)), fraction(v128.load(out, 48)))
  }
}

/** Standard normal, by Box and Muller: words 0 and 1 of a block give a radius and an angle, hence two values; so do 2 and 3. */
export function normal(out: usize, groups: i32, low: u32, high: u32, key0: i32, key1: i32, counter2: i32, counter3: i32): void {
  philox(out, groups, low, high, key0, key1, counter2, counter3)
  const end = out + 64 * groups
  for (; out < end; out += 64) {
    const radius0 = radius(v128.load(out))
    const angle0 = v128.load(out, 16)
    const radius1 = radius(v128.load(out, 32))
    const angle1 = v128.load(out, 48)
    storeBlocks(
      out,
      f32x4.mul(radius0, cosine(angle0)),
      f32x4.mul(radius0, sine(angle0)),
      f32x4.mul(radius1, cosine(angle1)),
      f32x4.mul(radius1, sine(angle1)),
    )
  }
}

/** From a vector for each word to a vector for each block. */
// @ts-ignore: decorator
@inline
function storeBlocks(out: usize, w0: v128, w1: v128, w2: v128, w3: v128): void {
  const a = v128.shuffle<i32>(w0, w1, 0, 4, 1, 5)
  const b = v128.shuffle<i32>(w2, w3, 0, 4, 1, 5)
  const c = v128.shuffle<i32>(w0, w1, 2, 6, 3, 7)
  const d = v128.shuffle<i32>(w2, w3, 2, 6, 3, 7)
  v128.store(out, v128.shuffle<i64>(a, b, 0, 2))
  v128.store(out, v128.shuffle<i64>(a, b, 1, 3), 16)
  v128.store(out, v128.shuffle<i64>(c, d, 0, 2), 32)
  v128.store(out, v128.shuffle<i64>(c, d, 1, 3), 48)
}

// @ts-ignore: decorator
@inline
function fraction(word: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(word, 8)), f32x4.splat(<f32>(1.0 / 16777216)))
}

/** √(−2 ln u) with u = (⌊word / 2⌋ + ½) / 2^31, so that u is never 0 and the largest radius is 6.66. */
// @ts-ignore: decorator
@inline
function radius(word: v128): v128 {
  const u = f32x4.mul(
    f32x4.add(f32x4.convert_i32x4_s(i32x4.shr_u(word, 1)), f32x4.splat(0.5)),
    f32x4.splat(<f32>(1.0 / 2147483648)),
  )
  // u = 2^e m, m in [√½, √2): 0x3f3504f3 is √½.
  const e = i32x4.shr_s(i32x4.sub(u, i32x4.splat(0x3f3504f3)), 23)
  const x = f32x4.sub(i32x4.sub(u, i32x4.shl(e, 23)), f32x4.splat(1))
  const z = f32x4.mul(x, x)
  let p = f32x4.splat(7.0376836292e-2)
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(-1.151461031e-1))
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(1.167699874e-1))
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(-1.2420140846e-1))
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(1.4249322787e-1))
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(-1.6668057665e-1))
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(2.0000714765e-1))
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(-2.4999993993e-1))
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(3.3333331174e-1))
  p = f32x4.sub(f32x4.mul(f32x4.mul(p, x), z), f32x4.mul(z, f32x4.splat(0.5)))
  const log = f32x4.add(f32x4.add(p, x), f32x4.mul(f32x4.convert_i32x4_s(e), f32x4.splat(0.6931471806)))
  // Rounding can leave the logarithm of a u just below 1 above 0.
  return f32x4.sqrt(f32x4.max(f32x4.mul(log, f32x4.splat(-2)), f32x4.splat(0)))
}

// The angle is word · 2π / 2^32: its upper two bits, rounded, count quarter turns; the rest, signed, is within ±π/4.

// @ts-ignore: decorator
@inline
function remainder(word: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.shl(word, 2)), f32x4.splat(<f32>(3.141592653589793 / 8589934592)))
}

/** All ones where the number of quarter turns is odd. */
// @ts-ignore: decorator
@inline
function isOdd(word: v128): v128 {
  return i32x4.shr_s(i32x4.shl(i32x4.add(word, i32x4.splat(0x20000000)), 1), 31)
}

// @ts-ignore: decorator
@inline
function sine(word: v128): v128 {
  const t = remainder(word)
  const size = v128.bitselect(cosineNearZero(t), sineNearZero(t), isOdd(word))
  return v128.xor(size, v128.and(i32x4.add(word, i32x4.splat(0x20000000)), i32x4.splat(0x80000000)))
}

// @ts-ignore: decorator
@inline
function cosine(word: v128): v128 {
  const t = remainder(word)
  const size = v128.bitselect(sineNearZero(t), cosineNearZero(t), isOdd(word))
  return v128.xor(size, v128.and(i32x4.add(word, i32x4.splat(0x60000000)), i32x4.splat(0x80000000)))
}

// @ts-ignore: decorator
@inline
function sineNearZero(t: v128): v128 {
  const z = f32x4.mul(t, t)
  let p = f32x4.splat(-1.9515295891e-4)
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(8.3321608736e-3))
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-1.6666654611e-1))
  return f32x4.add(f32x4.mul(f32x4.mul(p, z), t), t)
}

// @ts-ignore: decorator
@inline
function cosineNearZero(t: v128): v128 {
  const z = f32x4.mul(t, t)
  let p = f32x4.splat(2.443315711809948e-5)
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-1.388731625493765e-3))
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(4.166664568298827e-2))
  return f32x4.add(f32x4.sub(f32x4.mul(f32x4.mul(p, z), z), f32x4.mul(z, f32x4.splat(0.5))), f32x4.splat(1))
}
