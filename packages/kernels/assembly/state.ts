/** What becomes of a voxel of a row behind a displacement: a number below 0, or the stage whose fill it takes. */
import { BOX, extension, FILLED, kind, LINEAR, SLACK, stageAt, stageCount } from './plan'

/** Its place is known, and inside every box. */
export const INSIDE: i32 = -1
/** It is to be followed by itself, since a box clamps it, or the source is extended there. */
export const RIM: i32 = -2

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
  return near ? RIM : n
}

/** A linear pass reads the voxel behind, so its last box ends a little before its last voxel. */
// @ts-ignore: decorator
@inline
export function insetOf(n: i32): f64 {
  return kind == LINEAR && n == stageCount - 1 ? 1.0 / 2147483648.0 : 0.0
}
