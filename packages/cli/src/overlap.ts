import { centerIndex, type Grid, transformPoint, type Vec3 } from '@voxaug/core'
import { fail } from './fail.ts'

/**
 * Whether the world boxes of two grids, voxel edges included, have a point in common.
 *
 * Two convex bodies are apart exactly where a plane parallel to a face of one, or to an edge of each, lies between them (the
 * separating axis theorem).
 */
export function overlaps(a: Grid, b: Grid): boolean {
  const [edgesA, edgesB] = [edgesOf(a), edgesOf(b)]
  const [cornersA, cornersB] = [cornersOf(a), cornersOf(b)]
  // An edge times itself is 0, which parts nothing.
  const normals = [...products(edgesA, edgesA), ...products(edgesB, edgesB), ...products(edgesA, edgesB)]
  return normals.every((normal) => {
    const [fromA, toA] = extent(cornersA, normal)
    const [fromB, toB] = extent(cornersB, normal)
    return fromA <= toB && fromB <= toA
  })
}

/** The error of a label map that lies nowhere on its image. */
export const apart = (labelPath: string, label: Grid, imagePath: string, image: Grid): Error =>
  fail(
    labelPath,
    `the label map must overlap ${imagePath} in the world; its centre is at ${centerOf(image)} mm, got ${centerOf(label)} mm.`,
  )

const centerOf = (grid: Grid): string =>
  transformPoint(grid.affine, centerIndex(grid))
    .map((mm) => mm.toFixed(1))
    .join(', ')

const products = (a: readonly Vec3[], b: readonly Vec3[]): readonly Vec3[] =>
  a.flatMap((p) => b.map((q) => cross(p, q)))

const cross = (p: Vec3, q: Vec3): Vec3 => [
  p[1] * q[2] - p[2] * q[1],
  p[2] * q[0] - p[0] * q[2],
  p[0] * q[1] - p[1] * q[0],
]

const edgesOf = ({ affine }: Grid): readonly Vec3[] =>
  [0, 1, 2].map((axis) => [affine[axis]!, affine[axis + 4]!, affine[axis + 8]!])

const cornersOf = ({ affine, shape }: Grid): readonly Vec3[] =>
  Array.from({ length: 8 }, (_, n) =>
    transformPoint(affine, [
      n & 1 ? shape[0] - 0.5 : -0.5,
      n & 2 ? shape[1] - 0.5 : -0.5,
      n & 4 ? shape[2] - 0.5 : -0.5,
    ]),
  )

function extent(points: readonly Vec3[], normal: Vec3): readonly [number, number] {
  const along = points.map((p) => p[0] * normal[0] + p[1] * normal[1] + p[2] * normal[2])
  return [Math.min(...along), Math.max(...along)]
}
