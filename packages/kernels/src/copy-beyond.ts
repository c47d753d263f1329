import type { WholeMap } from './copy.ts'
import type { VoxelArray } from './resample.ts'
import { type Extension, extendedIndex, type Shape } from './stage.ts'

/** Takes the voxels whose place is outside the source from its extension. */
export function copyBeyond<A extends VoxelArray>(
  source: A,
  shape: Shape,
  { axes, steps, start }: WholeMap,
  out: A,
  outShape: Shape,
  extension: Extension,
): void {
  const strides = [1, shape[0], shape[0] * shape[1]]
  // For each output axis: what each place along it adds to the source's offset, and whether it was inside anyway.
  const [x, y, z] = [0, 1, 2].map((axis) => {
    const along = axes[axis]!
    return Array.from({ length: outShape[axis]! }, (_, place) => {
      const index = start[along]! + steps[axis]! * place
      const extended = extendedIndex(extension, index, shape[along]!)
      return { offset: extended * strides[along]!, inside: extended === index }
    })
  }) as [Along[], Along[], Along[]]
  const outside = x.flatMap(({ inside }, i) => (inside ? [] : [i]))
  const all = x.map((_, i) => i)
  let row = 0
  for (const { offset: plane, inside: planeInside } of z) {
    for (const { offset: line, inside: lineInside } of y) {
      for (const i of planeInside && lineInside ? outside : all) out[row + i] = source[plane + line + x[i]!.offset]!
      row += outShape[0]
    }
  }
}

interface Along {
  readonly offset: number
  readonly inside: boolean
}
