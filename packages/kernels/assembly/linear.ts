/**
 * Trilinear interpolation, four voxels at a time.
 *
 * Where a row's z coordinate depends on the output's z alone, the two source planes are blended once for all of the plane's
 * rows, and where y does not change along a row either, its two lines are: as in zooms, turns about z, and flat images.
 */
import {
  BASE, BOX, canonical, canonical4, endX, endY, endZ, FIXED, FRACTION, lastStage, ONE, origin, plan, planeBytes, rowBytes, startOf,
  STEP,
} from './plan'
import { isPlanar, lerp4, openLine, openPlane } from './planar'

/** The linear interpolation at a place in the source, with the very operations of `linearFour`. */
export function linearAt(px: i64, py: i64, pz: i64): f32 {
  const x = <i32>(px >> 32)
  const y = <i32>(py >> 32)
  const z = <i32>(pz >> 32)
  const dx: usize = x + 1 < endX ? 4 : 0
  const dy: usize = y + 1 < endY ? <usize>rowBytes : 0
  const dz: usize = z + 1 < endZ ? <usize>planeBytes : 0
  const fx = <f32>(<i32>(<u32>px >> 8)) * FRACTION
  const fy = <f32>(<i32>(<u32>py >> 8)) * FRACTION
  const fz = <f32>(<i32>(<u32>pz >> 8)) * FRACTION
  const at = <usize>(<u32>(origin + z * planeBytes + y * rowBytes + x * 4))
  const here = lerp(lerp(load<f32>(at), load<f32>(at + dy), fy), lerp(load<f32>(at + dz), load<f32>(at + dz + dy), fy), fz)
  const e = at + dx
  const next = lerp(lerp(load<f32>(e), load<f32>(e + dy), fy), lerp(load<f32>(e + dz), load<f32>(e + dz + dy), fy), fz)
  return canonical(lerp(here, next, fx))
}

// @ts-ignore: decorator
@inline
function lerp(a: f32, b: f32, t: f32): f32 {
  return a + t * (b - a)
}

/** What every four voxels of a row share, as vectors in memory: engines would make them again each time from numbers. */
const shared: usize = memory.data(96, 16)
const STEPS: usize = 0
const ROW_BYTES: usize = 48
const PLANE_BYTES: usize = 64
const SOURCE_ORIGIN: usize = 80

/** Writes what `linearFour` reads there. */
export function shareStrides(): void {
  v128.store(shared, i32x4.splat(rowBytes), ROW_BYTES)
  v128.store(shared, i32x4.splat(planeBytes), PLANE_BYTES)
  v128.store(shared, i32x4.splat(origin), SOURCE_ORIGIN)
}

/**
 * Four places, two to a vector (fixed point), all with eight neighbours inside the box: four values.
 *
 * Interpolates along y and z between pairs of x-neighbours as they lie in memory, and along x last.
 */
// @ts-ignore: decorator
@inline
export function linearFour(x01: v128, x23: v128, y01: v128, y23: v128, z01: v128, z23: v128, dy: i32, dz: i32): v128 {
  // High words hold the floor.
  const offset = i32x4.add(
    i32x4.add(
      i32x4.mul(v128.shuffle<i32>(z01, z23, 1, 3, 5, 7), v128.load(shared, PLANE_BYTES)),
      i32x4.mul(v128.shuffle<i32>(y01, y23, 1, 3, 5, 7), v128.load(shared, ROW_BYTES)),
    ),
    i32x4.add(i32x4.shl(v128.shuffle<i32>(x01, x23, 1, 3, 5, 7), 2), v128.load(shared, SOURCE_ORIGIN)),
  )
  const p0 = <usize>(<u32>i32x4.extract_lane(offset, 0))
  const p1 = <usize>(<u32>i32x4.extract_lane(offset, 1))
  const p2 = <usize>(<u32>i32x4.extract_lane(offset, 2))
  const p3 = <usize>(<u32>i32x4.extract_lane(offset, 3))
  const fy = fractions(y01, y23)
  const fz = fractions(z01, z23)
  const first = alongYZ(p0, p1, v128.shuffle<i32>(fy, fy, 0, 0, 1, 1), v128.shuffle<i32>(fz, fz, 0, 0, 1, 1), dy, dz)
  const second = alongYZ(p2, p3, v128.shuffle<i32>(fy, fy, 2, 2, 3, 3), v128.shuffle<i32>(fz, fz, 2, 2, 3, 3), dy, dz)
  return alongX(first, second, fractions(x01, x23))
}

/** Four pairs of x-neighbours, two to a vector. */
// @ts-ignore: decorator
@inline
function alongX(first: v128, second: v128, fx: v128): v128 {
  return canonical4(
    lerp4(v128.shuffle<i32>(first, second, 0, 2, 4, 6), v128.shuffle<i32>(first, second, 1, 3, 5, 7), fx),
  )
}

/** The fractions, 24 bits, of four places. */
// @ts-ignore: decorator
@inline
function fractions(p01: v128, p23: v128): v128 {
  return f32x4.mul(
    f32x4.convert_i32x4_s(i32x4.shr_u(v128.shuffle<i32>(p01, p23, 0, 2, 4, 6), 8)),
    f32x4.splat(FRACTION),
  )
}

/** Two pairs of x-neighbours, each interpolated between its four rows. */
// @ts-ignore: decorator
@inline
function alongYZ(p: usize, q: usize, fy: v128, fz: v128, dy: i32, dz: i32): v128 {
  const near = lerp4(pairs(p, q), pairs(p + dy, q + dy), fy)
  const pz = p + dz
  const qz = q + dz
  return lerp4(near, lerp4(pairs(pz, qz), pairs(pz + dy, qz + dy), fy), fz)
}

// @ts-ignore: decorator
@inline
function pairs(p: usize, q: usize): v128 {
  return v128.load64_lane(q, v128.load64_zero(p), 1)
}

/** A voxel's step to its neighbour along y: none where the source is one voxel thick there. */
export function strideY(): i32 {
  return load<f64>(lastStage + 8, BOX) > 1 ? rowBytes : 0
}

/** The same along z. */
export function strideZ(): i32 {
  return load<f64>(lastStage + 16, BOX) > 1 ? planeBytes : 0
}

/** Voxels from `from` to before `to` of a row whose stages are all affine and clamp nothing. */
export function linearRow(out: usize, from: i32, to: i32, y: i32, z: i32): void {
  if (from >= to) return
  const fixed = lastStage + FIXED
  const direction: i64 = load<i32>(plan, STEP)
  const x: i64 = <i64>load<i32>(plan, BASE) + direction * from
  const px = startOf(fixed, x, y, z)
  const stepX = load<i64>(fixed) * direction
  const dy = strideY()
  const dz = strideZ()
  const py = dy == 0 ? 0 : startOf(fixed + 32, x, y, z)
  const stepY = dy == 0 ? 0 : load<i64>(fixed, 32) * direction
  if (!isPlanar()) {
    const pz = dz == 0 ? 0 : startOf(fixed + 64, x, y, z)
    const stepZ = dz == 0 ? 0 : load<i64>(fixed, 64) * direction
    volumeRow(out + <usize>(4 * from), to - from, px, stepX, py, stepY, pz, stepZ, dy, dz)
    return
  }
  const plane = openPlane(z, false)
  if (stepY == 0) {
    const line = openLine(plane, py, px, px + stepX * <i64>(to - from - 1), false)
    lineRow(out + <usize>(4 * from), to - from, px, stepX, line)
  } else planeRow(out + <usize>(4 * from), to - from, px, stepX, py, stepY, plane, dy)
}

function volumeRow(at: usize, left: i32, px: i64, stepX: i64, py: i64, stepY: i64, pz: i64, stepZ: i64, dy: i32, dz: i32): void {
  let x01 = i64x2(px, px + stepX)
  let y01 = i64x2(py, py + stepY)
  let z01 = i64x2(pz, pz + stepZ)
  v128.store(shared, i64x2.splat(2 * stepX), STEPS)
  v128.store(shared, i64x2.splat(2 * stepY), STEPS + 16)
  v128.store(shared, i64x2.splat(2 * stepZ), STEPS + 32)
  for (; left >= 4; left -= 4) {
    const x23 = i64x2.add(x01, v128.load(shared, STEPS))
    const y23 = i64x2.add(y01, v128.load(shared, STEPS + 16))
    const z23 = i64x2.add(z01, v128.load(shared, STEPS + 32))
    v128.store(at, linearFour(x01, x23, y01, y23, z01, z23, dy, dz))
    x01 = i64x2.add(x23, v128.load(shared, STEPS))
    y01 = i64x2.add(y23, v128.load(shared, STEPS + 16))
    z01 = i64x2.add(z23, v128.load(shared, STEPS + 32))
    at += 16
  }
  for (; left > 0; left--) {
    // One voxel in all four lanes: its neighbours to the right may lie outside.
    const values = linearFour(
      v128.shuffle<i64>(x01, x01, 0, 0), v128.shuffle<i64>(x01, x01, 0, 0),
      v128.shuffle<i64>(y01, y01, 0, 0), v128.shuffle<i64>(y01, y01, 0, 0),
      v128.shuffle<i64>(z01, z01, 0, 0), v128.shuffle<i64>(z01, z01, 0, 0),
      dy, dz,
    )
    store<f32>(at, f32x4.extract_lane(values, 0))
    x01 = i64x2.add(x01, i64x2.splat(stepX))
    y01 = i64x2.add(y01, i64x2.splat(stepY))
    z01 = i64x2.add(z01, i64x2.splat(stepZ))
    at += 4
  }
}

/** Between the voxels of one plane, whose voxel (0, 0) would be at `plane`. */
function planeRow(at: usize, left: i32, px: i64, stepX: i64, py: i64, stepY: i64, plane: i32, dy: i32): void {
  let x01 = i64x2(px, px + stepX)
  let y01 = i64x2(py, py + stepY)
  v128.store(shared, i64x2.splat(2 * stepX), STEPS)
  v128.store(shared, i64x2.splat(2 * stepY), STEPS + 16)
  v128.store(shared, i32x4.splat(plane), STEPS + 32)
  for (; left >= 4; left -= 4) {
    const x23 = i64x2.add(x01, v128.load(shared, STEPS))
    const y23 = i64x2.add(y01, v128.load(shared, STEPS + 16))
    v128.store(at, planeFour(x01, x23, y01, y23, dy))
    x01 = i64x2.add(x23, v128.load(shared, STEPS))
    y01 = i64x2.add(y23, v128.load(shared, STEPS + 16))
    at += 16
  }
  for (; left > 0; left--) {
    const x = v128.shuffle<i64>(x01, x01, 0, 0)
    const y = v128.shuffle<i64>(y01, y01, 0, 0)
    store<f32>(at, f32x4.extract_lane(planeFour(x, x, y, y, dy), 0))
    x01 = i64x2.add(x01, i64x2.splat(stepX))
    y01 = i64x2.add(y01, i64x2.splat(stepY))
    at += 4
  }
}

// @ts-ignore: decorator
@inline
function planeFour(x01: v128, x23: v128, y01: v128, y23: v128, dy: i32): v128 {
  const offset = i32x4.add(
    i32x4.mul(v128.shuffle<i32>(y01, y23, 1, 3, 5, 7), v128.load(shared, ROW_BYTES)),
    i32x4.add(i32x4.shl(v128.shuffle<i32>(x01, x23, 1, 3, 5, 7), 2), v128.load(shared, STEPS + 32)),
  )
  const p0 = <usize>(<u32>i32x4.extract_lane(offset, 0))
  const p1 = <usize>(<u32>i32x4.extract_lane(offset, 1))
  const p2 = <usize>(<u32>i32x4.extract_lane(offset, 2))
  const p3 = <usize>(<u32>i32x4.extract_lane(offset, 3))
  const fy = fractions(y01, y23)
  return alongX(
    lerp4(pairs(p0, p1), pairs(p0 + dy, p1 + dy), v128.shuffle<i32>(fy, fy, 0, 0, 1, 1)),
    lerp4(pairs(p2, p3), pairs(p2 + dy, p3 + dy), v128.shuffle<i32>(fy, fy, 2, 2, 3, 3)),
    fractions(x01, x23),
  )
}

/** Between the voxels of one line, whose voxel 0 would be at `line`. */
function lineRow(at: usize, left: i32, px: i64, stepX: i64, line: i32): void {
  if (stepX == ONE) {
    const fx = f32x4.splat(<f32>(<i32>(<u32>px >> 8)) * FRACTION)
    let p = <usize>(<u32>(line + (<i32>(px >> 32) << 2)))
    for (; left >= 4; left -= 4) {
      v128.store(at, canonical4(lerp4(v128.load(p), v128.load(p, 4), fx)))
      p += 16
      at += 16
    }
    for (; left > 0; left--) {
      store<f32>(at, f32x4.extract_lane(canonical4(lerp4(v128.load32_splat(p), v128.load32_splat(p, 4), fx)), 0))
      p += 4
      at += 4
    }
    return
  }
  let x01 = i64x2(px, px + stepX)
  const steps = i64x2.splat(2 * stepX)
  const origin = i32x4.splat(line)
  for (; left >= 4; left -= 4) {
    const x23 = i64x2.add(x01, steps)
    v128.store(at, lineFour(x01, x23, origin))
    x01 = i64x2.add(x23, steps)
    at += 16
  }
  for (; left > 0; left--) {
    const x = v128.shuffle<i64>(x01, x01, 0, 0)
    store<f32>(at, f32x4.extract_lane(lineFour(x, x, origin), 0))
    x01 = i64x2.add(x01, i64x2.splat(stepX))
    at += 4
  }
}

// @ts-ignore: decorator
@inline
function lineFour(x01: v128, x23: v128, origin: v128): v128 {
  const offset = i32x4.add(i32x4.shl(v128.shuffle<i32>(x01, x23, 1, 3, 5, 7), 2), origin)
  const p0 = <usize>(<u32>i32x4.extract_lane(offset, 0))
  const p1 = <usize>(<u32>i32x4.extract_lane(offset, 1))
  const p2 = <usize>(<u32>i32x4.extract_lane(offset, 2))
  const p3 = <usize>(<u32>i32x4.extract_lane(offset, 3))
  return alongX(pairs(p0, p1), pairs(p2, p3), fractions(x01, x23))
}
