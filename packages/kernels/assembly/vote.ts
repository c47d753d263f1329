/**
 * Partial-volume voting: the label with the largest trilinear weight among the eight neighbours of a place.
 *
 * Weights are products of three whole numbers up to 2^20, so that sums are exact and ties are ties. A tie goes to the nearest
 * voxel's label, then to the smaller. The source in memory has a voxel more on each side, of the fill or of the extension.
 */
import { BASE, element, FIXED, lastStage, ORDER, origin, plan, planeBytes, rowBytes, startOf, STEP } from './plan'

// The eight neighbours' labels, as keys that sort as they do, and their weights.
const keys: usize = memory.data(64, 16)
const weights: usize = memory.data(64, 16)

const UNIT: u64 = 1048576

/** How labels sort: as unsigned whole numbers, signed ones, or floating-point ones. */
const SIGNED: i32 = 1
const FLOATING: i32 = 2

/** Writes the winning label at `out`. */
export function voteAt(out: usize, px: i64, py: i64, pz: i64): void {
  if (element == 1) vote<u8>(out, px, py, pz)
  else if (element == 2) vote<u16>(out, px, py, pz)
  else if (element == 4) vote<u32>(out, px, py, pz)
  else vote<u64>(out, px, py, pz)
}

/** Voxels of a row whose stages are all affine, each with all its neighbours inside. */
export function voteRow(out: usize, from: i32, to: i32, y: i32, z: i32): void {
  const fixed = lastStage + FIXED
  const direction: i64 = load<i32>(plan, STEP)
  const x: i64 = <i64>load<i32>(plan, BASE) + direction * from
  let px = startOf(fixed, x, y, z)
  let py = startOf(fixed + 32, x, y, z)
  let pz = startOf(fixed + 64, x, y, z)
  const stepX = load<i64>(fixed) * direction
  const stepY = load<i64>(fixed, 32) * direction
  const stepZ = load<i64>(fixed, 64) * direction
  for (let n = from; n < to; n++) {
    voteAt(out + <usize>(n * element), px, py, pz)
    px += stepX
    py += stepY
    pz += stepZ
  }
}

// @ts-ignore: decorator
@inline
function vote<T>(out: usize, px: i64, py: i64, pz: i64): void {
  // To 20 bits behind the point, rounded: a half that rounding spoilt is a half again.
  const x = (px + 2048) >> 12
  const y = (py + 2048) >> 12
  const z = (pz + 2048) >> 12
  const at = <usize>(<u32>(origin + <i32>(z >> 20) * planeBytes + <i32>(y >> 20) * rowBytes + <i32>(x >> 20) * <i32>sizeof<T>()))
  const beside = at + <usize>rowBytes
  const behind = at + <usize>planeBytes
  const opposite = behind + <usize>rowBytes
  const a = load<T>(at)
  const b = load<T>(at, sizeof<T>())
  const c = load<T>(beside)
  const d = load<T>(beside, sizeof<T>())
  const e = load<T>(behind)
  const f = load<T>(behind, sizeof<T>())
  const g = load<T>(opposite)
  const h = load<T>(opposite, sizeof<T>())
  if (a == b && a == c && a == d && a == e && a == f && a == g && a == h) {
    store<T>(out, a)
    return
  }
  store<u64>(keys, <u64>a)
  store<u64>(keys, <u64>b, 8)
  store<u64>(keys, <u64>c, 16)
  store<u64>(keys, <u64>d, 24)
  store<u64>(keys, <u64>e, 32)
  store<u64>(keys, <u64>f, 40)
  store<u64>(keys, <u64>g, 48)
  store<u64>(keys, <u64>h, 56)
  const fx = <u64>(x & 1048575)
  const fy = <u64>(y & 1048575)
  const fz = <u64>(z & 1048575)
  const nearest = (2 * fx >= UNIT ? 1 : 0) + (2 * fy >= UNIT ? 2 : 0) + (2 * fz >= UNIT ? 4 : 0)
  store<T>(out, load<T>(keys + 8 * winner(fx, fy, fz, nearest)))
}

/** The number of the neighbour whose label wins. */
function winner(fx: u64, fy: u64, fz: u64, nearest: i32): usize {
  for (let n: usize = 0; n < 8; n++) {
    const wx = (n & 1) != 0 ? fx : UNIT - fx
    const wy = (n & 2) != 0 ? fy : UNIT - fy
    const wz = (n & 4) != 0 ? fz : UNIT - fz
    store<u64>(weights + 8 * n, wx * wy * wz)
  }
  const near = load<u64>(keys + 8 * <usize>nearest)
  let best: usize = <usize>nearest
  let most = sumOf(near)
  for (let n: usize = 0; n < 8; n++) {
    const key = load<u64>(keys + 8 * n)
    if (key == near) continue
    const sum = sumOf(key)
    const held = load<u64>(keys + 8 * best)
    if (sum > most || (sum == most && held != near && precedes(key, held))) {
      most = sum
      best = n
    }
  }
  return best
}

// @ts-ignore: decorator
@inline
function sumOf(key: u64): u64 {
  let sum: u64 = 0
  for (let n: usize = 0; n < 64; n += 8) if (load<u64>(keys + n) == key) sum += load<u64>(weights + n)
  return sum
}

/** Whether one label, as its bits, is smaller than another. */
function precedes(a: u64, b: u64): bool {
  const order = load<i32>(plan, ORDER)
  const bits = <u64>(8 * element)
  if (order == SIGNED || (order == FLOATING && (a | b) >> (bits - 1) == 0)) {
    const sign: u64 = (<u64>1) << (bits - 1)
    return (a ^ sign) < (b ^ sign)
  }
  if (order == FLOATING) {
    // Of two numbers one of which is negative: the one with the sign, or the larger in size.
    const sign: u64 = (<u64>1) << (bits - 1)
    return (a & sign) != (b & sign) ? (a & sign) != 0 : a > b
  }
  return a < b
}
