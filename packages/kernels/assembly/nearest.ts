/** The nearest voxel, of any type. */
import {
  BASE, BOX, element, FIXED, HALF, lastStage, origin, plan, planeBytes, rowBytes,
  startOf, STEP,
} from './plan'

/** The address of the voxel nearest to a place, ⌊x + ½⌋ along each axis. */
export function nearestAt(px: i64, py: i64, pz: i64): usize {
  const x = clampIndex(px, BOX)
  const y = clampIndex(py, BOX + 8)
  const z = clampIndex(pz, BOX + 16)
  return <usize>(<u32>(origin + z * planeBytes + y * rowBytes + x * element))
}

// @ts-ignore: decorator
@inline
function clampIndex(p: i64, box: usize): i32 {
  return max(0, min(<i32>load<f64>(lastStage + box) - 1, <i32>((p + HALF) >> 32)))
}

/** The voxels nearest to four places: what `nearestAt` does, four at a time. */
export function nearestFour(out: usize, x01: v128, x23: v128, y01: v128, y23: v128, z01: v128, z23: v128): void {
  const voxels = i32x4.add(
    i32x4.add(
      i32x4.mul(clampFour(z01, z23, BOX + 16), i32x4.splat(planeBytes)),
      i32x4.mul(clampFour(y01, y23, BOX + 8), i32x4.splat(rowBytes)),
    ),
    i32x4.add(i32x4.mul(clampFour(x01, x23, BOX), i32x4.splat(element)), i32x4.splat(origin)),
  )
  if (element == 4) moveFour<u32>(out, voxels)
  else if (element == 2) moveFour<u16>(out, voxels)
  else if (element == 1) moveFour<u8>(out, voxels)
  else moveFour<u64>(out, voxels)
}

// @ts-ignore: decorator
@inline
function clampFour(p01: v128, p23: v128, box: usize): v128 {
  const half = i64x2.splat(HALF)
  // High words hold the whole voxels.
  const whole = v128.shuffle<i32>(i64x2.add(p01, half), i64x2.add(p23, half), 1, 3, 5, 7)
  const most = i32x4.splat(<i32>load<f64>(lastStage + box) - 1)
  return i32x4.max_s(i32x4.splat(0), i32x4.min_s(most, whole))
}

// @ts-ignore: decorator
@inline
function moveFour<T>(out: usize, voxels: v128): void {
  store<T>(out, load<T>(<usize>(<u32>i32x4.extract_lane(voxels, 0))))
  store<T>(out, load<T>(<usize>(<u32>i32x4.extract_lane(voxels, 1))), sizeof<T>())
  store<T>(out, load<T>(<usize>(<u32>i32x4.extract_lane(voxels, 2))), 2 * sizeof<T>())
  store<T>(out, load<T>(<usize>(<u32>i32x4.extract_lane(voxels, 3))), 3 * sizeof<T>())
}

/** Voxels of a row whose stages are all affine, each known to be inside. */
export function nearestRow(out: usize, from: i32, to: i32, y: i32, z: i32): void {
  if (element == 4) nearestVoxels<u32>(out, from, to, y, z)
  else if (element == 2) nearestVoxels<u16>(out, from, to, y, z)
  else if (element == 1) nearestVoxels<u8>(out, from, to, y, z)
  else nearestVoxels<u64>(out, from, to, y, z)
}

function nearestVoxels<T>(out: usize, from: i32, to: i32, y: i32, z: i32): void {
  const fixed = lastStage + FIXED
  const direction: i64 = load<i32>(plan, STEP)
  const x: i64 = <i64>load<i32>(plan, BASE) + direction * from
  const px = startOf(fixed, x, y, z) + HALF
  const py = startOf(fixed + 32, x, y, z) + HALF
  const pz = startOf(fixed + 64, x, y, z) + HALF
  const stepX = load<i64>(fixed) * direction
  const stepY = load<i64>(fixed, 32) * direction
  const stepZ = load<i64>(fixed, 64) * direction
  let x01 = i64x2(px, px + stepX)
  let y01 = i64x2(py, py + stepY)
  let z01 = i64x2(pz, pz + stepZ)
  const twoX = i64x2.splat(2 * stepX)
  const twoY = i64x2.splat(2 * stepY)
  const twoZ = i64x2.splat(2 * stepZ)
  const width = i32x4.splat(rowBytes)
  const plane = i32x4.splat(planeBytes)
  const base = i32x4.splat(origin)
  let at = out + <usize>(from * sizeof<T>())
  for (let left = to - from; left > 0; left -= 4) {
    const x23 = i64x2.add(x01, twoX)
    const y23 = i64x2.add(y01, twoY)
    const z23 = i64x2.add(z01, twoZ)
    // High words hold the whole voxels.
    const voxels = i32x4.add(
      i32x4.add(
        i32x4.mul(v128.shuffle<i32>(z01, z23, 1, 3, 5, 7), plane),
        i32x4.mul(v128.shuffle<i32>(y01, y23, 1, 3, 5, 7), width),
      ),
      i32x4.add(i32x4.mul(v128.shuffle<i32>(x01, x23, 1, 3, 5, 7), i32x4.splat(<i32>sizeof<T>())), base),
    )
    store<T>(at, load<T>(<usize>(<u32>i32x4.extract_lane(voxels, 0))))
    if (left > 1) store<T>(at, load<T>(<usize>(<u32>i32x4.extract_lane(voxels, 1))), sizeof<T>())
    if (left > 2) store<T>(at, load<T>(<usize>(<u32>i32x4.extract_lane(voxels, 2))), 2 * sizeof<T>())
    if (left > 3) store<T>(at, load<T>(<usize>(<u32>i32x4.extract_lane(voxels, 3))), 3 * sizeof<T>())
    x01 = i64x2.add(x23, twoX)
    y01 = i64x2.add(y23, twoY)
    z01 = i64x2.add(z23, twoZ)
    at += 4 * sizeof<T>()
  }
}
