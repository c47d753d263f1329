/** What becomes of a voxel of a row behind a displacement: a number below 0, or the stage whose fill it takes. */
import { BOX, extension, FILLED, fixedOf, kind, lastStage, LINEAR, SLACK, stageAt, stageCount, VOTE } from './plan'

/** Its place is known, and inside every box. */
export const INSIDE: i32 = -1
/** It is to be followed by itself, since a box clamps it, or the source is extended there. */
export const RIM: i32 = -2

/** Its place is known, on the source's outer voxel centres, to which the last box clamps it. */
export const EDGE: i32 = -3

/** The state of a point that a stage leads to. */
// @ts-ignore: decorator
@inline
export function stateIn(n: i32, x: f64, y: f64, z: f64): i32 {
  const stage = stageAt(n)
  const mx = load<f64>(stage, BOX) - 1
  const my = load<f64>(stage, BOX + 8) - 1
  const mz = load<f64>(stage, BOX + 16) - 1
  if (mx < 0) return INSIDE
  const inset = insetOf(n)
  if (x >= 0 && y >= 0 && z >= 0 && x <= mx - inset && y <= my - inset && z <= mz - inset) return INSIDE
  if (n == stageCount - 1 && extension != FILLED) return RIM
  const near = x >= -SLACK && y >= -SLACK && z >= -SLACK && x <= mx + SLACK && y <= my + SLACK && z <= mz + SLACK
  return !near ? n : n == stageCount - 1 && kind != VOTE ? EDGE : RIM
}

/** Where `EDGE` is along an axis: in fixed point, clamped to the source. */
// @ts-ignore: decorator
@inline
export function placeOf(x: f64, box: usize): i64 {
  return fixedOf(max(0.0, min(load<f64>(lastStage + box) - 1, x)))
}

/** A linear pass reads the voxel behind, so its last box ends a little before its last voxel. */
// @ts-ignore: decorator
@inline
export function insetOf(n: i32): f64 {
  return kind == LINEAR && n == stageCount - 1 ? 1.0 / 2147483648.0 : 0.0
}
