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
const HALF: i64 = 0x80000000
/** Steps that an inverse may take: Newton's, which begin where others gain too little, double the digits. */
const MOST_TRIES: i32 = 100
/** Half the distance, in voxels, over which a field's slope is taken. */
const HALF_DIFFERENCE: f64 = 0.0009765625
const NAN_BITS: i32 = 0x7fc00000
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
let unsolved: i32 = 0

/**
 * Fills `rows` rows of the output, from row `first` on (y fastest, then z), at `out`. Gives the number of voxels at which
 * an inverse was not found to 1e-3 voxel.
 */
export function passRows(planAt: usize, out: usize, first: i32, rows: i32): i32 {
  plan = planAt
  unsolved = 0
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
  shareStrides()
  const nx = load<i32>(plan, OUT_X)
  const ny = load<i32>(plan, OUT_Y)
  for (let row = first; row < first + rows; row++) {
    const y = load<i32>(plan, BASE + 4) + load<i32>(plan, STEP + 4) * (row % ny)
    const z = load<i32>(plan, BASE + 8) + load<i32>(plan, STEP + 8) * (row / ny)
    passRow(out, nx, y, z)
    out += <usize>(nx * element)
  }
  return unsolved
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
  // How far, along each axis, clamping to earlier boxes may have moved a point from where the row itself goes.
  let strayX: f64 = 0
  let strayY: f64 = 0
  let strayZ: f64 = 0
  for (let n = 0; n < affineCount; n++) {
    const stage = stageAt(n)
    const last = n == stageCount - 1
    const x1 = stray(stage, strayX, strayY, strayZ)
    const y1 = stray(stage + 32, strayX, strayY, strayZ)
    const z1 = stray(stage + 64, strayX, strayY, strayZ)
    const bounded = load<f64>(stage, BOX) != 0
    strayX = bounded ? x1 + SLACK : x1
    strayY = bounded ? y1 + SLACK : y1
    strayZ = bounded ? z1 + SLACK : z1
    if (!bounded) continue
    for (let axis: usize = 0; axis < 3; axis++) {
      const room = FIXED_SLACK + <i64>ceil(<f64>ONE * min(1048576.0, axis == 0 ? x1 : axis == 1 ? y1 : z1))
      const fixed = stage + FIXED + 32 * axis
      const start = startOf(fixed, x0, y, z)
      const step = load<i64>(fixed) * direction
      const most = (<i64>load<f64>(stage + 8 * axis, BOX) - 1) * ONE
      low = outerLow
      high = outerHigh
      narrow(start, step, -room, most + room)
      outerLow = low
      outerHigh = high
      low = innerLow
      high = innerHigh
      // The last stage of a linear pass reads the voxel behind, unless the axis is one voxel thick: then its place is 0.
      if (!last) narrow(start, step, 0, most)
      else if (!linear) narrow(start, step, -HALF, most + HALF - 1)
      else if (most == 0 && axis > 0) narrow(start, step, -FIXED_SLACK, FIXED_SLACK)
      else narrow(start, step, 0, most - 1)
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

/** How far a row of a matrix may take apart two points that are so far apart along each axis. */
// @ts-ignore: decorator
@inline
function stray(matrix: usize, x: f64, y: f64, z: f64): f64 {
  return abs(load<f64>(matrix)) * x + abs(load<f64>(matrix, 8)) * y + abs(load<f64>(matrix, 16)) * z
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
        if (solve(lattice, shape, to, rx, ry, rz) > 1e-3) unsolved++
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

// Where `solve` is, how far from its target that is, and the slope of the field there, by columns.
const solution: usize = memory.data(24, 16)
const missing: usize = memory.data(24, 16)
const slopes: usize = memory.data(72, 16)

/** How far x + d(x) is from a target, all in voxels: three float64 at `out`; gives the sum of their sizes. */
function miss(lattice: usize, shape: usize, to: usize, tx: f64, ty: f64, tz: f64, x: f64, y: f64, z: f64, out: usize): f64 {
  displacement(lattice, shape, row(to, x, y, z), row(to + 32, x, y, z), row(to + 64, x, y, z), scratch)
  const ex = tx - x - load<f64>(scratch)
  const ey = ty - y - load<f64>(scratch, 8)
  const ez = tz - z - load<f64>(scratch, 16)
  store<f64>(out, ex)
  store<f64>(out, ey, 8)
  store<f64>(out, ez, 16)
  return abs(ex) + abs(ey) + abs(ez)
}

/**
 * Finds, in `solution`, the x with x + d(x) = target, and gives how far off it is, in voxels.
 *
 * By fixed point, x ← x + what is missing, while that gains; where the field is too steep for it, by Newton's method, with
 * slopes from differences and steps halved until they gain.
 */
function solve(lattice: usize, shape: usize, to: usize, tx: f64, ty: f64, tz: f64): f64 {
  let x = tx
  let y = ty
  let z = tz
  let best = miss(lattice, shape, to, tx, ty, tz, x, y, z, missing)
  let newton = false
  for (let tries = 0; tries < MOST_TRIES && best > 1e-7; tries++) {
    let sx = load<f64>(missing)
    let sy = load<f64>(missing, 8)
    let sz = load<f64>(missing, 16)
    if (newton) {
      for (let axis = 0; axis < 3; axis++) {
        const hx = axis == 0 ? HALF_DIFFERENCE : 0.0
        const hy = axis == 1 ? HALF_DIFFERENCE : 0.0
        const hz = axis == 2 ? HALF_DIFFERENCE : 0.0
        const column = slopes + 24 * <usize>axis
        miss(lattice, shape, to, tx, ty, tz, x - hx, y - hy, z - hz, column)
        miss(lattice, shape, to, tx, ty, tz, x + hx, y + hy, z + hz, scratch + 32)
        for (let n: usize = 0; n < 24; n += 8) {
          store<f64>(column + n, (load<f64>(column + n) - load<f64>(scratch + 32 + n)) / (2 * HALF_DIFFERENCE))
        }
      }
      const d = determinant3(slopes, slopes + 24, slopes + 48)
      sx = determinant3(missing, slopes + 24, slopes + 48) / d
      sy = determinant3(slopes, missing, slopes + 48) / d
      sz = determinant3(slopes, slopes + 24, missing) / d
    }
    let error = miss(lattice, shape, to, tx, ty, tz, x + sx, y + sy, z + sz, slopes)
    for (let halvings = 0; newton && halvings < 20 && !(error < best); halvings++) {
      sx *= 0.5
      sy *= 0.5
      sz *= 0.5
      error = miss(lattice, shape, to, tx, ty, tz, x + sx, y + sy, z + sz, slopes)
    }
    if (error < best) {
      x += sx
      y += sy
      z += sz
      memory.copy(missing, slopes, 24)
    } else if (newton) break
    newton = newton || !(error < 0.7 * best)
    best = min(best, error)
  }
  store<f64>(solution, x)
  store<f64>(solution, y, 8)
  store<f64>(solution, z, 16)
  return best
}

/** The determinant of three columns of three. */
function determinant3(a: usize, b: usize, c: usize): f64 {
  return (
    load<f64>(a) * (load<f64>(b, 8) * load<f64>(c, 16) - load<f64>(b, 16) * load<f64>(c, 8)) -
    load<f64>(b) * (load<f64>(a, 8) * load<f64>(c, 16) - load<f64>(a, 16) * load<f64>(c, 8)) +
    load<f64>(c) * (load<f64>(a, 8) * load<f64>(b, 16) - load<f64>(a, 16) * load<f64>(b, 8))
  )
}

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
  return max(0, min(<i32>load<f64>(box, BOX) - 1, <i32>((p + HALF) >> 32)))
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
  const here = lerp(lerp(load<f32>(at), load<f32>(at + dy), fy), lerp(load<f32>(at + dz), load<f32>(at + dz + dy), fy), fz)
  const e = at + dx
  const next = lerp(lerp(load<f32>(e), load<f32>(e + dy), fy), lerp(load<f32>(e + dz), load<f32>(e + dz + dy), fy), fz)
  const value = lerp(here, next, fx)
  return value == value ? value : reinterpret<f32>(NAN_BITS)
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

/** What every four voxels of a pass share, as vectors in memory: engines would make them again each time from numbers. */
const shared: usize = memory.data(96, 16)
const STEPS: usize = 0
const ROW_BYTES: usize = 48
const PLANE_BYTES: usize = 64
const SOURCE_ORIGIN: usize = 80

/** Writes what `linearFour` reads there. */
function shareStrides(): void {
  v128.store(shared, i32x4.splat(rowBytes), ROW_BYTES)
  v128.store(shared, i32x4.splat(planeBytes), PLANE_BYTES)
  // The address that voxel (0, 0, 0) of the source would have, were all of it in memory.
  const origin = <i32>source - (firstZ * planeBytes + firstY * rowBytes + firstX * element)
  v128.store(shared, i32x4.splat(origin), SOURCE_ORIGIN)
}

/**
 * Four places, two to a vector (fixed point), all with eight neighbours inside the box: four values.
 *
 * Interpolates along y and z between pairs of x-neighbours as they lie in memory, and along x last.
 */
// @ts-ignore: decorator
@inline
function linearFour(x01: v128, x23: v128, y01: v128, y23: v128, z01: v128, z23: v128, dy: i32, dz: i32): v128 {
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
  const values = lerp4(
    v128.shuffle<i32>(first, second, 0, 2, 4, 6),
    v128.shuffle<i32>(first, second, 1, 3, 5, 7),
    fractions(x01, x23),
  )
  // Which NaN comes out of arithmetic depends on the processor: write one and the same.
  return v128.bitselect(values, i32x4.splat(NAN_BITS), f32x4.eq(values, values))
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

/** A voxel's step to its neighbour along an axis: none where the axis is one voxel thick. */
// @ts-ignore: decorator
@inline
function neighbour(axis: usize, bytes: i32): i32 {
  return load<f64>(stageAt(stageCount - 1) + 8 * axis, BOX) > 1 ? bytes : 0
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
  const dy = neighbour(1, rowBytes)
  const dz = neighbour(2, planeBytes)
  let x01 = i64x2(px, px + stepX)
  let y01 = i64x2(py, py + stepY)
  let z01 = i64x2(pz, pz + stepZ)
  v128.store(shared, i64x2.splat(2 * stepX), STEPS)
  v128.store(shared, i64x2.splat(2 * stepY), STEPS + 16)
  v128.store(shared, i64x2.splat(2 * stepZ), STEPS + 32)
  let at = out + <usize>(4 * from)
  let left = to - from
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

function nearestRow(out: usize, from: i32, to: i32, y: i32, z: i32): void {
  if (element == 4) nearestVoxels<u32>(out, from, to, y, z)
  else if (element == 2) nearestVoxels<u16>(out, from, to, y, z)
  else if (element == 1) nearestVoxels<u8>(out, from, to, y, z)
  else nearestVoxels<u64>(out, from, to, y, z)
}

/** `linearRow` for the nearest voxel, which is known to be inside. */
function nearestVoxels<T>(out: usize, from: i32, to: i32, y: i32, z: i32): void {
  const fixed = stageAt(stageCount - 1) + FIXED
  const direction: i64 = load<i32>(plan, STEP)
  const x: i64 = <i64>load<i32>(plan, BASE) + direction * from
  let px = startOf(fixed, x, y, z) + HALF
  let py = startOf(fixed + 32, x, y, z) + HALF
  let pz = startOf(fixed + 64, x, y, z) + HALF
  const stepX = load<i64>(fixed) * direction
  const stepY = load<i64>(fixed, 32) * direction
  const stepZ = load<i64>(fixed, 64) * direction
  const origin = <i32>source - (firstZ * planeBytes + firstY * rowBytes + firstX * element)
  const width = rowBytes
  const plane = planeBytes
  const end = out + <usize>(to * sizeof<T>())
  for (let at = out + <usize>(from * sizeof<T>()); at < end; at += sizeof<T>()) {
    const voxel = origin + <i32>(pz >> 32) * plane + <i32>(py >> 32) * width + <i32>(px >> 32) * <i32>sizeof<T>()
    store<T>(at, load<T>(<usize>(<u32>voxel)))
    px += stepX
    py += stepY
    pz += stepZ
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
  const dy = neighbour(1, rowBytes)
  const dz = neighbour(2, planeBytes)
  let n = from
  while (n < to) {
    const at = <usize>(8 * n)
    if (linear && n + 4 <= to && v128.all_true<i32>(i32x4.eq(v128.load(states + <usize>(4 * n)), i32x4.splat(INSIDE)))) {
      const values = linearFour(
        v128.load(xs + at), v128.load(xs + at, 16), v128.load(ys + at), v128.load(ys + at, 16), v128.load(zs + at), v128.load(zs + at, 16),
        dy, dz,
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

/** Voxels that are tested for leaving a box together, where their segment as a whole may. */
const CHUNK: i32 = 16

/** Stages that a row's polynomials have room for; src/plan.ts keeps to it. */
const MOST_STAGES: i32 = 16

// Of the segment at hand: its lattice polynomial, then for each box from the lattice's stage on where the row lies on its
// grid, also a polynomial of s (three vectors of two equal numbers for each power), and a bound of its curvature.
const segment: usize = memory.data(polynomialBytes, 16)
const POLYNOMIAL: usize = 10 * 48
const polynomials: usize = memory.data(MOST_STAGES * 10 * 48, 16)
const curvatures: usize = memory.data(MOST_STAGES * 24, 16)
let degree: i32 = 0

/** Writes the places and states of a row's voxels from `from` to before `to`. */
function locate(from: i32, to: i32, y: i32, z: i32, xs: usize, ys: usize, zs: usize, states: usize): void {
  const stage = stageAt(affineCount)
  const step = load<i32>(plan, STEP)
  const direction: i64 = step
  const base = load<i32>(plan, BASE)
  const fixed = stage + LATTICE_FIXED
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
    const steps = min(<i64>(to - x), min(stay(u, du * direction), min(stay(v, dv * direction), stay(w, dw * direction))))
    const end = x + <i32>steps
    segmentPolynomial(<usize>load<u32>(stage, LATTICE), stage + 136, u0, v0, w0, du, dv, dw, u, v, w, segment)
    expand(y, z)
    const slope = f64x2.splat(load<f64>(segment))
    const offset = f64x2.splat(load<f64>(segment, 8))
    const clear = staysInside(<f64>(base + step * x), <f64>(base + step * (end - 1)))
    while (x < end) {
      const stop = clear ? end : min(end, x + CHUNK)
      const first = base + step * x
      if (clear || staysInside(<f64>first, <f64>(base + step * (stop - 1)))) {
        const last = polynomials + POLYNOMIAL * <usize>(stageCount - 1 - affineCount)
        let i01 = f64x2(<f64>first, <f64>(first + step))
        // Up to three places beyond the chunk are written over by the next one, or fall into the buffer's spare room.
        for (let n = x; n < stop; n += 4) {
          v128.store(states + <usize>(4 * n), i32x4.splat(INSIDE))
          const i23 = f64x2.add(i01, f64x2.splat(<f64>(2 * step)))
          fourPlaces(
            last,
            f64x2.add(f64x2.mul(i01, slope), offset),
            f64x2.add(f64x2.mul(i23, slope), offset),
            xs + <usize>(8 * n), ys + <usize>(8 * n), zs + <usize>(8 * n),
          )
          i01 = f64x2.add(i23, f64x2.splat(<f64>(2 * step)))
        }
      } else {
        for (let n = x; n < stop; n++) {
          const s = <f64>(base + step * n) * load<f64>(segment) + load<f64>(segment, 8)
          store<i32>(states + <usize>(4 * n), onePlace(s, xs + <usize>(8 * n), ys + <usize>(8 * n), zs + <usize>(8 * n)))
        }
      }
      x = stop
    }
  }
}

/** Makes the polynomials of the segment: base index = (s − offset) / slope, so what is linear in it is linear in s. */
function expand(y: i32, z: i32): void {
  const slope = load<f64>(segment)
  const offset = load<f64>(segment, 8)
  const own = load<i32>(segment, 16)
  degree = max(1, own)
  const composed = stageAt(affineCount) + COMPOSED
  for (let axis: usize = 0; axis < 3; axis++) {
    const matrix = composed + 32 * axis
    const rest = load<f64>(matrix, 8) * <f64>y + load<f64>(matrix, 16) * <f64>z + load<f64>(matrix, 24)
    const along = load<f64>(matrix) / slope
    for (let power: usize = 0; power <= <usize>degree; power++) {
      let value = power <= <usize>own ? load<f64>(segment + 24 + 24 * power + 8 * axis) : 0
      if (power == 0) value += rest - along * offset
      if (power == 1) value += along
      v128.store(polynomials + 48 * power + 16 * axis, f64x2.splat(value))
    }
  }
  bend(0)
  for (let n: usize = 1; n < <usize>(stageCount - affineCount); n++) {
    const from = polynomials + POLYNOMIAL * (n - 1)
    const to = from + POLYNOMIAL
    const matrix = stageAt(affineCount + <i32>n)
    for (let power: usize = 0; power <= <usize>degree; power++) {
      const at: usize = 48 * power
      const qx = load<f64>(from + at)
      const qy = load<f64>(from + at, 16)
      const qz = load<f64>(from + at, 32)
      for (let axis: usize = 0; axis < 3; axis++) {
        const m = matrix + 32 * axis
        const value = load<f64>(m) * qx + (load<f64>(m, 8) * qy + load<f64>(m, 16) * qz)
        v128.store(to + at + 16 * axis, f64x2.splat(power == 0 ? value + load<f64>(m, 24) : value))
      }
    }
    bend(n)
  }
}

/** Bounds the second derivative of a stage's polynomial over |s| ≤ ½. */
function bend(n: usize): void {
  for (let axis: usize = 0; axis < 3; axis++) {
    let sum = 0.0
    let scale = 1.0
    for (let power = 2; power <= degree; power++) {
      sum += <f64>(power * (power - 1)) * scale * abs(load<f64>(polynomials + POLYNOMIAL * n + 48 * <usize>power + 16 * axis))
      scale *= 0.5
    }
    store<f64>(curvatures + 24 * n + 8 * axis, sum)
  }
}

/** Whether the voxels between two base indices surely stay inside every box from the lattice's stage on, unclamped. */
function staysInside(first: f64, last: f64): bool {
  const slope = load<f64>(segment)
  const offset = load<f64>(segment, 8)
  const s0 = first * slope + offset
  const s1 = last * slope + offset
  // Between two points a curve leaves their chord by at most an eighth of its curvature times the distance squared.
  const sag = (s1 - s0) * (s1 - s0) * 0.125
  for (let n = 0; n < stageCount - affineCount; n++) {
    const stage = stageAt(affineCount + n)
    if (load<f64>(stage, BOX) == 0) continue
    const inset = insetOf(affineCount + n)
    for (let axis: usize = 0; axis < 3; axis++) {
      const at = polynomials + POLYNOMIAL * <usize>n + 16 * axis
      const a = horner(at, s0)
      const b = horner(at, s1)
      const margin = sag * load<f64>(curvatures + 24 * <usize>n + 8 * axis)
      if (!(min(a, b) - margin >= 0 && max(a, b) + margin <= load<f64>(stage + 8 * axis, BOX) - 1 - inset)) return false
    }
  }
  return true
}

// @ts-ignore: decorator
@inline
function horner(at: usize, s: f64): f64 {
  let sum = load<f64>(at + 48 * <usize>degree)
  for (let power = degree - 1; power >= 0; power--) sum = sum * s + load<f64>(at + 48 * <usize>power)
  return sum
}

/** A linear pass reads the voxel behind, so its last box ends a little before its last voxel. */
// @ts-ignore: decorator
@inline
function insetOf(n: i32): f64 {
  return linear && n == stageCount - 1 ? 1.0 / 2147483648.0 : 0.0
}

/** Evaluates a stage's polynomial at four voxels and writes their places in fixed point. */
// @ts-ignore: decorator
@inline
function fourPlaces(polynomial: usize, s01: v128, s23: v128, xs: usize, ys: usize, zs: usize): void {
  let at = polynomial + 48 * <usize>degree
  let x01 = v128.load(at)
  let y01 = v128.load(at, 16)
  let z01 = v128.load(at, 32)
  let x23 = x01
  let y23 = y01
  let z23 = z01
  while (at > polynomial) {
    at -= 48
    x01 = f64x2.add(f64x2.mul(x01, s01), v128.load(at))
    y01 = f64x2.add(f64x2.mul(y01, s01), v128.load(at, 16))
    z01 = f64x2.add(f64x2.mul(z01, s01), v128.load(at, 32))
    x23 = f64x2.add(f64x2.mul(x23, s23), v128.load(at))
    y23 = f64x2.add(f64x2.mul(y23, s23), v128.load(at, 16))
    z23 = f64x2.add(f64x2.mul(z23, s23), v128.load(at, 32))
  }
  const magic = f64x2.splat(MAGIC)
  const bits = i64x2.splat(reinterpret<i64>(MAGIC))
  v128.store(xs, i64x2.sub(f64x2.add(x01, magic), bits))
  v128.store(ys, i64x2.sub(f64x2.add(y01, magic), bits))
  v128.store(zs, i64x2.sub(f64x2.add(z01, magic), bits))
  v128.store(xs, i64x2.sub(f64x2.add(x23, magic), bits), 16)
  v128.store(ys, i64x2.sub(f64x2.add(y23, magic), bits), 16)
  v128.store(zs, i64x2.sub(f64x2.add(z23, magic), bits), 16)
}

/** One voxel's state and, if it is inside all boxes, its place, with the operations of `fourPlaces`. */
function onePlace(at: f64, xs: usize, ys: usize, zs: usize): i32 {
  let x = 0.0
  let y = 0.0
  let z = 0.0
  for (let n = affineCount; n < stageCount; n++) {
    const polynomial = polynomials + POLYNOMIAL * <usize>(n - affineCount)
    x = horner(polynomial, at)
    y = horner(polynomial + 16, at)
    z = horner(polynomial + 32, at)
    const stage = stageAt(n)
    const mx = load<f64>(stage, BOX) - 1
    const my = load<f64>(stage, BOX + 8) - 1
    const mz = load<f64>(stage, BOX + 16) - 1
    if (mx < 0) continue
    const inset = insetOf(n)
    if (x >= 0 && y >= 0 && z >= 0 && x <= mx - inset && y <= my - inset && z <= mz - inset) continue
    const near =
      x >= -SLACK && y >= -SLACK && z >= -SLACK && x <= mx + SLACK && y <= my + SLACK && z <= mz + SLACK
    return near ? RIM : n
  }
  store<i64>(xs, fixedOf(x))
  store<i64>(ys, fixedOf(y))
  store<i64>(zs, fixedOf(z))
  return INSIDE
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
