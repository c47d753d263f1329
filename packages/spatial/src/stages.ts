import { type Affine, type Grid, inverse, multiply, type Shape } from '@voxaug/core'
import type { Lattice, Stage } from '@voxaug/kernels'
import type { LatticePart, Warp } from './warp.ts'

const identity: Affine = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
const unbounded: Shape = [0, 0, 0]

/** Layers of zeros around a lattice, so that the field ends smoothly, and within what the kernel looks at. */
const ring = 3

/** A stage before its fill is known. */
export type Route = Omit<Stage, 'fill'>

/** The stages, from the output to the source, of one step from the grid `before` to the grid `after`. */
export function routesOf(before: Grid, after: Grid, warp: Warp): readonly Route[] {
  const toBefore = inverse(before.affine)
  const routes: Route[] = []
  // Maps this stage's index to the world.
  let toWorld = after.affine
  const parts = warp.toReversed()
  for (const [n, part] of parts.entries()) {
    if (part.type === 'affine') {
      toWorld = multiply(inverse(part.matrix), toWorld)
      continue
    }
    // What follows the lattice, up to the next one, is affine and belongs to its stage.
    const rest = parts.slice(n + 1)
    const next = rest.findIndex(({ type }) => type === 'lattice')
    if (next >= 0) {
      routes.push({ matrix: toWorld, box: unbounded, lattice: latticeOf(part, identity, toWorld) })
      toWorld = identity
    } else {
      const onward = multiply(
        toBefore,
        rest.reduce<Affine>(
          (matrix, one) => multiply(one.type === 'affine' ? inverse(one.matrix) : identity, matrix),
          identity,
        ),
      )
      return [
        ...routes,
        { matrix: multiply(onward, toWorld), box: before.shape, lattice: latticeOf(part, onward, toWorld) },
      ]
    }
  }
  return [...routes, { matrix: multiply(toBefore, toWorld), box: before.shape }]
}

/** A lattice in the kernel's terms: displacements in voxels of the next grid, a ring of zeros around. */
function latticeOf(
  { shape, toLattice, displacementsMm, inverse: isInverse }: LatticePart,
  onward: Affine,
  toWorld: Affine,
): Lattice {
  const [mx, my, mz] = shape.map((m) => m + 2 * ring) as unknown as Shape
  const nodes = new Float64Array(4 * mx * my * mz)
  for (let n = 0; n < displacementsMm.length / 3; n++) {
    const i = (n % shape[0]) + ring
    const j = (Math.floor(n / shape[0]) % shape[1]) + ring
    const k = Math.floor(n / (shape[0] * shape[1])) + ring
    const [x, y, z] = [displacementsMm[3 * n]!, displacementsMm[3 * n + 1]!, displacementsMm[3 * n + 2]!]
    for (let axis = 0; axis < 3; axis++) {
      nodes[4 * (i + mx * (j + my * k)) + axis] =
        onward[4 * axis]! * x + onward[4 * axis + 1]! * y + onward[4 * axis + 2]! * z
    }
  }
  const shifted: Affine = multiply([1, 0, 0, ring, 0, 1, 0, ring, 0, 0, 1, ring, 0, 0, 0, 1], toLattice)
  return {
    shape: [mx, my, mz],
    nodes,
    toLattice: multiply(shifted, isInverse ? inverse(onward) : toWorld),
    inverse: isInverse,
  }
}
