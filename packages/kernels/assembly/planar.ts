/** Planes and lines of the source, blended once for all the output voxels that lie between the same two (or four) of them. */
import {
  BOX, endX, firstX, firstY, FIXED, FRACTION, lastStage, LINE, origin, plan, PLANE, PLANE_Z, planeBytes, rowBytes,
  startOf, UNFILTERED_Z,
} from './plan'
import { splineWeights } from './spline'

// @ts-ignore: decorator
@inline
export function lerp4(a: v128, b: v128, t: v128): v128 {
  return f32x4.add(a, f32x4.mul(t, f32x4.sub(b, a)))
}

/** Whether, for passes whose stages are all affine, the place along z depends on the output's z alone. */
export function isPlanar(): bool {
  const alongZ = lastStage + FIXED + 64
  if (load<u32>(plan, PLANE) == 0) return false
  return load<f64>(lastStage + 16, BOX) == 1 || (load<i64>(alongZ) == 0 && load<i64>(alongZ, 8) == 0)
}

/** The plane in which output plane `z` lies, blended from its neighbours: the address at which its voxel (0, 0) would be. */
export function openPlane(z: i32, cubic: bool): i32 {
  const pz = load<f64>(lastStage + 16, BOX) == 1 ? 0 : startOf(lastStage + FIXED + 64, 0, 0, z)
  const fraction = <u32>pz >> 8
  const near = origin + <i32>(pz >> 32) * planeBytes
  const ready = cubic ? load<i32>(plan, UNFILTERED_Z) != 0 : fraction == 0
  if (ready) return near
  const buffer = load<i32>(plan, PLANE)
  const corner = firstY * rowBytes + 4 * firstX
  if (load<i32>(plan, PLANE_Z) != z) {
    const t = <f32>(<i32>fraction) * FRACTION
    const end = <usize>(buffer + planeBytes)
    const step = planeBytes
    let from = <usize>(<u32>(near + corner))
    if (cubic) fourLines(from, step, splineWeights(t), <usize>buffer, end)
    else twoLines(from, step, t, <usize>buffer, end)
    store<i32>(plan, z, PLANE_Z)
  }
  return buffer - corner
}

/** The same of a line along x in a plane, of which the part between two places is asked for. */
export function openLine(plane: i32, py: i64, px: i64, qx: i64, cubic: bool): i32 {
  const fraction = <u32>py >> 8
  const near = plane + <i32>(py >> 32) * rowBytes
  if (!cubic && fraction == 0) return near
  const buffer = load<i32>(plan, LINE)
  // One voxel before and two behind, in fours.
  const first = max(firstX, <i32>(min(px, qx) >> 32) - 1)
  const last = min(endX - 1, <i32>(max(px, qx) >> 32) + 2)
  const from = <usize>(<u32>(near + 4 * first))
  const to = <usize>(<u32>(buffer + 4 * (first - firstX)))
  const end = <usize>(<u32>(buffer + 4 * (last + 1 - firstX)))
  const t = <f32>(<i32>fraction) * FRACTION
  if (cubic) fourLines(from, rowBytes, splineWeights(t), to, end)
  else twoLines(from, load<f64>(lastStage + 8, BOX) == 1 ? 0 : rowBytes, t, to, end)
  return buffer - 4 * firstX
}

/** Blends the voxels at `from` with those `step` bytes further, to `to` and before `end`; the last four may reach past it. */
function twoLines(from: usize, step: i32, t: f32, to: usize, end: usize): void {
  const weight = f32x4.splat(t)
  for (; to < end; to += 16) {
    v128.store(to, lerp4(v128.load(from), v128.load(from + step), weight))
    from += 16
  }
}

/** The same of four, the first of them `step` bytes before `from`. */
function fourLines(from: usize, step: i32, weights: v128, to: usize, end: usize): void {
  const w0 = v128.shuffle<i32>(weights, weights, 0, 0, 0, 0)
  const w1 = v128.shuffle<i32>(weights, weights, 1, 1, 1, 1)
  const w2 = v128.shuffle<i32>(weights, weights, 2, 2, 2, 2)
  const w3 = v128.shuffle<i32>(weights, weights, 3, 3, 3, 3)
  for (; to < end; to += 16) {
    const sum = f32x4.add(
      f32x4.add(f32x4.mul(w0, v128.load(from - step)), f32x4.mul(w1, v128.load(from))),
      f32x4.add(f32x4.mul(w2, v128.load(from + step)), f32x4.mul(w3, v128.load(from + 2 * step))),
    )
    v128.store(to, sum)
    from += 16
  }
}
