import { centerIndex, determinant, type Grid, transformPoint } from '@voxaug/core'

/**
 * Whether the world boxes of two grids, voxel edges included, have a point in common.
 *
 * Two convex bodies are apart exactly where a plane parallel to a face of one, or to an edge of each, lies between them (the
 * separating axis theorem): where, across it, their centres are farther apart than both reach.
 */
export function overlaps(a: Grid, b: Grid): boolean {
  const from = centerOf(a)
  const between = centerOf(b).map((x, axis) => x - from[axis]!)
  const edges = [...halfEdgesOf(a), ...halfEdgesOf(b)]
  // Planes along two edges; along one and itself, or a parallel one, all is 0, which parts nothing.
  return edges.every((p) =>
    edges.every((q) => {
      const across = (way: readonly number[]) => Math.abs(determinant([...way, 0, ...p, 0, ...q, 0]))
      return across(between) <= edges.reduce((reach, edge) => reach + across(edge), 0)
    }),
  )
}

const centerOf = (grid: Grid) => transformPoint(grid.affine, centerIndex(grid))

/** From a box's centre to its faces. */
const halfEdgesOf = ({ affine, shape }: Grid) =>
  shape.map((n, axis) => [0, 4, 8].map((row) => (affine[row + axis]! * n) / 2))
