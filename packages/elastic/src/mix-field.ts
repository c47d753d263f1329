import { type Grid, inverse } from '@voxaug/core'

/** Three rows of three. */
type Matrix = readonly number[]

const linearOf = ({ affine }: Grid) => [0, 1, 2, 4, 5, 6, 8, 9, 10].map((n) => affine[n]!)

/** What brings displacements in voxels of a frame to world mm, without the part across a frame of one voxel's thickness. */
export const alongVoxels = (frame: Grid): Matrix => linearOf(frame).map((x, n) => (frame.shape[n % 3] === 1 ? 0 : x))

/** What takes from displacements in world mm their part across a frame of one voxel's thickness; undefined where it has more. */
export function planeProjection(frame: Grid): Matrix | undefined {
  if (!frame.shape.includes(1)) return undefined
  const along = alongVoxels(frame)
  const back = inverse(frame.affine)
  return [0, 1, 2].flatMap((row) =>
    [0, 1, 2].map((column) =>
      [0, 1, 2].reduce((sum, axis) => sum + along[3 * row + axis]! * back[4 * axis + column]!, 0),
    ),
  )
}

/** A dense field, its three components one after the other, each vector multiplied by a matrix; `out` may be the field itself. */
export function mixed(field: Float32Array, m: Matrix, out = new Float32Array(field.length)): Float32Array {
  const size = field.length / 3
  for (let n = 0; n < size; n++) {
    const [x, y, z] = [field[n]!, field[n + size]!, field[n + 2 * size]!]
    out[n] = m[0]! * x + m[1]! * y + m[2]! * z
    out[n + size] = m[3]! * x + m[4]! * y + m[5]! * z
    out[n + 2 * size] = m[6]! * x + m[7]! * y + m[8]! * z
  }
  return out
}
