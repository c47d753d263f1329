/**
 * Cubic B-spline interpolation between coefficients, which src/resample.ts has brought in place of the source's voxels, with
 * two more on each side. Planes and lines are blended once as for linear.
 */
import {
  BASE, canonical, FIXED, FRACTION, lastStage, origin, plan, planeBytes, rowBytes, startOf, STEP, UNFILTERED_Z,
} from './plan'
import { isPlanar, openLine, openPlane } from './planar'
import { splineWeights } from './spline'

/** The interpolation at a place in the source. */
// @ts-ignore: decorator
@inline
export function cubicAt(px: i64, py: i64, pz: i64): f32 {
  const z = origin + <i32>(pz >> 32) * planeBytes
  const at = <usize>(<u32>(z + <i32>(py >> 32) * rowBytes + (<i32>(px >> 32) << 2)))
  const wy = splineWeights(fractionOf(py))
  const y0 = v128.shuffle<i32>(wy, wy, 0, 0, 0, 0)
  const y1 = v128.shuffle<i32>(wy, wy, 1, 1, 1, 1)
  const y2 = v128.shuffle<i32>(wy, wy, 2, 2, 2, 2)
  const y3 = v128.shuffle<i32>(wy, wy, 3, 3, 3, 3)
  if (load<i32>(plan, UNFILTERED_Z) != 0) return across(planeSum(at, y0, y1, y2, y3), px)
  const wz = splineWeights(fractionOf(pz))
  const step = <usize>planeBytes
  const near = f32x4.add(
    f32x4.mul(v128.shuffle<i32>(wz, wz, 0, 0, 0, 0), planeSum(at - step, y0, y1, y2, y3)),
    f32x4.mul(v128.shuffle<i32>(wz, wz, 1, 1, 1, 1), planeSum(at, y0, y1, y2, y3)),
  )
  const far = f32x4.add(
    f32x4.mul(v128.shuffle<i32>(wz, wz, 2, 2, 2, 2), planeSum(at + step, y0, y1, y2, y3)),
    f32x4.mul(v128.shuffle<i32>(wz, wz, 3, 3, 3, 3), planeSum(at + 2 * step, y0, y1, y2, y3)),
  )
  return across(f32x4.add(near, far), px)
}

// @ts-ignore: decorator
@inline
function fractionOf(p: i64): f32 {
  return <f32>(<i32>(<u32>p >> 8)) * FRACTION
}

/** Four x-neighbours, each summed over four lines. */
// @ts-ignore: decorator
@inline
function planeSum(at: usize, y0: v128, y1: v128, y2: v128, y3: v128): v128 {
  const step = <usize>rowBytes
  const near = f32x4.add(f32x4.mul(y0, v128.load(at - step - 4)), f32x4.mul(y1, v128.load(at - 4)))
  const far = f32x4.add(f32x4.mul(y2, v128.load(at + step - 4)), f32x4.mul(y3, v128.load(at + 2 * step - 4)))
  return f32x4.add(near, far)
}

/** Four x-neighbours, summed. */
// @ts-ignore: decorator
@inline
function across(four: v128, px: i64): f32 {
  const weighed = f32x4.mul(four, splineWeights(fractionOf(px)))
  const two = f32x4.add(weighed, v128.shuffle<i32>(weighed, weighed, 2, 3, 0, 1))
  return canonical(f32x4.extract_lane(two, 0) + f32x4.extract_lane(two, 1))
}

/** Voxels from `from` to before `to` of a row whose stages are all affine and clamp nothing. */
export function cubicRow(out: usize, from: i32, to: i32, y: i32, z: i32): void {
  if (from >= to) return
  const fixed = lastStage + FIXED
  const direction: i64 = load<i32>(plan, STEP)
  const x: i64 = <i64>load<i32>(plan, BASE) + direction * from
  let px = startOf(fixed, x, y, z)
  let py = startOf(fixed + 32, x, y, z)
  let pz = startOf(fixed + 64, x, y, z)
  const stepX = load<i64>(fixed) * direction
  const stepY = load<i64>(fixed, 32) * direction
  const stepZ = load<i64>(fixed, 64) * direction
  const end = out + <usize>(4 * to)
  let at = out + <usize>(4 * from)
  if (!isPlanar()) {
    for (; at < end; at += 4) {
      store<f32>(at, cubicAt(px, py, pz))
      px += stepX
      py += stepY
      pz += stepZ
    }
    return
  }
  const plane = openPlane(z, true)
  if (stepY == 0) {
    const line = openLine(plane, py, px, px + stepX * <i64>(to - from - 1), true)
    for (; at < end; at += 4) {
      store<f32>(at, across(v128.load(<usize>(<u32>(line + (<i32>(px >> 32) << 2))) - 4), px))
      px += stepX
    }
    return
  }
  for (; at < end; at += 4) {
    const voxel = <usize>(<u32>(plane + <i32>(py >> 32) * rowBytes + (<i32>(px >> 32) << 2)))
    const wy = splineWeights(fractionOf(py))
    const sum = planeSum(
      voxel,
      v128.shuffle<i32>(wy, wy, 0, 0, 0, 0),
      v128.shuffle<i32>(wy, wy, 1, 1, 1, 1),
      v128.shuffle<i32>(wy, wy, 2, 2, 2, 2),
      v128.shuffle<i32>(wy, wy, 3, 3, 3, 3),
    )
    store<f32>(at, across(sum, px))
    px += stepX
    py += stepY
  }
}
