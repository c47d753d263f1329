/**
 * Displacement by a dense field: three float32 volumes, one after the other, of world mm along x, y and z; trilinear between
 * its voxels. Beyond its outer voxel centres it is what it is at the nearest of them, so that it has no jumps.
 */

/** The displacement at one coordinate of the field, brought into voxels by three rows of three: three float64 at `out`. */
export function fieldAt(field: usize, shape: usize, onward: usize, u: f64, v: f64, w: f64, out: usize): void {
  const mx = load<i32>(shape)
  const my = load<i32>(shape, 4)
  const mz = load<i32>(shape, 8)
  const x = max(0.0, min(<f64>(mx - 1), u))
  const y = max(0.0, min(<f64>(my - 1), v))
  const z = max(0.0, min(<f64>(mz - 1), w))
  const i = <i32>floor(x)
  const j = <i32>floor(y)
  const k = <i32>floor(z)
  const fx = x - <f64>i
  const fy = y - <f64>j
  const fz = z - <f64>k
  const dx: usize = i + 1 < mx ? 4 : 0
  const dy: usize = j + 1 < my ? 4 * <usize>mx : 0
  const dz: usize = k + 1 < mz ? 4 * <usize>mx * <usize>my : 0
  const volume: usize = 4 * <usize>mx * <usize>my * <usize>mz
  const at = field + 4 * ((<usize>k * <usize>my + <usize>j) * <usize>mx + <usize>i)
  const a = trilinear(at, dx, dy, dz, fx, fy, fz)
  const b = trilinear(at + volume, dx, dy, dz, fx, fy, fz)
  const c = trilinear(at + 2 * volume, dx, dy, dz, fx, fy, fz)
  store<f64>(out, load<f64>(onward) * a + (load<f64>(onward, 8) * b + load<f64>(onward, 16) * c))
  store<f64>(out, load<f64>(onward, 24) * a + (load<f64>(onward, 32) * b + load<f64>(onward, 40) * c), 8)
  store<f64>(out, load<f64>(onward, 48) * a + (load<f64>(onward, 56) * b + load<f64>(onward, 64) * c), 16)
}

// @ts-ignore: decorator
@inline
function trilinear(at: usize, dx: usize, dy: usize, dz: usize, fx: f64, fy: f64, fz: f64): f64 {
  return lerp(
    lerp(along(at, dx, fx), along(at + dy, dx, fx), fy),
    lerp(along(at + dz, dx, fx), along(at + dz + dy, dx, fx), fy),
    fz,
  )
}

// @ts-ignore: decorator
@inline
function along(at: usize, dx: usize, fx: f64): f64 {
  return lerp(<f64>load<f32>(at), <f64>load<f32>(at + dx), fx)
}

// @ts-ignore: decorator
@inline
function lerp(a: f64, b: f64, t: f64): f64 {
  return a + t * (b - a)
}
