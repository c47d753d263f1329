import type { Part } from './part.ts'
import type { Matrix, Window } from './stage.ts'
import type { Kernels } from './wasm.generated.ts'

/** How the output is cut: whole rows, so many along y and so many along z. */
export interface Tile {
  readonly rows: number
  readonly planes: number
}

/** Output that is streamed in tiles of this size stays in cache. */
const tileBytes = 262144

/**
 * A tile of many rows of one plane, or of rows of several planes: whichever asks for less of the source, over all of the output.
 * Where planes stay planes it is whole planes, or one after the other's parts: each is blended once.
 * @param through from the window's grid to the source, displacements aside
 * @param rowBytes of a row of the output
 */
export function tileOf(through: Matrix, window: Window, rowBytes: number, isDisplaced = false): Tile {
  const [, ny, nz] = window.shape
  const most = Math.max(1, Math.floor(tileBytes / rowBytes))
  const [flat, deep] = [most, Math.ceil(Math.sqrt(most))].map((wanted): Tile & { cost: number } => {
    const rows = Math.min(ny, wanted)
    const planes = Math.min(nz, Math.max(1, Math.floor(most / rows)))
    const [, y, z] = extentOf(through, window, { first: [0, 0, 0], shape: [window.shape[0], rows, planes] })
    return { rows, planes, cost: ((y[1] - y[0] + 2) * (z[1] - z[0] + 2)) / (rows * planes) }
  }) as [Tile & { cost: number }, Tile & { cost: number }]
  const staysPlane = !isDisplaced && through[8] === 0 && through[9] === 0
  return deep.cost < flat.cost && !staysPlane ? deep : flat
}

/** The least and greatest coordinate along each axis. */
type Extent = readonly [Range, Range, Range]
type Range = readonly [least: number, most: number]

/** Where a part of the output lies in the source, displacements aside. */
export function extentOf(through: Matrix, { base, step }: Window, part: Part): Extent {
  const range = (row: number): Range => {
    let [least, most] = [through[row + 3]!, through[row + 3]!]
    for (let axis = 0; axis < 3; axis++) {
      const a = through[row + axis]! * (base[axis]! + step[axis]! * part.first[axis]!)
      const b = a + through[row + axis]! * step[axis]! * (part.shape[axis]! - 1)
      least += Math.min(a, b)
      most += Math.max(a, b)
    }
    return [least, most]
  }
  return [range(0), range(4), range(8)]
}

/** More of the source than this would be out of the near cache again before its use. */
const mostBrought = 4194304

/** Brings into cache what an extent covers of the part of the source that lies at `at`, whole rows of it. */
export function bringPart(kernels: Kernels, at: number, element: number, { first, shape }: Part, extent: Extent): void {
  // Of y and z: the place in the part of the first voxel, and how many there are.
  const [[y, rows], [z, planes]] = [1, 2].map((axis) => {
    const from = Math.max(0, Math.floor(extent[axis]![0]) - first[axis]!)
    return [from, Math.min(shape[axis]!, Math.floor(extent[axis]![1]) + 2 - first[axis]!) - from] as const
  }) as [Range, Range]
  const rowBytes = shape[0] * element
  if (rows <= 0 || planes <= 0 || rows * planes * rowBytes > mostBrought) return
  kernels.bring(at + (y + shape[1] * z) * rowBytes, rows * rowBytes, planes, shape[1] * rowBytes)
}
