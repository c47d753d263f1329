/** Counting and collecting what lies in two brackets, in one pass over memory: src/percentiles.ts narrows them. */
import { ALL, MASK, selected } from './where'

// The state, in bytes: of each bracket its ends, four counts, and where and how many collected values may be written.
const BRACKET: usize = 64
const LOW: usize = 0
const HIGH: usize = 8
const BELOW: usize = 16
const AT_LOW: usize = 24
const INSIDE: usize = 32
const AT_HIGH: usize = 40
const OUT: usize = 48
const ROOM: usize = 52
/** Behind both: how many values counted and were finite, and how many were not. */
const FINITE: usize = 128
const NON_FINITE: usize = 136

/**
 * Adds `length` float32 values to the counts of both brackets: below the low end, equal to it, between the ends, equal to the
 * high end (when it is another). Those between are collected, as long as there is room.
 *
 * Fours that lie between the brackets, as most do where these are far apart, are told by two comparisons.
 */
export function bracketFloat32(state: usize, data: usize, length: i32, where: i32, mask: usize): void {
  const low1 = f32x4.splat(<f32>load<f64>(state, LOW))
  const high1 = f32x4.splat(<f32>load<f64>(state, HIGH))
  const low2 = f32x4.splat(<f32>load<f64>(state + BRACKET, LOW))
  const high2 = f32x4.splat(<f32>load<f64>(state + BRACKET, HIGH))
  memory.fill(sums, 0, 160)
  let middle = 0
  for (let i = 0; i < length; i += 4) {
    let x = v128.load(data + 4 * i)
    if (where == ALL && length - i >= 4) {
      if (i32x4.bitmask(isBetween(x, high1, low2)) == 15) {
        middle += 4
        continue
      }
    } else {
      // All ones is NaN, which is in no bracket.
      const inside = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(length - i))
      const out = v128.not(v128.and(selected(where, x, mask + i), inside))
      x = v128.or(x, out)
      count(LEFT_OUT, out)
    }
    count(FINITES, f32x4.lt(f32x4.abs(x), f32x4.splat(Infinity)))
    const inside1 = compare(0, x, low1, high1)
    const inside2 = compare(64, x, low2, high2)
    if (v128.any_true(v128.or(inside1, inside2))) {
      collect<f32>(state, data + 4 * i, i32x4.bitmask(inside1))
      collect<f32>(state + BRACKET, data + 4 * i, i32x4.bitmask(inside2))
    }
  }
  const finite = middle + total(FINITES)
  const nonFinite = ((length + 3) & ~3) - total(LEFT_OUT) - finite
  const infinite = nonFinite == 0 ? 0 : negativeInfinities(data, length, where, mask)
  finish(state, total(0) - infinite, total(16) - infinite, total(32) - infinite, total(48) - infinite)
  const more = middle - infinite
  finish(state + BRACKET, total(64) + more, total(80) + more, total(96) + more, total(112) + more)
  add(state + FINITE, finite)
  add(state + NON_FINITE, nonFinite)
}

// @ts-ignore: decorator
@inline
function isBetween(x: v128, low: v128, high: v128): v128 {
  return v128.and(f32x4.gt(x, low), f32x4.lt(x, high))
}

/** Counts by lanes: of each bracket four, then of what is finite, and of what is left out. */
const sums: usize = memory.data(160, 16)
const FINITES: usize = 128
const LEFT_OUT: usize = 144

// @ts-ignore: decorator
@inline
function count(at: usize, lanes: v128): void {
  v128.store(sums + at, i32x4.sub(v128.load(sums + at), lanes))
}

/** Counts four values about a bracket, and tells which lie between its ends. */
// @ts-ignore: decorator
@inline
function compare(at: usize, x: v128, low: v128, high: v128): v128 {
  const upTo = f32x4.le(x, low)
  const under = f32x4.lt(x, high)
  count(at, f32x4.lt(x, low))
  count(at + 16, upTo)
  count(at + 32, under)
  count(at + 48, f32x4.le(x, high))
  return v128.andnot(under, upTo)
}

/** Those that are below every bracket and do not count. */
function negativeInfinities(data: usize, length: i32, where: i32, mask: usize): i32 {
  let count = 0
  for (let i = 0; i < length; i++) {
    if (load<f32>(data + 4 * i) == -Infinity && (where != MASK || load<u8>(mask + i) != 0)) count++
  }
  return count
}

/** The same of float64 values, one by one. */
export function bracketFloat64(state: usize, data: usize, length: i32, where: i32, mask: usize): void {
  for (let i = 0; i < length; i++) {
    const at = data + 8 * i
    const x = load<f64>(at)
    if (where == 1 && x == 0) continue
    if (where == 2 && load<u8>(mask + i) == 0) continue
    if (!(abs(x) < Infinity)) {
      add(state + NON_FINITE, 1)
      continue
    }
    add(state + FINITE, 1)
    for (let bracket = state; bracket < state + 2 * BRACKET; bracket += BRACKET) {
      const low = load<f64>(bracket, LOW)
      const high = load<f64>(bracket, HIGH)
      const inside = x > low && x < high
      finish(bracket, x < low ? 1 : 0, x <= low ? 1 : 0, x < high ? 1 : 0, x <= high ? 1 : 0)
      if (inside) collect<f64>(bracket, at, 1)
    }
  }
}

// @ts-ignore: decorator
@inline
function collect<T>(bracket: usize, from: usize, lanes: i32): void {
  for (; lanes != 0; lanes >>= 1) {
    const room = load<i32>(bracket, ROOM)
    if ((lanes & 1) != 0 && room > 0) {
      const out = <usize>load<u32>(bracket, OUT)
      store<T>(out, load<T>(from))
      store<u32>(bracket, <u32>(out + sizeof<T>()), OUT)
      store<i32>(bracket, room - 1, ROOM)
    }
    from += sizeof<T>()
  }
}

/** Adds counts of what is below the low end, up to it, below the high end, and up to it; a bracket of one value has no high end. */
function finish(bracket: usize, below: i32, upToLow: i32, underHigh: i32, upToHigh: i32): void {
  const one = load<f64>(bracket, LOW) == load<f64>(bracket, HIGH)
  add(bracket + BELOW, below)
  add(bracket + AT_LOW, upToLow - below)
  if (one) return
  add(bracket + INSIDE, underHigh - upToLow)
  add(bracket + AT_HIGH, upToHigh - underHigh)
}

// @ts-ignore: decorator
@inline
function add(count: usize, more: i32): void {
  store<f64>(count, load<f64>(count) + <f64>more)
}

function total(at: usize): i32 {
  return load<i32>(sums + at) + load<i32>(sums + at, 4) + (load<i32>(sums + at, 8) + load<i32>(sums + at, 12))
}
