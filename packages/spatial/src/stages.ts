import { type Affine, type Grid, inverse, multiply, type Shape } from '@voxaug/core'
import type { Field, Lattice, Stage } from '@voxaug/kernels'
import type { FieldPart, LatticePart, Warp } from './warp.ts'

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
    // What follows a displacement, up to the next one, is affine and belongs to its stage.
    const rest = parts.slice(n + 1)
    const next = rest.findIndex(({ type }) => type !== 'affine')
    if (next >= 0) {
      routes.push({ matrix: toWorld, box: unbounded, displacement: displacementOf(part, identity, toWorld) })
      toWorld = identity
    } else {
      const onward = multiply(
        toBefore,
        rest.reduce<Affine>(
          (matrix, one) => multiply(one.type === 'affine' ? inverse(one.matrix) : identity, matrix),
          identity,
        ),
      )
      const displacement = displacementOf(part, onward, toWorld)
      return [...routes, { matrix: multiply(onward, toWorld), box: before.shape, displacement }]
    }
  }
  return [...routes, { matrix: multiply(toBefore, toWorld), box: before.shape }]
}

/** A displacement in the kernel's terms: in voxels of the next grid. */
function displacementOf(part: LatticePart | FieldPart, onward: Affine, toWorld: Affine): Lattice | Field {
  const to = part.type === 'lattice' ? withRing(part.toLattice) : part.toField
  const toDisplacement = multiply(to, part.inverse ? inverse(onward) : toWorld)
  return part.type === 'lattice'
    ? { ...nodesOf(part, onward), toDisplacement, inverse: part.inverse }
    : {
        shape: part.shape,
        millimetres: part.millimetres,
        onward: [0, 1, 2, 4, 5, 6, 8, 9, 10].map((n) => onward[n]!),
        toDisplacement,
        inverse: part.inverse,
      }
}

const withRing = (toLattice: Affine) => multiply([1, 0, 0, ring, 0, 1, 0, ring, 0, 0, 1, ring, 0, 0, 0, 1], toLattice)

/** A lattice's control points with a ring of zeros around them. */
function nodesOf({ shape, displacementsMm }: LatticePart, onward: Affine): Pick<Lattice, 'shape' | 'nodes'> {
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
  return { shape: [mx, my, mz], nodes }
}
