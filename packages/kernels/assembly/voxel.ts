/** One voxel through every stage, in float64: for rims, inverses, a second displacement and what the source is extended by. */
import { displace, displaced, solution, solve } from './displace'
import {
  BOX, CUBIC, DISPLACEMENT, EDGE, extension, EXTENSION_ROOM, FILL, FILLED, fixedOf, INVERSE, kind, LINEAR, move, NEAREST, plan,
  REFLECT, row, SLACK, stageAt, stageCount, VOTE, WRAP, BASE, STEP, element,
} from './plan'
import { cubicAt } from './cubic'
import { linearAt } from './linear'
import { nearestAt } from './nearest'
import { voteAt } from './vote'

/** Voxels, since `clearUnsolved`, at which an inverse was not found to 1e-3 voxel. */
export let unsolved: i32 = 0

export function clearUnsolved(): void {
  unsolved = 0
}

/** Voxels from `from` to before `to` of a row, one by one. */
export function each(out: usize, from: i32, to: i32, y: i32, z: i32): void {
  for (let x = from; x < to; x++) voxel(out + <usize>(x * element), x, y, z)
}

export function voxel(out: usize, x: i32, y: i32, z: i32): void {
  let qx = <f64>(load<i32>(plan, BASE) + load<i32>(plan, STEP) * x)
  let qy = <f64>y
  let qz = <f64>z
  for (let n = 0; n < stageCount; n++) {
    const stage = stageAt(n)
    let rx = row(stage, qx, qy, qz)
    let ry = row(stage + 32, qx, qy, qz)
    let rz = row(stage + 64, qx, qy, qz)
    if (load<u32>(stage, DISPLACEMENT) != 0) {
      if (load<i32>(stage, INVERSE) == 0) {
        displace(stage, qx, qy, qz)
        rx += load<f64>(displaced)
        ry += load<f64>(displaced, 8)
        rz += load<f64>(displaced, 16)
      } else {
        if (solve(stage, rx, ry, rz) > 1e-3) unsolved++
        rx = load<f64>(solution)
        ry = load<f64>(solution, 8)
        rz = load<f64>(solution, 16)
      }
    }
    const nx = load<f64>(stage, BOX) - 1
    const ny = load<f64>(stage, BOX + 8) - 1
    const nz = load<f64>(stage, BOX + 16) - 1
    if (nx < 0) {
      qx = rx
      qy = ry
      qz = rz
      continue
    }
    if (n == stageCount - 1 && extension != FILLED) {
      qx = fold(rx, nx)
      qy = fold(ry, ny)
      qz = fold(rz, nz)
      break
    }
    if (
      !(rx >= -SLACK && rx <= nx + SLACK && ry >= -SLACK && ry <= ny + SLACK && rz >= -SLACK && rz <= nz + SLACK)
    ) {
      move(stage + FILL, out)
      return
    }
    if (n == stageCount - 1 && kind == VOTE) {
      // What lies outside has a vote.
      qx = rx
      qy = ry
      qz = rz
      break
    }
    qx = max(0.0, min(nx, rx))
    qy = max(0.0, min(ny, ry))
    qz = max(0.0, min(nz, rz))
  }
  sampleAt(out, fixedOf(qx), fixedOf(qy), fixedOf(qz))
}

/** Writes what is at a place in the source. */
// @ts-ignore: decorator
@inline
export function sampleAt(out: usize, px: i64, py: i64, pz: i64): void {
  if (kind == LINEAR) store<f32>(out, linearAt(px, py, pz))
  else if (kind == CUBIC) store<f32>(out, cubicAt(px, py, pz))
  else if (kind == VOTE) voteAt(out, px, py, pz)
  else move(nearestAt(px, py, pz), out)
}

/** Where, within half a voxel of the source's voxels 0 to `last`, its extension repeats what is at a coordinate. */
function fold(r: f64, last: f64): f64 {
  if (extension == EDGE) {
    const room = load<f64>(plan, EXTENSION_ROOM)
    return max(-room, min(last + room, r))
  }
  if (extension == WRAP) {
    const n = last + 1
    return r - n * floor((r + 0.5) / n)
  }
  // Symmetric about the outer voxels' edges (reflect) or their centres (mirror).
  const edge = extension == REFLECT ? 0.5 : 0.0
  const length = last + 2 * edge
  if (length == 0) return 0
  const t = r + edge - 2 * length * floor((r + edge) / (2 * length))
  return (t > length ? 2 * length - t : t) - edge
}
