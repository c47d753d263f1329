/**
 * Elementary functions that give the same bits on every engine: they use only + − × ÷ √, floor, the exact remainder %,
 * and comparisons, whose results IEEE 754 fixes. `Math.sin` and its like differ between engines and their versions.
 *
 * This file is also compiled to WebAssembly (kernels/build.mjs), so it stays in what TypeScript and AssemblyScript share:
 * top-level functions of numbers, no objects, no arrays.
 *
 * Reductions and polynomials are those of fdlibm (Sun Microsystems, 1993: freely granted); errors stay below 2 ulp.
 */

/** ln 2 in two parts; the first has 21 trailing zero bits, so that its product with an exponent is exact. */
const ln2High = 0.6931471803691238
const ln2Low = 1.9082149292705877e-10

/** e to the power x. */
export function exp(x: number): number {
  return expOfSum(x, 0)
}

/** The natural logarithm: NaN below 0, −Infinity at 0. */
export function log(x: number): number {
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x < 0 ? NaN : x
  const e = exponentOf(x)
  const f = timesPowerOf2(x, -e) - 1
  const s = f / (2 + f)
  const z = s * s
  const half = 0.5 * f * f
  const series =
    0.6666666666666735 +
    z *
      (0.3999999999940942 +
        z *
          (0.2857142874366239 +
            z * (0.22222198432149784 + z * (0.1818357216161805 + z * (0.15313837699209373 + z * 0.14798198605116586)))))
  const tail = s * (half + z * series) + e * ln2Low
  return e * ln2High - (half - tail - f)
}

/**
 * x to the power y, as `Math.pow` defines it (so NaN for a negative x and a y that is not whole).
 *
 * The logarithm is carried as a sum of two numbers, or a large y would magnify its rounding.
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1
  const size = Math.abs(x)
  if (!(size <= Infinity && y <= Infinity) || (size === 1 && Math.abs(y) === Infinity)) return NaN
  const whole = Math.floor(y) === y
  const odd = whole && Math.abs(y) < 9007199254740992 && Math.floor(y / 2) * 2 !== y
  // The sign of −0 is seen in its reciprocal.
  const sign = odd && (x < 0 || 1 / x === -Infinity) ? -1 : 1
  if (size === 0 || size === Infinity) return (size === 0) === y > 0 ? sign * 0 : sign * Infinity
  if (x < 0 && !whole) return NaN
  if (y === 1) return x
  // Past 1e19 every base but 1 overflows or vanishes; larger numbers would overflow when split.
  const power = Math.max(-1e19, Math.min(y, 1e19))

  // log size = e ln 2 + 2 s (1 + z (1/3 + z/5 + …)), s = (m − 1)/(m + 1), z = s², each as a sum high + low.
  const e = exponentOf(size)
  const m = timesPowerOf2(size, -e)
  const f = m - 1
  const d = m + 1
  const s = f / d
  const dLow = m < 1 ? m - (d - 1) : 1 - (d - m)
  const sLow = (f - s * d - productError(s, d, s * d) - s * dLow) / d
  const z = s * s
  const zLow = productError(s, s, z) + 2 * s * sLow
  let series = z / 27
  for (let n = 25.0; n >= 5; n -= 2) series = z * (series + 1 / n)
  const t = 0.3333333333333333 + series
  const tLow = 0.3333333333333333 - t + series + 1.850371707708594e-17
  const p = z * t
  const pLow = productError(z, t, p) + z * tLow + zLow * t
  const q = s * p
  const qLow = productError(s, p, q) + s * pLow + sLow * p
  const u = s + q
  const uLow = s - u + q + (qLow + sLow)
  const base = e * ln2High
  const logHigh = base + 2 * u
  const rest = e === 0 ? 0.0 : base - logHigh + 2 * u
  const logLow = rest + (2 * uLow + e * ln2Low)

  const high = power * logHigh
  return sign * expOfSum(high, Math.abs(high) < 800 ? productError(power, logHigh, high) + power * logLow : 0)
}

/** The sine of an angle in radians. From 1e6 on the error grows to |x| · 1e-16; the result stays within ±1. */
export function sin(x: number): number {
  if (!(Math.abs(x) < Infinity)) return NaN
  return Math.abs(x) <= 0.7853981633974483 ? sinNearZero(x, 0) : sinOfQuarters(x, 0)
}

/** The cosine of an angle in radians, as accurate as `sin`. */
export function cos(x: number): number {
  if (!(Math.abs(x) < Infinity)) return NaN
  return Math.abs(x) <= 0.7853981633974483 ? cosNearZero(x, 0) : sinOfQuarters(x, 1)
}

/** The sine of an angle in degrees: exactly 0, 1 and −1 at multiples of 90. */
export function sinDegrees(degrees: number): number {
  return sinOfDegrees(degrees, 0)
}

/** The cosine of an angle in degrees: exactly 0, 1 and −1 at multiples of 90. */
export function cosDegrees(degrees: number): number {
  return sinOfDegrees(degrees, 1)
}

/** The sine of an angle in radians plus `quarters` right angles. */
function sinOfQuarters(angle: number, quarters: number): number {
  const x = Math.abs(angle) > 1e6 ? angle % 6.283185307179586 : angle
  const n = Math.floor(x * 0.6366197723675814 + 0.5)
  // π/2 in parts of 33 bits, whose products with n are exact.
  const a = x - n * 1.5707963267341256
  const b = a - n * 6.077100506303966e-11
  const bLost = a - b - n * 6.077100506303966e-11
  const tail = n * 2.0222662487959506e-21 - bLost
  const r = b - tail
  return turned(n + quarters, r, b - r - tail)
}

function sinOfDegrees(degrees: number, quarters: number): number {
  if (!(Math.abs(degrees) < Infinity)) return NaN
  const d = degrees % 360
  const n = Math.floor(d / 90 + 0.5)
  const r = d - n * 90
  const x = r * 0.017453292519943295
  return turned(n + quarters, x, productError(r, 0.017453292519943295, x) + r * 2.9486522708701687e-19)
}

/** sin(n π/2 + x + low). Its 0 is never −0. */
function turned(n: number, x: number, low: number): number {
  const quadrant = n - Math.floor(n / 4) * 4
  const size = quadrant === 0 || quadrant === 2 ? sinNearZero(x, low) : cosNearZero(x, low)
  return quadrant < 2 ? size + 0 : 0 - size
}

/** sin(x + low) for |x| ≤ π/4. */
function sinNearZero(x: number, low: number): number {
  const z = x * x
  const tail =
    0.00833333333332249 +
    z * (-0.0001984126982985795 + z * (2.7557313707070068e-6 + z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)))
  return x - (z * (0.5 * low - z * x * tail) - low + z * x * 0.16666666666666632)
}

/** cos(x + low) for |x| ≤ π/4. */
function cosNearZero(x: number, low: number): number {
  const z = x * x
  const tail =
    0.0416666666666666 +
    z *
      (-0.001388888888887411 +
        z *
          (2.480158728947673e-5 +
            z * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11))))
  const half = 0.5 * z
  const w = 1 - half
  return w + (1 - w - half + (z * z * tail - x * low))
}

/** e to the power high + low, |low| far below |high|. */
function expOfSum(high: number, low: number): number {
  if (!(high > -746 && high < 710)) return high < 0 ? 0 : high > 0 ? Infinity : high
  const k = Math.floor(high * Math.LOG2E + 0.5)
  const a = high - k * ln2High
  const b = k * ln2Low - low
  const r = a - b
  const z = r * r
  const c =
    r -
    z *
      (0.16666666666666602 +
        z *
          (-0.0027777777777015593 +
            z * (6.613756321437934e-5 + z * (-1.6533902205465252e-6 + z * 4.1381367970572385e-8))))
  return timesPowerOf2(1 - (b - (r * c) / (2 - c) - a), k)
}

/** The whole number e with x / 2^e in [√½, √2), for a positive finite x. */
function exponentOf(x: number): number {
  let e = 0.0
  let m = x
  for (; m >= 4294967296; e += 32) m *= 2.3283064365386963e-10
  for (; m < 2.3283064365386963e-10; e -= 32) m *= 4294967296
  for (; m >= 16; e += 4) m *= 0.0625
  for (; m < 0.0625; e -= 4) m *= 16
  for (; m >= Math.SQRT2; e += 1) m *= 0.5
  for (; m < Math.SQRT1_2; e -= 1) m *= 2
  return e
}

/** x · 2^k in two steps, each of a representable factor, so that only the last can round: |k| < 2046. */
function timesPowerOf2(x: number, k: number): number {
  const half = Math.floor(k / 2)
  return x * powerOf2(half) * powerOf2(k - half)
}

function powerOf2(k: number): number {
  let result = 1.0
  let factor = k < 0 ? 0.5 : 2
  for (let n = Math.abs(k); n > 0; factor *= factor) {
    const next = Math.floor(n / 2)
    if (n !== 2 * next) result *= factor
    n = next
  }
  return result
}

/** What rounding took from the product p of a and b: exact (Dekker 1971). */
function productError(a: number, b: number, p: number): number {
  const aHigh = highHalf(a)
  const bHigh = highHalf(b)
  return aHigh * bHigh - p + aHigh * (b - bHigh) + (a - aHigh) * bHigh + (a - aHigh) * (b - bHigh)
}

/** The upper 26 bits of a number below 2^996. */
function highHalf(a: number): number {
  const c = 134217729 * a
  return c - (c - a)
}
