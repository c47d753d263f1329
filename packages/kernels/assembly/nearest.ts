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
  let px = startOf(fixed, x, y, z) + HALF
  let py = startOf(fixed + 32, x, y, z) + HALF
  let pz = startOf(fixed + 64, x, y, z) + HALF
  const stepX = load<i64>(fixed) * direction
  const stepY = load<i64>(fixed, 32) * direction
  const stepZ = load<i64>(fixed, 64) * direction
  const width = rowBytes
  const plane = planeBytes
  const base = origin
  const end = out + <usize>(to * sizeof<T>())
  for (let at = out + <usize>(from * sizeof<T>()); at < end; at += sizeof<T>()) {
    const voxel = base + <i32>(pz >> 32) * plane + <i32>(py >> 32) * width + <i32>(px >> 32) * <i32>sizeof<T>()
    store<T>(at, load<T>(<usize>(<u32>voxel)))
    px += stepX
    py += stepY
    pz += stepZ
  }
}
