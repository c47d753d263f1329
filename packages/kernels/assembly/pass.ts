/**
 * The resampling pass: for each voxel of the output, where it lies in the source, and what is there.
 *
 * A stage maps the index on its own grid to the index on the next: an affine map, then perhaps a displacement; then a point
 * outside the next grid's box takes the stage's fill, and one within half a voxel of it is clamped to its outer voxel centres.
 * A box of no voxels bounds nothing. The source itself may be extended instead: then nothing is outside it.
 *
 * Three ways lead to the same place. Rows whose stages are all affine walk in fixed point, 32 bits before the point and 32
 * behind, so that adding steps is exact. Rows through one displacement have their places computed first. What is left (rims,
 * inverses, a second displacement) goes voxel by voxel. Which way a voxel takes, and each operation on it, depend only on its
 * index on the plan's base grid, never on its neighbours in the output: a crop has the whole's very bits.
 */
import { cubicRow } from './cubic'
import { locateByField } from './field-row'
import { locateByLattice } from './lattice-row'
import { linearFour, linearRow, shareStrides, strideY, strideZ } from './linear'
import { nearestFour, nearestRow } from './nearest'
import {
  affineCount, BASE, BOX, CUBIC, element, extension, FILL, FILLED, FIXED, FIXED_SLACK, HALF, IS_FIELD, kind, lastStage, LINEAR, move, NEAREST,
  ONE, ONE_FILL, openPlan, OUT_X, OUT_Y, plan, ROW_BUFFER, SLACK, stageAt, stageCount, startOf, STEP, VOTE,
} from './plan'
import { EDGE, INSIDE, RIM } from './state'
import { clearUnsolved, each, sampleAt, unsolved, voxel } from './voxel'
import { voteRow } from './vote'

/**
 * Fills a tile of the output at `out`: all of x, `rows` rows from `firstRow` on, of `planes` planes from `firstPlane` on; planes
 * follow each other. Gives the number of voxels at which an inverse was not found to 1e-3 voxel.
 */
export function passTile(planAt: usize, out: usize, firstRow: i32, rows: i32, firstPlane: i32, planes: i32): i32 {
  openPlan(planAt)
  clearUnsolved()
  shareStrides()
  const nx = load<i32>(plan, OUT_X)
  const y0 = load<i32>(plan, BASE + 4) + load<i32>(plan, STEP + 4) * firstRow
  const z0 = load<i32>(plan, BASE + 8) + load<i32>(plan, STEP + 8) * firstPlane
  // What is known of a plane, of a lattice or of the source, serves all of its rows. Where rows cross the source's planes, those
  // that lie one above the other ask for much the same.
  const byPlanes = load<i32>(plan, ROW_BUFFER) != 0 || load<i64>(lastStage, FIXED + 64) == 0
  for (let n = 0; n < rows * planes; n++) {
    const j = byPlanes ? n % rows : n / planes
    const k = byPlanes ? n / rows : n % planes
    const row = out + <usize>((j + k * rows) * nx * element)
    passRow(row, nx, y0 + load<i32>(plan, STEP + 4) * j, z0 + load<i32>(plan, STEP + 8) * k)
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
      if (!last || extension == FILLED) {
        low = outerLow
        high = outerHigh
        narrow(start, step, -room, most + room)
        outerLow = low
        outerHigh = high
      }
      low = innerLow
      high = innerHigh
      // The last stage of a linear pass reads the voxel behind, unless the axis is one voxel thick: then its place is 0.
      if (last && kind == NEAREST) narrow(start, step, -HALF, most + HALF - 1)
      else if (last && kind == LINEAR && most == 0 && axis > 0) narrow(start, step, -FIXED_SLACK, FIXED_SLACK)
      else narrow(start, step, 0, last && kind == LINEAR ? most - 1 : most)
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
  rim(out, outerLow, innerLow, y, z)
  if (affineCount == stageCount) affineRow(out, innerLow, innerHigh, y, z)
  else if (load<i32>(plan, ROW_BUFFER) != 0) displacedRow(out, innerLow, innerHigh, y, z)
  else each(out, innerLow, innerHigh, y, z)
  rim(out, innerHigh, outerHigh, y, z)
  outside(out, outerHigh, nx, y, z)
}

/**
 * Voxels that a box may clamp, or whose source is extended. Of one affine stage they are where the row goes, clamped; where
 * there are more, a clamp moves what comes after it.
 */
function rim(out: usize, from: i32, to: i32, y: i32, z: i32): void {
  if (stageCount > 1 || affineCount == 0 || extension != FILLED || kind == VOTE) {
    each(out, from, to, y, z)
    return
  }
  const fixed = lastStage + FIXED
  const x0: i64 = load<i32>(plan, BASE)
  const direction: i64 = load<i32>(plan, STEP)
  const mostX = (<i64>load<f64>(lastStage, BOX) - 1) * ONE
  const mostY = (<i64>load<f64>(lastStage + 8, BOX) - 1) * ONE
  const mostZ = (<i64>load<f64>(lastStage + 16, BOX) - 1) * ONE
  for (let n = from; n < to; n++) {
    const x = x0 + direction * n
    const px = max<i64>(0, min<i64>(mostX, startOf(fixed, x, y, z)))
    const py = max<i64>(0, min<i64>(mostY, startOf(fixed + 32, x, y, z)))
    const pz = max<i64>(0, min<i64>(mostZ, startOf(fixed + 64, x, y, z)))
    sampleAt(out + <usize>(n * element), px, py, pz)
  }
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
  let x = from
  if (element == 4) {
    const four = v128.load32_splat(fill)
    for (; x + 4 <= to; x += 4) v128.store(out + <usize>(4 * x), four)
  }
  for (; x < to; x++) move(fill, out + <usize>(x * element))
}

function affineRow(out: usize, from: i32, to: i32, y: i32, z: i32): void {
  if (kind == LINEAR) linearRow(out, from, to, y, z)
  else if (kind == CUBIC) cubicRow(out, from, to, y, z)
  else if (kind == NEAREST) nearestRow(out, from, to, y, z)
  else voteRow(out, from, to, y, z)
}

/** Voxels behind one displacement: first where they are (row buffer: x, y, z in fixed point, and a state), then what is there. */
function displacedRow(out: usize, from: i32, to: i32, y: i32, z: i32): void {
  const nx = load<i32>(plan, OUT_X)
  const xs = <usize>load<u32>(plan, ROW_BUFFER)
  const room = <usize>(8 * (nx + 4))
  const ys = xs + room
  const zs = ys + room
  const states = zs + room
  if (load<i32>(stageAt(affineCount), IS_FIELD) != 0) locateByField(from, to, y, z, xs, ys, zs, states)
  else locateByLattice(from, to, y, z, xs, ys, zs, states)
  const dy = strideY()
  const dz = strideZ()
  let n = from
  while (n < to) {
    const at = <usize>(8 * n)
    // Clamped to an edge, the nearest voxel is the same: places for it need not lie within.
    if (kind == NEAREST ? n + 4 <= to && areKnown(states + <usize>(4 * n)) : kind == LINEAR && n + 4 <= to && areInside(states + <usize>(4 * n))) {
      const x01 = v128.load(xs + at)
      const x23 = v128.load(xs + at, 16)
      const y01 = v128.load(ys + at)
      const y23 = v128.load(ys + at, 16)
      const z01 = v128.load(zs + at)
      const z23 = v128.load(zs + at, 16)
      const target = out + <usize>(n * element)
      if (kind == NEAREST) nearestFour(target, x01, x23, y01, y23, z01, z23)
      else v128.store(target, linearFour(x01, x23, y01, y23, z01, z23, dy, dz))
      n += 4
      continue
    }
    const state = load<i32>(states + <usize>(4 * n))
    const target = out + <usize>(n * element)
    if (state == INSIDE || state == EDGE) sampleAt(target, load<i64>(xs + at), load<i64>(ys + at), load<i64>(zs + at))
    else if (state == RIM) voxel(target, n, y, z)
    else move(stageAt(state) + FILL, target)
    n++
  }
}

// @ts-ignore: decorator
@inline
function areInside(states: usize): bool {
  return v128.all_true<i32>(i32x4.eq(v128.load(states), i32x4.splat(INSIDE)))
}

/** Whether four voxels' places were computed, each inside or to be clamped to an edge. */
// @ts-ignore: decorator
@inline
function areKnown(states: usize): bool {
  const four = v128.load(states)
  return v128.all_true<i32>(v128.or(i32x4.eq(four, i32x4.splat(INSIDE)), i32x4.eq(four, i32x4.splat(EDGE))))
}
