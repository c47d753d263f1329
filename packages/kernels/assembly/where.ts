/** Which voxels count: all of them, those that are not 0 (NaN is not), or those whose byte in a mask is not 0. */
export const ALL = 0
export const NONZERO = 1
export const MASK = 2

/** All ones in each 32-bit lane whose voxel counts; `x` are four voxels, `mask` the address of their four bytes. */
// @ts-ignore: decorator
@inline
export function selected(where: i32, x: v128, mask: usize): v128 {
  if (where == NONZERO) return f32x4.ne(x, f32x4.splat(0))
  if (where == MASK) return maskLanes(mask)
  return i32x4.splat(-1)
}

/** All ones in each 32-bit lane whose byte is not 0. */
// @ts-ignore: decorator
@inline
export function maskLanes(mask: usize): v128 {
  return i32x4.ne(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(mask))), i32x4.splat(0))
}
