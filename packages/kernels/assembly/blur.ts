/**
 * A symmetric filter along each axis of a box, in place: out(i) = w0 · in(i) + Σ w_m · (in(i − m) + in(i + m)).
 *
 * A box of `nx` × `ny` × `nz` float32 lies at `data`, its rows and planes `rowBytes` and `planeBytes` apart. Beyond a line's
 * ends stands the line again, in reverse (… b a | a b …), or zeros; so `radius` is at most the line's length. `weights` are
 * `radius` + 1 float32. Memory behind the box is read up to 128 bytes further.
 */

import { canonical, canonical4 } from './plan'

/** Bytes of a line's strip that are filtered side by side. */
const STRIP: usize = 128

/**
 * Along x and y, plane by plane; an axis without weights stays as it is. `scratch` holds, for the longer of the two, 128 bytes for
 * each voxel of a line and 2 · radius more.
 */
export function blurXY(
  data: usize, nx: i32, ny: i32, nz: i32, rowBytes: i32, planeBytes: i32,
  radiusX: i32, weightsX: usize, radiusY: i32, weightsY: usize, zeros: i32, scratch: usize,
): void {
  for (let k = 0; k < nz; k++) {
    const plane = data + <usize>(k * planeBytes)
    if (weightsX != 0) {
      for (let j = 0; j < ny; j++) row(plane + <usize>(j * rowBytes), nx, radiusX, weightsX, zeros, scratch)
    }
    if (weightsY != 0) {
      for (let i = 0; i < nx; i += 32) {
        strip(plane + <usize>(4 * i), ny, <usize>rowBytes, min(32, nx - i), radiusY, weightsY, zeros, scratch)
      }
    }
  }
}

/** Filters one row. */
function row(row: usize, nx: i32, radius: i32, weights: usize, zeros: i32, scratch: usize): void {
  const line = scratch + 4 * <usize>radius
  memory.copy(line, row, 4 * <usize>nx)
  const end = line + 4 * <usize>nx
  for (let m: usize = 0; m < <usize>radius; m++) {
    store<f32>(line - 4 * (m + 1), zeros != 0 ? 0 : load<f32>(line + 4 * m))
    store<f32>(end + 4 * m, zeros != 0 ? 0 : load<f32>(end - 4 * (m + 1)))
  }
  let i = 0
  for (; i + 16 <= nx; i += 16) {
    const at = line + 4 * <usize>i
    const w0 = v128.load32_splat(weights)
    let a = f32x4.mul(w0, v128.load(at))
    let b = f32x4.mul(w0, v128.load(at, 16))
    let c = f32x4.mul(w0, v128.load(at, 32))
    let d = f32x4.mul(w0, v128.load(at, 48))
    for (let m: usize = 1; m <= <usize>radius; m++) {
      const w = v128.load32_splat(weights + 4 * m)
      const before = at - 4 * m
      const after = at + 4 * m
      a = f32x4.add(a, f32x4.mul(w, f32x4.add(v128.load(before), v128.load(after))))
      b = f32x4.add(b, f32x4.mul(w, f32x4.add(v128.load(before, 16), v128.load(after, 16))))
      c = f32x4.add(c, f32x4.mul(w, f32x4.add(v128.load(before, 32), v128.load(after, 32))))
      d = f32x4.add(d, f32x4.mul(w, f32x4.add(v128.load(before, 48), v128.load(after, 48))))
    }
    const to = row + 4 * <usize>i
    v128.store(to, canonical4(a))
    v128.store(to, canonical4(b), 16)
    v128.store(to, canonical4(c), 32)
    v128.store(to, canonical4(d), 48)
  }
  for (; i < nx; i++) {
    const at = line + 4 * <usize>i
    let sum = load<f32>(weights) * load<f32>(at)
    for (let m: usize = 1; m <= <usize>radius; m++) {
      sum += load<f32>(weights + 4 * m) * (load<f32>(at - 4 * m) + load<f32>(at + 4 * m))
    }
    store<f32>(row + 4 * <usize>i, canonical(sum))
  }
}

/** Along z. */
export function blurZ(
  data: usize, nx: i32, ny: i32, nz: i32, rowBytes: i32, planeBytes: i32, radius: i32, weights: usize, zeros: i32, scratch: usize,
): void {
  for (let j = 0; j < ny; j++) {
    for (let i = 0; i < nx; i += 32) {
      strip(data + <usize>(j * rowBytes + 4 * i), nz, <usize>planeBytes, min(32, nx - i), radius, weights, zeros, scratch)
    }
  }
}

/** Filters `width` neighbouring lines of `n` voxels, `stride` bytes apart, at once. */
function strip(data: usize, n: i32, stride: usize, width: i32, radius: i32, weights: usize, zeros: i32, scratch: usize): void {
  const lines = scratch + STRIP * <usize>radius
  const end = lines + STRIP * <usize>n
  let from = data
  for (let to = lines; to < end; to += STRIP) {
    copyLine(from, to)
    from += stride
  }
  for (let m: usize = 0; m < <usize>radius; m++) {
    if (zeros != 0) {
      memory.fill(lines - STRIP * (m + 1), 0, STRIP)
      memory.fill(end + STRIP * m, 0, STRIP)
    } else {
      copyLine(lines + STRIP * m, lines - STRIP * (m + 1))
      copyLine(end - STRIP * (m + 1), end + STRIP * m)
    }
  }
  let out = data
  for (let at = lines; at < end; at += STRIP) {
    const w0 = v128.load32_splat(weights)
    let a = f32x4.mul(w0, v128.load(at))
    let b = f32x4.mul(w0, v128.load(at, 16))
    let c = f32x4.mul(w0, v128.load(at, 32))
    let d = f32x4.mul(w0, v128.load(at, 48))
    let e = f32x4.mul(w0, v128.load(at, 64))
    let f = f32x4.mul(w0, v128.load(at, 80))
    let g = f32x4.mul(w0, v128.load(at, 96))
    let h = f32x4.mul(w0, v128.load(at, 112))
    let before = at
    let after = at
    for (let m: usize = 1; m <= <usize>radius; m++) {
      const w = v128.load32_splat(weights + 4 * m)
      before -= STRIP
      after += STRIP
      a = f32x4.add(a, f32x4.mul(w, f32x4.add(v128.load(before), v128.load(after))))
      b = f32x4.add(b, f32x4.mul(w, f32x4.add(v128.load(before, 16), v128.load(after, 16))))
      c = f32x4.add(c, f32x4.mul(w, f32x4.add(v128.load(before, 32), v128.load(after, 32))))
      d = f32x4.add(d, f32x4.mul(w, f32x4.add(v128.load(before, 48), v128.load(after, 48))))
      e = f32x4.add(e, f32x4.mul(w, f32x4.add(v128.load(before, 64), v128.load(after, 64))))
      f = f32x4.add(f, f32x4.mul(w, f32x4.add(v128.load(before, 80), v128.load(after, 80))))
      g = f32x4.add(g, f32x4.mul(w, f32x4.add(v128.load(before, 96), v128.load(after, 96))))
      h = f32x4.add(h, f32x4.mul(w, f32x4.add(v128.load(before, 112), v128.load(after, 112))))
    }
    if (width == 32) {
      v128.store(out, canonical4(a))
      v128.store(out, canonical4(b), 16)
      v128.store(out, canonical4(c), 32)
      v128.store(out, canonical4(d), 48)
      v128.store(out, canonical4(e), 64)
      v128.store(out, canonical4(f), 80)
      v128.store(out, canonical4(g), 96)
      v128.store(out, canonical4(h), 112)
    } else {
      // What lies behind the row is another's.
      v128.store(result, canonical4(a))
      v128.store(result, canonical4(b), 16)
      v128.store(result, canonical4(c), 32)
      v128.store(result, canonical4(d), 48)
      v128.store(result, canonical4(e), 64)
      v128.store(result, canonical4(f), 80)
      v128.store(result, canonical4(g), 96)
      v128.store(result, canonical4(h), 112)
      memory.copy(out, result, 4 * <usize>width)
    }
    out += stride
  }
}

const result: usize = memory.data(128, 16)

// @ts-ignore: decorator
@inline
function copyLine(from: usize, to: usize): void {
  for (let n: usize = 0; n < STRIP; n += 16) v128.store(to + n, v128.load(from + n))
}
