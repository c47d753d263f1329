/**
 * The resampling pass: for each voxel of the output, where it lies in the source, and what is there.
 *
 * A plan in memory (src/plan.ts writes it) lists stages from the output to the source. A stage maps the index on its own
 * grid to the index on the next: an affine map, then perhaps a displacement from a lattice; then a point outside the next
 * grid's box takes the stage's fill, and one within half a voxel of it is clamped to its outer voxel centres. A box of no
 * voxels bounds nothing.
 *
 * Three ways lead to the same place. Rows whose stages are all affine walk in fixed point, 32 bits before the point and 32
 * behind, so that adding steps is exact. Rows through one lattice evaluate a polynomial per lattice cell in float64. What
 * is left (rims, inverses, a second lattice) goes voxel by voxel. Which way a voxel takes, and each operation on it, depend
 * only on its index on the plan's base grid, never on its neighbours in the output: a crop has the whole's very bits.
 */
import { displacement, segmentPolynomial, polynomialBytes } from './lattice'

// The plan's header, in bytes; src/plan.ts has the same table.
const COUNT: usize = 0
const AFFINE_COUNT: usize = 4
const SOURCE: usize = 8
const ELEMENT: usize = 12
const LINEAR: usize = 16
const ORIGIN: usize = 20
const SHAPE: usize = 32
const ROW_BUFFER: usize = 44
const OUT_X: usize = 48
const OUT_Y: usize = 52
const BASE: usize = 56
const STEP: usize = 68
const ONE_FILL: usize = 80
const STAGES: usize = 96

// A stage, in bytes.
const MATRIX: usize = 0
const BOX: usize = 96
const FILL: usize = 120
const LATTICE: usize = 128
const INVERSE: usize = 132
const TO_LATTICE: usize = 152
const FIXED: usize = 248
const LATTICE_FIXED: usize = 344
const COMPOSED: usize = 440
const STAGE: usize = 544

/** Half a voxel and 2^-20 more, so that a point half a voxel out in exact arithmetic is inside whatever the rounding. */
const SLACK: f64 = 0.5 + 1.0 / 1048576.0
const FIXED_SLACK: i64 = 0x80001000
const ONE: i64 = 0x100000000
const FRACTION: f32 = 1.0 / 16777216.0
/** Adding it to a float64 leaves the sum's 32 bits behind the point, as fixed point, in its low bits. */
const MAGIC: f64 = 1572864.0

// What the row at hand needs, kept out of the argument lists.
let plan: usize = 0
let stageCount: i32 = 0
let affineCount: i32 = 0
let element: i32 = 0
let linear: bool = false
let source: usize = 0
let rowBytes: i32 = 0
let planeBytes: i32 = 0
let firstX: i32 = 0
let firstY: i32 = 0
let firstZ: i32 = 0
let sizeX: i32 = 0
let sizeY: i32 = 0

/** Fills `rows` rows of the output, from row `first` on (y fastest, then z), at `out`. */
export function passRows(planAt: usize, out: usize, first: i32, rows: i32): void {
  plan = planAt
  stageCount = load<i32>(plan, COUNT)
  affineCount = load<i32>(plan, AFFINE_COUNT)
  element = load<i32>(plan, ELEMENT)
  linear = load<i32>(plan, LINEAR) != 0
  source = <usize>load<u32>(plan, SOURCE)
  firstX = load<i32>(plan, ORIGIN)
  firstY = load<i32>(plan, ORIGIN + 4)
  firstZ = load<i32>(plan, ORIGIN + 8)
  sizeX = load<i32>(plan, SHAPE)
  sizeY = load<i32>(plan, SHAPE + 4)
  rowBytes = sizeX * element
  planeBytes = sizeX * sizeY * element
  const nx = load<i32>(plan, OUT_X)
  const ny = load<i32>(plan, OUT_Y)
  for (let row = first; row < first + rows; row++) {
    const y = load<i32>(plan, BASE + 4) + load<i32>(plan, STEP + 4) * (row % ny)
    const z = load<i32>(plan, BASE + 8) + load<i32>(plan, STEP + 8) * (row / ny)
    passRow(out, nx, y, z)
    out += <usize>(nx * element)
  }
}

// The part of a row, from `low` to before `high`, where a coordinate stays within limits.
let low: i32 = 0
let high: i32 = 0

/** Narrows [low, high) to where least ≤ start + x · step ≤ most. */
function narrow(start: i64, step: i64, least: i64, most: i64): void {
  let from: i64 = low
  let to: i64 = high
  if (step == 0) {
    if (start < least || start > most) to = from
  } else if (step > 0) {
    from = max(from, -floorDivide(start - least, step))
    to = min(to, floorDivide(most - start, step) + 1)
  } else {
    from = max(from, -floorDivide(most - start, -step))
    to = min(to, floorDivide(start - least, -step) + 1)
  }
  const first: i64 = low
  const end: i64 = high
  from = max(first, min(end, from))
  to = max(from, min(end, to))
  low = <i32>from
  high = <i32>to
}

// @ts-ignore: decorator
@inline
function floorDivide(a: i64, b: i64): i64 {
  const q = a / b
  return q * b > a ? q - 1 : q
}

// @ts-ignore: decorator
@inline
function stageAt(n: i32): usize {
  return plan + STAGES + <usize>n * STAGE
}

/** A row's coordinate at its first voxel, from a fixed-point matrix. */
// @ts-ignore: decorator
@inline
function startOf(fixed: usize, x: i64, y: i64, z: i64): i64 {
  return load<i64>(fixed) * x + load<i64>(fixed, 8) * y + load<i64>(fixed, 16) * z + load<i64>(fixed, 24)
}

function passRow(out: usize, nx: i32, y: i32, z: i32): void {
  const x0 = load<i32>(plan, BASE)
  const direction: i64 = load<i32>(plan, STEP)
  // Where the leading affine stages all stay in their boxes, and where so far inside that nothing clamps.
  let outerLow = 0
  let outerHigh = nx
  let innerLow = 0
  let innerHigh = nx
  for (let n = 0; n < affineCount; n++) {
    const stage = stageAt(n)
    const last = n == stageCount - 1
    if (load<f64>(stage, BOX) == 0) continue
    for (let axis: usize = 0; axis < 3; axis++) {
      const fixed = stage + FIXED + 32 * axis
      const start = startOf(fixed, x0, y, z)
      const step = load<i64>(fixed) * direction
      const most = (<i64>load<f64>(stage + 8 * axis, BOX) - 1) * ONE
      low = outerLow
      high = outerHigh
      narrow(start, step, -FIXED_SLACK, most + FIXED_SLACK)
      outerLow = low
      outerHigh = high
      low = innerLow
      high = innerHigh
      // The last stage of a linear pass reads the voxel behind, unless the axis is one voxel thick: then its place is 0.
      if (last && (!linear || (most == 0 && axis > 0))) narrow(start, step, -FIXED_SLACK, most + FIXED_SLACK)
      else narrow(start, step, 0, last ? most - 1 : most)
      innerLow = low
      innerHigh = high
    }
  }
  if (outerHigh <= outerLow) {
    outerLow = outerHigh = 0
  }
  if (innerHigh <= innerLow || innerLow >= outerHigh) {
    innerLow = innerHigh = outerHigh
  }
  outside(out, 0, outerLow, y, z)
  each(out, outerLow, innerLow, y, z)
  if (affineCount == stageCount) {
    if (linear) linearRow(out, innerLow, innerHigh, y, z)
    else nearestRow(out, innerLow, innerHigh, y, z)
  } else if (load<i32>(plan, ROW_BUFFER) != 0) {
    latticeRow(out, innerLow, innerHigh, y, z)
  } else {
    each(out, innerLow, innerHigh, y, z)
  }
  each(out, innerHigh, outerHigh, y, z)
  outside(out, outerHigh, nx, y, z)
}

/** Voxels from `from` to before `to` that leave the box of an affine stage: of several boxes, the first decides. */
function outside(out: usize, from: i32, to: i32, y: i32, z: i32): void {
  if (load<i32>(plan, ONE_FILL) == 0) {
    each(out, from, to, y, z)
    return
  }
  const fill = stageAt(0) + FILL
  for (let x = from; x < to; x++) move(fill, out + <usize>(x * element))
}

// @ts-ignore: decorator
@inline
function move(from: usize, to: usize): void {
  if (element == 4) store<u32>(to, load<u32>(from))
  else if (element == 2) store<u16>(to, load<u16>(from))
  else if (element == 1) store<u8>(to, load<u8>(from))
  else store<u64>(to, load<u64>(from))
}

function each(out: usize, from: i32, to: i32, y: i32, z: i32): void {
  for (let x = from; x < to; x++) voxel(out + <usize>(x * element), x, y, z)
}

/** One voxel through every stage, in float64. */
function voxel(out: usize, x: i32, y: i32, z: i32): void {
  let qx = <f64>(load<i32>(plan, BASE) + load<i32>(plan, STEP) * x)
  let qy = <f64>y
  let qz = <f64>z
  for (let n = 0; n < stageCount; n++) {
    const stage = stageAt(n)
    let rx = row(stage, qx, qy, qz)
    let ry = row(stage + 32, qx, qy, qz)
    let rz = row(stage + 64, qx, qy, qz)
    const lattice = <usize>load<u32>(stage, LATTICE)
    if (lattice != 0) {
      const shape = stage + 136
      const to = stage + TO_LATTICE
      if (load<i32>(stage, INVERSE) == 0) {
        displacement(lattice, shape, row(to, qx, qy, qz), row(to + 32, qx, qy, qz), row(to + 64, qx, qy, qz), scratch)
        rx += load<f64>(scratch)
        ry += load<f64>(scratch, 8)
        rz += load<f64>(scratch, 16)
      } else {
        // r + d(r) = target: contracts unless the field folds; the limit is reached only then.
        const tx = rx
        const ty = ry
        const tz = rz
        for (let tries = 0; tries < 100; tries++) {
          displacement(lattice, shape, row(to, rx, ry, rz), row(to + 32, rx, ry, rz), row(to + 64, rx, ry, rz), scratch)
          const nextX = tx - load<f64>(scratch)
          const nextY = ty - load<f64>(scratch, 8)
          const nextZ = tz - load<f64>(scratch, 16)
          const change = abs(nextX - rx) + abs(nextY - ry) + abs(nextZ - rz)
          rx = nextX
          ry = nextY
          rz = nextZ
          if (change < 1e-7) break
        }
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
    if (
      !(rx >= -SLACK && rx <= nx + SLACK && ry >= -SLACK && ry <= ny + SLACK && rz >= -SLACK && rz <= nz + SLACK)
    ) {
      move(stage + FILL, out)
      return
    }
    qx = max(0.0, min(nx, rx))
    qy = max(0.0, min(ny, ry))
    qz = max(0.0, min(nz, rz))
  }
  const px = fixedOf(qx)
  const py = fixedOf(qy)
  const pz = fixedOf(qz)
  if (linear) store<f32>(out, linearAt(px, py, pz))
  else move(nearestAt(px, py, pz), out)
}

const scratch: usize = memory.data(64, 16)

// @ts-ignore: decorator
@inline
function row(matrix: usize, x: f64, y: f64, z: f64): f64 {
  return load<f64>(matrix) * x + (load<f64>(matrix, 8) * y + load<f64>(matrix, 16) * z + load<f64>(matrix, 24))
}

// @ts-ignore: decorator
@inline
function fixedOf(x: f64): i64 {
  return reinterpret<i64>(x + MAGIC) - reinterpret<i64>(MAGIC)
}

/** The address of the voxel nearest to a place, ⌊x + ½⌋ along each axis. */
function nearestAt(px: i64, py: i64, pz: i64): usize {
  const last = stageAt(stageCount - 1)
  const x = clampIndex(px, last) - firstX
  const y = clampIndex(py, last + 8) - firstY
  const z = clampIndex(pz, last + 16) - firstZ
  return source + <usize>((z * sizeY + y) * sizeX + x) * <usize>element
}

// @ts-ignore: decorator
@inline
function clampIndex(p: i64, box: usize): i32 {
  return max(0, min(<i32>load<f64>(box, BOX) - 1, <i32>((p + 0x80000000) >> 32)))
}

/** The linear interpolation at a place in the box, with the very operations of `linearFour`. */
function linearAt(px: i64, py: i64, pz: i64): f32 {
  const last = stageAt(stageCount - 1)
  const x = <i32>(px >> 32)
  const y = <i32>(py >> 32)
  const z = <i32>(pz >> 32)
  const dx = x + 1 < <i32>load<f64>(last, BOX) ? 4 : 0
  const dy = y + 1 < <i32>load<f64>(last, BOX + 8) ? rowBytes : 0
  const dz = z + 1 < <i32>load<f64>(last, BOX + 16) ? planeBytes : 0
  const fx = <f32>(<i32>(<u32>px >> 8)) * FRACTION
  const fy = <f32>(<i32>(<u32>py >> 8)) * FRACTION
  const fz = <f32>(<i32>(<u32>pz >> 8)) * FRACTION
  const at = source + <usize>(((z - firstZ) * sizeY + (y - firstY)) * sizeX + (x - firstX)) * 4
  const a = lerp(load<f32>(at), load<f32>(at + dx), fx)
  const b = lerp(load<f32>(at + dy), load<f32>(at + dy + dx), fx)
  const c = lerp(load<f32>(at + dz), load<f32>(at + dz + dx), fx)
  const d = lerp(load<f32>(at + dz + dy), load<f32>(at + dz + dy + dx), fx)
  return lerp(lerp(a, b, fy), lerp(c, d, fy), fz)
}

// @ts-ignore: decorator
@inline
function lerp(a: f32, b: f32, t: f32): f32 {
  return a + t * (b - a)
}

// @ts-ignore: decorator
@inline
function lerp4(a: v128, b: v128, t: v128): v128 {
  return f32x4.add(a, f32x4.mul(t, f32x4.sub(b, a)))
}

/** Four places, two to a vector (fixed point), all with eight neighbours inside the box: four values. */
// @ts-ignore: decorator
@inline
function linearFour(x01: v128, x23: v128, y01: v128, y23: v128, z01: v128, z23: v128, origin: usize, dy: i32, dz: i32): v128 {
  const scale = f32x4.splat(FRACTION)
  // Low words hold the fraction, high words the floor.
  const fx = f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(v128.shuffle<i32>(x01, x23, 0, 2, 4, 6), 8)), scale)
  const fy = f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(v128.shuffle<i32>(y01, y23, 0, 2, 4, 6), 8)), scale)
  const fz = f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(v128.shuffle<i32>(z01, z23, 0, 2, 4, 6), 8)), scale)
  const ix = v128.shuffle<i32>(x01, x23, 1, 3, 5, 7)
  const iy = v128.shuffle<i32>(y01, y23, 1, 3, 5, 7)
  const iz = v128.shuffle<i32>(z01, z23, 1, 3, 5, 7)
  const offset = i32x4.add(
    i32x4.shl(ix, 2),
    i32x4.add(i32x4.mul(iy, i32x4.splat(rowBytes)), i32x4.mul(iz, i32x4.splat(planeBytes))),
  )
  const p0 = origin + <usize>(<u32>i32x4.extract_lane(offset, 0))
  const p1 = origin + <usize>(<u32>i32x4.extract_lane(offset, 1))
  const p2 = origin + <usize>(<u32>i32x4.extract_lane(offset, 2))
  const p3 = origin + <usize>(<u32>i32x4.extract_lane(offset, 3))
  const a = alongX(p0, p1, p2, p3, fx)
  const b = alongX(p0 + dy, p1 + dy, p2 + dy, p3 + dy, fx)
  const c = alongX(p0 + dz, p1 + dz, p2 + dz, p3 + dz, fx)
  const e = dy + dz
  const d = alongX(p0 + e, p1 + e, p2 + e, p3 + e, fx)
  return lerp4(lerp4(a, b, fy), lerp4(c, d, fy), fz)
}

/** Loads two x-neighbours for each of four voxels and interpolates between them. */
// @ts-ignore: decorator
@inline
function alongX(p0: usize, p1: usize, p2: usize, p3: usize, fx: v128): v128 {
  const first = v128.load64_lane(p1, v128.load64_zero(p0), 1)
  const second = v128.load64_lane(p3, v128.load64_zero(p2), 1)
  return lerp4(v128.shuffle<i32>(first, second, 0, 2, 4, 6), v128.shuffle<i32>(first, second, 1, 3, 5, 7), fx)
}

/** The address that voxel (0, 0, 0) of the source would have, were all of it in memory. */
// @ts-ignore: decorator
@inline
function originOf(): usize {
  return source - <usize>(firstZ * planeBytes + firstY * rowBytes + firstX * element)
}

/** A voxel's step to its neighbour along an axis: none where the axis is one voxel thick. */
// @ts-ignore: decorator
@inline
function neighbour(axis: usize, bytes: i32): i32 {
  return load<f64>(stageAt(stageCount - 1) + 8 * axis, BOX) > 1 ? bytes : 0
}

/** Stores the first `count` (1 to 3) of four values. */
function storeSome(out: usize, values: v128, count: i32): void {
  store<f32>(out, f32x4.extract_lane(values, 0))
  if (count > 1) store<f32>(out, f32x4.extract_lane(values, 1), 4)
  if (count > 2) store<f32>(out, f32x4.extract_lane(values, 2), 8)
}

/** Voxels from `from` to before `to` of a row whose stages are all affine and clamp nothing. */
function linearRow(out: usize, from: i32, to: i32, y: i32, z: i32): void {
  if (from >= to) return
  const last = stageAt(stageCount - 1)
  const fixed = last + FIXED
  const direction: i64 = load<i32>(plan, STEP)
  const x: i64 = <i64>load<i32>(plan, BASE) + direction * from
  const stepX = load<i64>(fixed) * direction
  const flatY = load<f64>(last, BOX + 8) == 1
  const flatZ = load<f64>(last, BOX + 16) == 1
  const stepY = flatY ? 0 : load<i64>(fixed, 32) * direction
  const stepZ = flatZ ? 0 : load<i64>(fixed, 64) * direction
  const px = startOf(fixed, x, y, z)
  const py = flatY ? 0 : startOf(fixed + 32, x, y, z)
  const pz = flatZ ? 0 : startOf(fixed + 64, x, y, z)
  const origin = originOf()
  const dy = neighbour(1, rowBytes)
  const dz = neighbour(2, planeBytes)
  let x01 = i64x2(px, px + stepX)
  let y01 = i64x2(py, py + stepY)
  let z01 = i64x2(pz, pz + stepZ)
  const x2 = i64x2.splat(2 * stepX)
  const y2 = i64x2.splat(2 * stepY)
  const z2 = i64x2.splat(2 * stepZ)
  let at = out + <usize>(4 * from)
  let left = to - from
  for (; left >= 4; left -= 4) {
    const x23 = i64x2.add(x01, x2)
    const y23 = i64x2.add(y01, y2)
    const z23 = i64x2.add(z01, z2)
    v128.store(at, linearFour(x01, x23, y01, y23, z01, z23, origin, dy, dz))
    x01 = i64x2.add(x23, x2)
    y01 = i64x2.add(y23, y2)
    z01 = i64x2.add(z23, z2)
    at += 16
  }
  for (; left > 0; left--) {
    // One voxel in all four lanes: its neighbours to the right may lie outside.
    const values = linearFour(
      v128.shuffle<i64>(x01, x01, 0, 0), v128.shuffle<i64>(x01, x01, 0, 0),
      v128.shuffle<i64>(y01, y01, 0, 0), v128.shuffle<i64>(y01, y01, 0, 0),
      v128.shuffle<i64>(z01, z01, 0, 0), v128.shuffle<i64>(z01, z01, 0, 0),
      origin, dy, dz,
    )
    store<f32>(at, f32x4.extract_lane(values, 0))
    x01 = i64x2.add(x01, i64x2.splat(stepX))
    y01 = i64x2.add(y01, i64x2.splat(stepY))
    z01 = i64x2.add(z01, i64x2.splat(stepZ))
    at += 4
  }
}

function nearestRow(out: usize, from: i32, to: i32, y: i32, z: i32): void {
  const fixed = stageAt(stageCount - 1) + FIXED
  const direction: i64 = load<i32>(plan, STEP)
  const x: i64 = <i64>load<i32>(plan, BASE) + direction * from
  let px = startOf(fixed, x, y, z)
  let py = startOf(fixed + 32, x, y, z)
  let pz = startOf(fixed + 64, x, y, z)
  const stepX = load<i64>(fixed) * direction
  const stepY = load<i64>(fixed, 32) * direction
  const stepZ = load<i64>(fixed, 64) * direction
  let at = out + <usize>(from * element)
  for (let n = from; n < to; n++) {
    move(nearestAt(px, py, pz), at)
    px += stepX
    py += stepY
    pz += stepZ
    at += <usize>element
  }
}

// States of a voxel in the row buffer; a number below is the stage whose fill it takes.
const INSIDE: i32 = -1
const RIM: i32 = -2

/**
 * Voxels whose first lattice lies behind affine stages that clamp nothing, with only affine stages after it.
 *
 * First where they are (row buffer: x, y, z in fixed point, and a state), then what is there.
 */
function latticeRow(out: usize, from: i32, to: i32, y: i32, z: i32): void {
  const nx = load<i32>(plan, OUT_X)
  const xs = <usize>load<u32>(plan, ROW_BUFFER)
  const room = <usize>(8 * (nx + 4))
  const ys = xs + room
  const zs = ys + room
  const states = zs + room
  locate(from, to, y, z, xs, ys, zs, states)
  const origin = originOf()
  const dy = neighbour(1, rowBytes)
  const dz = neighbour(2, planeBytes)
  let n = from
  while (n < to) {
    const at = <usize>(8 * n)
    if (linear && n + 4 <= to && v128.all_true<i32>(i32x4.eq(v128.load(states + <usize>(4 * n)), i32x4.splat(INSIDE)))) {
      const values = linearFour(
        v128.load(xs + at), v128.load(xs + at, 16), v128.load(ys + at), v128.load(ys + at, 16), v128.load(zs + at), v128.load(zs + at, 16),
        origin, dy, dz,
      )
      v128.store(out + <usize>(4 * n), values)
      n += 4
      continue
    }
    const state = load<i32>(states + <usize>(4 * n))
    const to = out + <usize>(n * element)
    if (state == INSIDE) {
      if (linear) store<f32>(to, linearAt(load<i64>(xs + at), load<i64>(ys + at), load<i64>(zs + at)))
      else move(nearestAt(load<i64>(xs + at), load<i64>(ys + at), load<i64>(zs + at)), to)
    } else if (state == RIM) voxel(to, n, y, z)
    else move(stageAt(state) + FILL, to)
    n++
  }
}

// The places of two voxels as `follow` leaves them.
const places: usize = memory.data(48, 16)
const polynomial: usize = memory.data(polynomialBytes, 16)

/** Writes the places and states of a row's voxels from `from` to before `to`. */
function locate(from: i32, to: i32, y: i32, z: i32, xs: usize, ys: usize, zs: usize, states: usize): void {
  const stage = stageAt(affineCount)
  const direction: i64 = load<i32>(plan, STEP)
  const base = load<i32>(plan, BASE)
  const fixed = stage + LATTICE_FIXED
  const shape = stage + 136
  // The lattice coordinate at base index 0 of this row: segments hang on it, so that walking back gives the same bits.
  const u0 = startOf(fixed, 0, y, z)
  const v0 = startOf(fixed + 32, 0, y, z)
  const w0 = startOf(fixed + 64, 0, y, z)
  const du = load<i64>(fixed)
  const dv = load<i64>(fixed, 32)
  const dw = load<i64>(fixed, 64)
  let x = from
  while (x < to) {
    const index: i64 = <i64>base + direction * x
    const u = u0 + index * du
    const v = v0 + index * dv
    const w = w0 + index * dw
    const steps = min(
      <i64>(to - x),
      min(stay(u, du * direction), min(stay(v, dv * direction), stay(w, dw * direction))),
    )
    const end = x + <i32>steps
    segmentPolynomial(<usize>load<u32>(stage, LATTICE), shape, u0, v0, w0, du, dv, dw, u, v, w, polynomial)
    for (; x < end; x += 2) {
      const next = min(x + 1, end - 1)
      const pair = f64x2(<f64>(base + load<i32>(plan, STEP) * x), <f64>(base + load<i32>(plan, STEP) * next))
      const state = follow(pair, <f64>y, <f64>z)
      const at = <usize>(8 * x)
      if (state == INSIDE) {
        // The second of an odd pair falls on the next voxel, which is written later, or on the spare room at the end.
        v128.store(xs + at, v128.load(places))
        v128.store(ys + at, v128.load(places, 16))
        v128.store(zs + at, v128.load(places, 32))
        store<i32>(states + <usize>(4 * x), INSIDE)
        store<i32>(states + <usize>(4 * next), INSIDE)
      } else {
        one(x, f64x2.extract_lane(pair, 0), y, z, xs, ys, zs, states)
        if (next > x) one(next, f64x2.extract_lane(pair, 1), y, z, xs, ys, zs, states)
      }
    }
    x = end
  }
}

function one(x: i32, index: f64, y: i32, z: i32, xs: usize, ys: usize, zs: usize, states: usize): void {
  const state = follow(f64x2.splat(index), <f64>y, <f64>z)
  store<i64>(xs + <usize>(8 * x), load<i64>(places))
  store<i64>(ys + <usize>(8 * x), load<i64>(places, 16))
  store<i64>(zs + <usize>(8 * x), load<i64>(places, 32))
  store<i32>(states + <usize>(4 * x), state)
}

/** How many steps, the present voxel's included, a lattice coordinate stays in its cell. */
// @ts-ignore: decorator
@inline
function stay(u: i64, du: i64): i64 {
  const cell = u >> 44
  if (du > 0) return (((cell + 1) << 44) - u + du - 1) / du
  if (du < 0) return (u - (cell << 44)) / -du + 1
  return i64.MAX_VALUE
}

/**
 * Two voxels of one lattice cell, given their base index along x, through the lattice stage and those after it.
 *
 * Leaves their places in `places` and gives INSIDE; or RIM or the number of a stage, which is right for both only if the
 * two are one.
 */
function follow(index: v128, y: f64, z: f64): i32 {
  const stage = stageAt(affineCount)
  const composed = stage + COMPOSED
  const s = f64x2.add(f64x2.mul(index, v128.load64_splat(polynomial)), v128.load64_splat(polynomial, 8))
  const degree = load<i32>(polynomial, 16)
  let coefficient = polynomial + 24 + <usize>(24 * degree)
  let rx = v128.load64_splat(coefficient)
  let ry = v128.load64_splat(coefficient, 8)
  let rz = v128.load64_splat(coefficient, 16)
  for (let n = degree; n > 0; n--) {
    coefficient -= 24
    rx = f64x2.add(f64x2.mul(rx, s), v128.load64_splat(coefficient))
    ry = f64x2.add(f64x2.mul(ry, s), v128.load64_splat(coefficient, 8))
    rz = f64x2.add(f64x2.mul(rz, s), v128.load64_splat(coefficient, 16))
  }
  rx = f64x2.add(rx, rows(composed, index, y, z))
  ry = f64x2.add(ry, rows(composed + 32, index, y, z))
  rz = f64x2.add(rz, rows(composed + 64, index, y, z))
  let n = affineCount
  for (;;) {
    const at = stageAt(n)
    const last = n == stageCount - 1
    // A linear pass reads the voxel behind, so its last box ends a little before its last voxel.
    const inset = last && linear ? 1.0 / 2147483648.0 : 0.0
    const mx = load<f64>(at, BOX) - 1
    const my = load<f64>(at, BOX + 8) - 1
    const mz = load<f64>(at, BOX + 16) - 1
    const inside = v128.and(
      v128.and(within(rx, 0, mx - inset), within(ry, 0, my - inset)),
      within(rz, 0, mz - inset),
    )
    if (mx >= 0 && !v128.all_true<i64>(inside)) {
      const near = v128.and(
        v128.and(within(rx, -SLACK, mx + SLACK), within(ry, -SLACK, my + SLACK)),
        within(rz, -SLACK, mz + SLACK),
      )
      return v128.any_true(near) ? RIM : n
    }
    if (last) break
    n++
    const matrix = stageAt(n)
    const qx = rx
    const qy = ry
    const qz = rz
    rx = rowsOf(matrix, qx, qy, qz)
    ry = rowsOf(matrix + 32, qx, qy, qz)
    rz = rowsOf(matrix + 64, qx, qy, qz)
  }
  const magic = f64x2.splat(MAGIC)
  const bits = i64x2.splat(reinterpret<i64>(MAGIC))
  v128.store(places, i64x2.sub(f64x2.add(rx, magic), bits))
  v128.store(places, i64x2.sub(f64x2.add(ry, magic), bits), 16)
  v128.store(places, i64x2.sub(f64x2.add(rz, magic), bits), 32)
  return INSIDE
}

// @ts-ignore: decorator
@inline
function within(x: v128, least: f64, most: f64): v128 {
  return v128.and(f64x2.ge(x, f64x2.splat(least)), f64x2.le(x, f64x2.splat(most)))
}

/** `row` for two voxels of one row of the output. */
// @ts-ignore: decorator
@inline
function rows(matrix: usize, x: v128, y: f64, z: f64): v128 {
  const rest = load<f64>(matrix, 8) * y + load<f64>(matrix, 16) * z + load<f64>(matrix, 24)
  return f64x2.add(f64x2.mul(v128.load64_splat(matrix), x), f64x2.splat(rest))
}

// @ts-ignore: decorator
@inline
function rowsOf(matrix: usize, x: v128, y: v128, z: v128): v128 {
  const yz = f64x2.add(f64x2.mul(v128.load64_splat(matrix, 8), y), f64x2.mul(v128.load64_splat(matrix, 16), z))
  return f64x2.add(f64x2.mul(v128.load64_splat(matrix), x), f64x2.add(yz, v128.load64_splat(matrix, 24)))
}
