/**
 * Displacement by a uniform cubic B-spline over a lattice of control points.
 *
 * A control point is four float64: x, y, z and a zero. Point (i, j, k) stands at lattice coordinate (i, j, k), i fastest.
 * The outer three layers of the lattice must be zero, so that the field, with two derivatives, ends where the lattice does.
 */
const NODE: usize = 32
const SIXTH: f64 = 1.0 / 6.0

// A node's 4 × 4 × 4 neighbourhood, contracted axis by axis: weights per axis as polynomials, then partial sums.
const weightsX: usize = memory.data(128, 16)
const weightsY: usize = memory.data(128, 16)
const weightsZ: usize = memory.data(128, 16)
const sumZ: usize = memory.data(16 * 4 * 32, 16)
const sumY: usize = memory.data(4 * 7 * 32, 16)
const sumX: usize = memory.data(10 * 32, 16)

/** Bytes of a segment's polynomial: two numbers that make s of an index, the degree, three coefficients for each power. */
export const polynomialBytes: i32 = 24 + 10 * 24

/**
 * The displacement along a straight row, within one lattice cell, as a polynomial of s in [−½, ½): the lattice coordinate
 * along the axis in which the row runs fastest, from the cell's middle. Exact: a cubic along each axis makes degree 9.
 *
 * (u0, v0, w0) is the lattice coordinate at the row's index 0 and (du, dv, dw) its step, in fixed point with 44 bits behind
 * the point; (u, v, w) names the cell. Only these matter, so a row gives the same bits wherever it is entered.
 */
export function segmentPolynomial(
  lattice: usize, shape: usize, sums: usize,
  u0: i64, v0: i64, w0: i64, du: i64, dv: i64, dw: i64, u: i64, v: i64, w: i64,
  out: usize,
): void {
  const i = <i32>(u >> 44)
  const j = <i32>(v >> 44)
  const k = <i32>(w >> 44)
  const mx = load<i32>(shape)
  const my = load<i32>(shape, 4)
  const mz = load<i32>(shape, 8)
  const fast = abs(du) >= abs(dv) ? (abs(du) >= abs(dw) ? 0 : 2) : abs(dv) >= abs(dw) ? 1 : 2
  const start = fast == 0 ? u0 : fast == 1 ? v0 : w0
  const step = fast == 0 ? du : fast == 1 ? dv : dw
  const cell = fast == 0 ? i : fast == 1 ? j : k
  // s at index 0: how far the row's start is from the cell's middle.
  const offset = unfix(start - (<i64>cell << 44) - (<i64>1 << 43))
  const slope = unfix(step)
  store<f64>(out, slope)
  store<f64>(out, offset, 8)
  if (i < 1 || j < 1 || k < 1 || i > mx - 3 || j > my - 3 || k > mz - 3) {
    // Beyond the lattice nothing moves.
    memory.fill(out + 16, 0, 32)
    return
  }
  const degreeX = weights(weightsX, fast == 0, unfix(u0 - (<i64>i << 44)), unfix(du) / slope, offset)
  const degreeY = weights(weightsY, fast == 1, unfix(v0 - (<i64>j << 44)), unfix(dv) / slope, offset)
  const degreeZ = weights(weightsZ, fast == 2, unfix(w0 - (<i64>k << 44)), unfix(dw) / slope, offset)

  if (degreeY + degreeZ == 0 && sums != 0) {
    contract(rowSums(lattice, mx, my, j, k, v0, w0, sums) + NODE * <usize>(i - 1), NODE, 0, weightsX, degreeX, sumX)
  } else {
    const node = lattice + NODE * <usize>(((k - 1) * my + (j - 1)) * mx + (i - 1))
    const row = NODE * <usize>mx
    const plane = row * <usize>my
    for (let b: usize = 0; b < 4; b++) {
      for (let a: usize = 0; a < 4; a++) {
        contract(node + b * row + a * NODE, plane, 0, weightsZ, degreeZ, sumZ + (b * 4 + a) * 128)
      }
    }
    for (let a: usize = 0; a < 4; a++) contract(sumZ + a * 128, 512, degreeZ, weightsY, degreeY, sumY + a * 224)
    contract(sumY, 224, degreeY + degreeZ, weightsX, degreeX, sumX)
  }

  const degree = degreeX + degreeY + degreeZ
  store<i32>(out, degree, 16)
  for (let n: usize = 0; n <= <usize>degree; n++) {
    const at = out + 24 + 24 * n
    store<f64>(at, load<f64>(sumX + 32 * n))
    store<f64>(at, load<f64>(sumX + 32 * n, 8), 8)
    store<f64>(at, load<f64>(sumX + 32 * n, 16), 16)
  }
}

/** Bytes before the sums of planes and rows: what they are the sums of. */
const SUMS: usize = 32

/**
 * For rows along the lattice's first axis: control points contracted along the third, once for all rows of one coordinate w, and
 * along the second, once for a row, by the very operations of a segment by itself. They are kept at `sums`, which has room for
 * a plane and a row of control points and begins with zeros.
 */
function rowSums(lattice: usize, mx: i32, my: i32, j: i32, k: i32, v0: i64, w0: i64, sums: usize): usize {
  const planes = sums + SUMS
  const rows = planes + NODE * <usize>(mx * my)
  // Coordinates within the lattice are above 0.
  if (load<i64>(sums) != w0) {
    const stride = NODE * <usize>(mx * my)
    const first = lattice + stride * <usize>(k - 1)
    for (let at: usize = 0; at < stride; at += NODE) contract(first + at, stride, 0, weightsZ, 0, planes + at)
    store<i64>(sums, w0)
    store<i64>(sums, 0, 8)
  }
  if (load<i64>(sums, 8) != v0) {
    const stride = NODE * <usize>mx
    const first = planes + stride * <usize>(j - 1)
    for (let at: usize = 0; at < stride; at += NODE) contract(first + at, stride, 0, weightsY, 0, rows + at)
    store<i64>(sums, v0, 8)
  }
  return rows
}

/** The sum of the four polynomials at `from` (`stride` apart, of degree `inner`), each times its weight's polynomial. */
function contract(from: usize, stride: usize, inner: i32, weights: usize, outer: i32, out: usize): void {
  if (inner + outer == 0) {
    // Rows along a lattice axis: the two other axes' weights are plain numbers.
    const w0 = v128.load64_splat(weights)
    const w1 = v128.load64_splat(weights, 32)
    const w2 = v128.load64_splat(weights, 64)
    const w3 = v128.load64_splat(weights, 96)
    const second = from + stride
    const third = second + stride
    const fourth = third + stride
    const xy = f64x2.add(f64x2.mul(w0, v128.load(from)), f64x2.mul(w1, v128.load(second)))
    const z = f64x2.add(f64x2.mul(w0, v128.load(from, 16)), f64x2.mul(w1, v128.load(second, 16)))
    const restXY = f64x2.add(f64x2.mul(w2, v128.load(third)), f64x2.mul(w3, v128.load(fourth)))
    const restZ = f64x2.add(f64x2.mul(w2, v128.load(third, 16)), f64x2.mul(w3, v128.load(fourth, 16)))
    v128.store(out, f64x2.add(xy, restXY))
    v128.store(out, f64x2.add(z, restZ), 16)
    return
  }
  for (let power = 0; power <= inner + outer; power++) {
    let xy = f64x2.splat(0)
    let z = f64x2.splat(0)
    for (let d = max(0, power - outer); d <= min(inner, power); d++) {
      let at = from + 32 * <usize>d
      let weight = weights + 8 * <usize>(power - d)
      for (let tap = 0; tap < 4; tap++) {
        const w = v128.load64_splat(weight)
        xy = f64x2.add(xy, f64x2.mul(w, v128.load(at)))
        z = f64x2.add(z, f64x2.mul(w, v128.load(at, 16)))
        at += stride
        weight += 32
      }
    }
    v128.store(out + 32 * <usize>power, xy)
    v128.store(out + 32 * <usize>power, z, 16)
  }
}

/**
 * The four B-spline weights as polynomials of s, where the coordinate in its cell is t = τ + κ s; gives their degree.
 * `at` is the coordinate at the row's index 0, from the cell's start; `offset` is s there.
 */
function weights(out: usize, fast: bool, at: f64, kappa: f64, offset: f64): i32 {
  const tau = fast ? 0.5 : at - kappa * offset
  if (fast) kappa = 1
  const t2 = tau * tau
  const t3 = t2 * tau
  // Powers of t as polynomials of s: t, t², t³.
  taps(out, 0, 1, tau, t2, t3)
  if (kappa == 0) return 0
  const k2 = kappa * kappa
  taps(out, 8, 0, kappa, 2 * tau * kappa, 3 * t2 * kappa)
  taps(out, 16, 0, 0, k2, 3 * tau * k2)
  taps(out, 24, 0, 0, 0, k2 * kappa)
  return 3
}

/** The weights' coefficients of one power of s, given that power's coefficients in 1, t, t² and t³. */
// @ts-ignore: decorator
@inline
function taps(out: usize, power: usize, one: f64, t: f64, t2: f64, t3: f64): void {
  const at = out + power
  store<f64>(at, (one - 3 * t + 3 * t2 - t3) * SIXTH)
  store<f64>(at, (4 * one - 6 * t2 + 3 * t3) * SIXTH, 32)
  store<f64>(at, (one + 3 * t + 3 * t2 - 3 * t3) * SIXTH, 64)
  store<f64>(at, t3 * SIXTH, 96)
}

// @ts-ignore: decorator
@inline
function unfix(x: i64): f64 {
  return <f64>x * (1.0 / 17592186044416.0)
}

/** The displacement at one lattice coordinate: three float64 at `out`. */
export function displacement(lattice: usize, shape: usize, u: f64, v: f64, w: f64, out: usize): void {
  const mx = load<i32>(shape)
  const my = load<i32>(shape, 4)
  const mz = load<i32>(shape, 8)
  let xy = f64x2.splat(0)
  let z = f64x2.splat(0)
  if (u >= 1 && v >= 1 && w >= 1 && u < mx - 2 && v < my - 2 && w < mz - 2) {
    const i = floor(u)
    const j = floor(v)
    const k = floor(w)
    taps(weightsX, 0, 1, u - i, (u - i) * (u - i), (u - i) * (u - i) * (u - i))
    taps(weightsY, 0, 1, v - j, (v - j) * (v - j), (v - j) * (v - j) * (v - j))
    taps(weightsZ, 0, 1, w - k, (w - k) * (w - k), (w - k) * (w - k) * (w - k))
    const node = lattice + NODE * <usize>(((<i32>k - 1) * my + (<i32>j - 1)) * mx + (<i32>i - 1))
    for (let c: usize = 0; c < 4; c++) {
      const wz = load<f64>(weightsZ + 32 * c)
      for (let b: usize = 0; b < 4; b++) {
        const wzy = wz * load<f64>(weightsY + 32 * b)
        const row = node + NODE * ((c * <usize>my + b) * <usize>mx)
        for (let a: usize = 0; a < 4; a++) {
          const weight = f64x2.splat(wzy * load<f64>(weightsX + 32 * a))
          xy = f64x2.add(xy, f64x2.mul(weight, v128.load(row + a * NODE)))
          z = f64x2.add(z, f64x2.mul(weight, v128.load(row + a * NODE, 16)))
        }
      }
    }
  }
  store<f64>(out, f64x2.extract_lane(xy, 0))
  store<f64>(out, f64x2.extract_lane(xy, 1), 8)
  store<f64>(out, f64x2.extract_lane(z, 0), 16)
}
