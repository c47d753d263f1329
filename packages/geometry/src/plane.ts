import { type Grid, spacingOf, type Vec3 } from '@voxaug/core'
import { type Linear, product } from './linear.ts'

/** Amounts of an affine, by world axis; `shear` is [xy, xz, yz]. */
export interface Amounts {
  readonly rotationDegrees: Vec3
  readonly scale: Vec3
  readonly shear: Vec3
  readonly translationMm: Vec3
}

const identity: Linear = [1, 0, 0, 0, 1, 0, 0, 0, 1]

/**
 * What keeps motion within the plane of a frame that is one voxel thick, and lets all pass for any other.
 *
 * `keep` drops the amounts that leave the world plane nearest to the frame's; `turn` and `turnVector` carry what is left
 * from that plane to the frame's own, which may be oblique.
 */
export function planeOf(frame: Grid): {
  /** The world axis that is nearest to the plane's normal; undefined where there is no plane. */
  readonly across?: number
  keep(amounts: Amounts): Amounts
  turn(m: Linear): Linear
  turnVector(v: Vec3): Vec3
} {
  const thin = [0, 1, 2].filter((axis) => frame.shape[axis] === 1)
  if (thin.length === 0) return { keep: (amounts) => amounts, turn: (m) => m, turnVector: (v) => v }
  // With two thin axes the plane is a line, and with three a point: then nothing turns, shears or shifts.
  if (thin.length > 1)
    return {
      keep: () => ({ rotationDegrees: [0, 0, 0], scale: [1, 1, 1], shear: [0, 0, 0], translationMm: [0, 0, 0] }),
      turn: (m) => m,
      turnVector: (v) => v,
    }
  const normal = normalOf(frame, thin[0]!)
  const world = normal.reduce((best, x, axis) => (Math.abs(x) > Math.abs(normal[best]!) ? axis : best), 0)
  const signed = normal.map((x) => (normal[world]! < 0 ? -x : x)) as unknown as Vec3
  const turn = rotationTo(world, signed)
  const back = [0, 3, 6, 1, 4, 7, 2, 5, 8].map((n) => turn[n]!)
  const within = (amounts: Vec3, none: number) =>
    amounts.map((x, axis) => (axis === world ? none : x)) as unknown as Vec3
  return {
    across: world,
    keep: ({ rotationDegrees, scale, shear: [xy, xz, yz], translationMm }) => ({
      rotationDegrees: rotationDegrees.map((x, axis) => (axis === world ? x : 0)) as unknown as Vec3,
      scale: within(scale, 1),
      shear: [world === 2 ? xy : 0, world === 1 ? xz : 0, world === 0 ? yz : 0],
      translationMm: within(translationMm, 0),
    }),
    turn: (m) => product(product(turn, m), back),
    turnVector: ([x, y, z]) =>
      [0, 3, 6].map((row) => turn[row]! * x + turn[row + 1]! * y + turn[row + 2]! * z) as unknown as Vec3,
  }
}

/** The unit vector across the plane of the two other voxel axes. */
function normalOf({ affine }: Grid, axis: number): Vec3 {
  const column = (n: number): Vec3 => [affine[n]!, affine[n + 4]!, affine[n + 8]!]
  const [a, b] = [column((axis + 1) % 3), column((axis + 2) % 3)]
  const cross = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]] as const
  const length = spacingOf([cross[0], 0, 0, 0, cross[1], 0, 0, 0, cross[2], 0, 0, 0, 0, 0, 0, 1])[0]
  return [cross[0] / length, cross[1] / length, cross[2] / length]
}

/** The smallest rotation that takes a world axis to a unit vector on its side (Rodrigues' formula, without sines). */
function rotationTo(axis: number, n: Vec3): Linear {
  const e = identity.slice(3 * axis, 3 * axis + 3)
  const cross = [e[1]! * n[2] - e[2]! * n[1], e[2]! * n[0] - e[0]! * n[2], e[0]! * n[1] - e[1]! * n[0]]
  const k = [0, -cross[2]!, cross[1]!, cross[2]!, 0, -cross[0]!, -cross[1]!, cross[0]!, 0]
  const square = product(k, k)
  return identity.map((one, m) => one + k[m]! + square[m]! / (1 + n[axis]!))
}
