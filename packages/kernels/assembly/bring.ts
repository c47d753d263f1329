/**
 * Brings the source's planes into the processor's cache, in the order in which they lie in memory, before rows that run across
 * them ask for a voxel here and there: memory is read several times faster in order.
 */
import { BASE, BROUGHT, endZ, firstZ, FIXED, lastStage, origin, OUT_X, OUT_Y, plan, planeBytes, startOf, STEP, firstX, firstY, rowBytes, element } from './plan'

/** A map that needs more of the source than this for one output plane would have it out of the cache again before its use. */
const MOST_BYTES: i32 = 25165824
const LINE: i32 = 64

/** Reads what output plane `z` needs beyond what planes before it did. */
export function bringPlanes(z: i32): void {
  const fixed = lastStage + FIXED + 64
  const x0: i64 = load<i32>(plan, BASE)
  const y0: i64 = load<i32>(plan, BASE + 4)
  const x1 = x0 + <i64>load<i32>(plan, STEP) * (<i64>load<i32>(plan, OUT_X) - 1)
  const y1 = y0 + <i64>load<i32>(plan, STEP + 4) * (<i64>load<i32>(plan, OUT_Y) - 1)
  const a = startOf(fixed, x0, y0, z)
  const b = startOf(fixed, x1, y0, z)
  const c = startOf(fixed, x0, y1, z)
  const d = startOf(fixed, x1, y1, z)
  const first = <i32>max<i64>(firstZ, min(min(a, b), min(c, d)) >> 32)
  const end = <i32>min<i64>(endZ, (max(max(a, b), max(c, d)) >> 32) + 2)
  if (end <= first || (end - first) * planeBytes > MOST_BYTES) return
  const low = load<i32>(plan, BROUGHT)
  const high = load<i32>(plan, BROUGHT + 4)
  for (let k = first; k < end; k++) {
    if (k < low || k >= high) readPlane(origin + firstX * element + firstY * rowBytes + k * planeBytes)
  }
  store<i32>(plan, first, BROUGHT)
  store<i32>(plan, end, BROUGHT + 4)
}

function readPlane(at: i32): void {
  let sum = 0
  const end = at + planeBytes
  for (; at < end; at += LINE) sum += load<i32>(<usize>(<u32>at))
  // Or a compiler might find that nobody needs it.
  store<i32>(plan, sum, BROUGHT + 8)
}
