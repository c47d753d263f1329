/** The uniform cubic B-spline's weights in float32, and what brings samples to its coefficients. */

const sixth: f32 = 1.0 / 6.0
// Powers of t, from t³ down, in each of the four weights.
const powers = memory.data<f32>([
  -sixth, 0.5, -0.5, sixth,
  0.5, -1, 0.5, 0,
  -0.5, 0, 0.5, 0,
  sixth, 4 * sixth, sixth, 0,
])

/** The weights of the voxels −1, 0, 1 and 2 at t in [0, 1). */
// @ts-ignore: decorator
@inline
export function splineWeights(t: f32): v128 {
  const s = f32x4.splat(t)
  const cubed = f32x4.add(f32x4.mul(v128.load(powers), s), v128.load(powers, 16))
  return f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(cubed, s), v128.load(powers, 32)), s), v128.load(powers, 48))
}
