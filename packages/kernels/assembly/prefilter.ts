/**
 * From samples to the coefficients of the cubic B-spline that passes through them, in place: along each line, a recursive
 * filter forwards and one backwards, of pole √3 − 2.
 *
 * A box of `nx` × `ny` × `nz` float32 lies at `data`, its rows and planes `rowBytes` and `planeBytes` apart. At least three
 * floats beyond each row's end are in memory, finite and of no value.
 * @see Unser, Aldroubi, Eden 1993, B-spline signal processing; Briand, Monasse 2018 for the ends of lines
 */
import { MIRROR, REFLECT, WRAP } from './plan'

const POLE: f32 = -0.2679491924311227
const GAIN: f32 = 6
/** So many steps from an end its value has faded below float32. */
const HORIZON: i32 = 28

/** Floats of a line's strip that are filtered side by side. */
const STRIP: i32 = 32

/**
 * Filters along x and y, plane by plane, then along z unless told otherwise. `extension` says how lines go on: mirror, reflect or
 * wrap. Eight rows at a time are turned in `scratch`: 32 bytes for each voxel of a row, and 96 more.
 */
export function prefilter(
  data: usize, nx: i32, ny: i32, nz: i32, rowBytes: i32, planeBytes: i32, extension: i32, alongZ: i32, scratch: usize,
): void {
  for (let k = 0; k < nz; k++) {
    const plane = data + <usize>(k * planeBytes)
    for (let j = 0; nx > 1 && j < ny; j += 8) {
      const first = plane + <usize>(j * rowBytes)
      turnIn(first, rowBytes, ny - j, nx, scratch)
      strip(scratch, nx, 32, 8, extension)
      turnOut(scratch, first, rowBytes, ny - j, nx)
    }
    for (let i = 0; ny > 1 && i < nx; i += STRIP) strip(plane + <usize>(4 * i), ny, <usize>rowBytes, min(STRIP, nx - i), extension)
  }
  for (let j = 0; nz > 1 && alongZ != 0 && j < ny; j++) {
    for (let i = 0; i < nx; i += STRIP) {
      strip(data + <usize>(j * rowBytes + 4 * i), nz, <usize>planeBytes, min(STRIP, nx - i), extension)
    }
  }
}

/** Rows past `most` are the last one again. */
// @ts-ignore: decorator
@inline
function rowAt(first: usize, rowBytes: i32, n: i32, most: i32): usize {
  return first + <usize>(rowBytes * min(n, most - 1))
}

function turnIn(first: usize, rowBytes: i32, most: i32, nx: i32, scratch: usize): void {
  for (let half = 0; half < 2; half++) {
    const a = rowAt(first, rowBytes, 4 * half, most)
    const b = rowAt(first, rowBytes, 4 * half + 1, most)
    const c = rowAt(first, rowBytes, 4 * half + 2, most)
    const d = rowAt(first, rowBytes, 4 * half + 3, most)
    let to = scratch + 16 * <usize>half
    for (let i: usize = 0; i < 4 * <usize>nx; i += 16) {
      turn(v128.load(a + i), v128.load(b + i), v128.load(c + i), v128.load(d + i), to, to + 32, to + 64, to + 96)
      to += 128
    }
  }
}

function turnOut(scratch: usize, first: usize, rowBytes: i32, most: i32, nx: i32): void {
  for (let half = 0; half < 2; half++) {
    const a = rowAt(first, rowBytes, 4 * half, most)
    const b = rowAt(first, rowBytes, 4 * half + 1, most)
    const c = rowAt(first, rowBytes, 4 * half + 2, most)
    const d = rowAt(first, rowBytes, 4 * half + 3, most)
    let from = scratch + 16 * <usize>half
    for (let i: usize = 0; i < 4 * <usize>nx; i += 16) {
      turn(v128.load(from), v128.load(from, 32), v128.load(from, 64), v128.load(from, 96), a + i, b + i, c + i, d + i)
      from += 128
    }
  }
}

/** Writes the transpose of four vectors. */
// @ts-ignore: decorator
@inline
function turn(a: v128, b: v128, c: v128, d: v128, to0: usize, to1: usize, to2: usize, to3: usize): void {
  const ab0 = v128.shuffle<i32>(a, b, 0, 4, 1, 5)
  const cd0 = v128.shuffle<i32>(c, d, 0, 4, 1, 5)
  const ab1 = v128.shuffle<i32>(a, b, 2, 6, 3, 7)
  const cd1 = v128.shuffle<i32>(c, d, 2, 6, 3, 7)
  v128.store(to0, v128.shuffle<i64>(ab0, cd0, 0, 2))
  v128.store(to1, v128.shuffle<i64>(ab0, cd0, 1, 3))
  v128.store(to2, v128.shuffle<i64>(ab1, cd1, 0, 2))
  v128.store(to3, v128.shuffle<i64>(ab1, cd1, 1, 3))
}

/** Filters `width` neighbouring lines (rounded up to fours) of `n` samples, `stride` bytes apart, at once. */
function strip(data: usize, n: i32, stride: usize, width: i32, extension: i32): void {
  const gain = f32x4.splat(GAIN)
  const pole = f32x4.splat(POLE)
  const end = data + <usize>(4 * width)
  const last = data + stride * <usize>(n - 1)
  for (let at = data; at < end; at += 16) v128.store(at, f32x4.mul(gain, forwardStart(at, n, stride, extension)))
  for (let line = data + stride; line <= last; line += stride) {
    for (let at = line; at < line + <usize>(4 * width); at += 16) {
      v128.store(at, f32x4.add(f32x4.mul(gain, v128.load(at)), f32x4.mul(pole, v128.load(at - stride))))
    }
  }
  for (let at = last; at < last + <usize>(4 * width); at += 16) v128.store(at, backwardStart(at, n, stride, extension))
  for (let line = last - stride; line >= data; line -= stride) {
    for (let at = line; at < line + <usize>(4 * width); at += 16) {
      v128.store(at, f32x4.mul(pole, f32x4.sub(v128.load(at + stride), v128.load(at))))
    }
    // Addresses are unsigned: one step before the first would be a large number where data is below stride.
    if (line == data) break
  }
}

/** The forward filter's first value: the samples before the line, as its extension has them, weighed by powers of the pole. */
function forwardStart(data: usize, n: i32, stride: usize, extension: i32): v128 {
  // The samples before the first, nearest first: mirror s1, s2, …; reflect s0, s1, …; wrap s(n−1), s(n−2), ….
  const period = extension == MIRROR ? 2 * n - 2 : extension == REFLECT ? 2 * n : n
  let sum = v128.load(data)
  let weight: f32 = 1
  for (let m = 1; m < min(period, HORIZON); m++) {
    weight *= POLE
    const place = extension == WRAP ? n - m : extension == REFLECT ? (m <= n ? m - 1 : 2 * n - m) : m < n ? m : 2 * n - 2 - m
    sum = f32x4.add(sum, f32x4.mul(f32x4.splat(weight), v128.load(data + stride * <usize>place)))
  }
  // A line so short that it comes round again: the series is geometric in its period.
  return period <= HORIZON ? f32x4.mul(sum, f32x4.splat(<f32>(1.0 / (1.0 - power(period))))) : sum
}

/** The backward filter's first value, at the last sample. */
function backwardStart(last: usize, n: i32, stride: usize, extension: i32): v128 {
  const value = v128.load(last)
  if (extension == MIRROR) {
    const sum = f32x4.add(f32x4.mul(f32x4.splat(POLE), v128.load(last - stride)), value)
    return f32x4.mul(sum, f32x4.splat(POLE / (POLE * POLE - 1)))
  }
  if (extension == REFLECT) return f32x4.mul(value, f32x4.splat(POLE / (POLE - 1)))
  // Wrap: −Σ pole^(m+1) c(n−1+m), m from 0 on.
  const first = last - stride * <usize>(n - 1)
  let sum = value
  let weight: f32 = 1
  for (let m = 1; m < min(n, HORIZON); m++) {
    weight *= POLE
    sum = f32x4.add(sum, f32x4.mul(f32x4.splat(weight), v128.load(first + stride * <usize>(m - 1))))
  }
  return f32x4.mul(sum, f32x4.splat(<f32>(-<f64>POLE / (n <= HORIZON ? 1.0 - power(n) : 1.0))))
}

/** The pole to a whole power. */
function power(n: i32): f64 {
  let result = 1.0
  for (let m = 0; m < n; m++) result *= <f64>POLE
  return result
}
