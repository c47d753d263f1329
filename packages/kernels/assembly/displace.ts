/** The displacement of one stage at one place, by a lattice or a field, and what undoes it. */
import { displacement } from './lattice'
import { fieldAt } from './field'
import { DISPLACEMENT, DISPLACEMENT_SHAPE, IS_FIELD, ONWARD, row, TO_DISPLACEMENT } from './plan'

/** Steps that an inverse may take: Newton's, which begin where others gain too little, double the digits. */
const MOST_TRIES: i32 = 100
/** Half the distance, in voxels, over which a field's slope is taken. */
const HALF_DIFFERENCE: f64 = 0.0009765625

/** What `displace` found: three float64. */
export const displaced: usize = memory.data(24, 16)

/** The displacement of a stage, in voxels of the next grid, in `displaced`; (x, y, z) is an index that the field goes by. */
export function displace(stage: usize, x: f64, y: f64, z: f64): void {
  const to = stage + TO_DISPLACEMENT
  const at = <usize>load<u32>(stage, DISPLACEMENT)
  const shape = stage + DISPLACEMENT_SHAPE
  const u = row(to, x, y, z)
  const v = row(to + 32, x, y, z)
  const w = row(to + 64, x, y, z)
  if (load<i32>(stage, IS_FIELD) != 0) fieldAt(at, shape, stage + ONWARD, u, v, w, displaced)
  else displacement(at, shape, u, v, w, displaced)
}

// Where `solve` is, how far from its target that is, and the slope of the field there, by columns.
export const solution: usize = memory.data(24, 16)
const missing: usize = memory.data(24, 16)
const slopes: usize = memory.data(72, 16)
const beyond: usize = memory.data(24, 16)

/** How far x + d(x) is from a target, all in voxels: three float64 at `out`; gives the sum of their sizes. */
function miss(stage: usize, tx: f64, ty: f64, tz: f64, x: f64, y: f64, z: f64, out: usize): f64 {
  displace(stage, x, y, z)
  const ex = tx - x - load<f64>(displaced)
  const ey = ty - y - load<f64>(displaced, 8)
  const ez = tz - z - load<f64>(displaced, 16)
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
export function solve(stage: usize, tx: f64, ty: f64, tz: f64): f64 {
  let x = tx
  let y = ty
  let z = tz
  let best = miss(stage, tx, ty, tz, x, y, z, missing)
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
        miss(stage, tx, ty, tz, x - hx, y - hy, z - hz, column)
        miss(stage, tx, ty, tz, x + hx, y + hy, z + hz, beyond)
        for (let n: usize = 0; n < 24; n += 8) {
          store<f64>(column + n, (load<f64>(column + n) - load<f64>(beyond + n)) / (2 * HALF_DIFFERENCE))
        }
      }
      const d = determinant3(slopes, slopes + 24, slopes + 48)
      sx = determinant3(missing, slopes + 24, slopes + 48) / d
      sy = determinant3(slopes, missing, slopes + 48) / d
      sz = determinant3(slopes, slopes + 24, missing) / d
    }
    let error = miss(stage, tx, ty, tz, x + sx, y + sy, z + sz, slopes)
    for (let halvings = 0; newton && halvings < 20 && !(error < best); halvings++) {
      sx *= 0.5
      sy *= 0.5
      sz *= 0.5
      error = miss(stage, tx, ty, tz, x + sx, y + sy, z + sz, slopes)
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
