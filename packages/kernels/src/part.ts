import { type Extension, extendedIndex, type Shape, type Vec3 } from './stage.ts'

/** A box of voxels: the first of them, which may lie beyond a volume, and how many along each axis. */
export interface Part {
  readonly first: Vec3
  readonly shape: Shape
}

/** A part with `voxels` more on each side. */
export const grow = ({ first, shape }: Part, voxels: number): Part => ({
  first: first.map((x) => x - voxels) as unknown as Vec3,
  shape: shape.map((n) => n + 2 * voxels) as unknown as Shape,
})

/**
 * Copies a part of a volume of `nx` × `ny` × … voxels into `out`, converting to its type; `out` holds the part `within`, which
 * may be larger. Behind each row that is shorter than those of `out`, zeros are written.
 */
export function copyPart(
  source: Float32Array,
  [nx, ny]: Shape,
  { first: [x, y, z], shape: [mx, my, mz] }: Part,
  out: Float32Array,
  within: Part,
): void {
  const [wx, wy] = within.shape
  const wholeRows = mx === nx && wx === mx
  const wholePlanes = wholeRows && my === ny && wy === my
  const run = wholePlanes ? mx * my * mz : wholeRows ? mx * my : mx
  for (let k = 0; k < (wholePlanes ? 1 : mz); k++) {
    for (let j = 0; j < (wholeRows ? 1 : my); j++) {
      const from = x + nx * (y + j + ny * (z + k))
      const to = x - within.first[0] + wx * (y + j - within.first[1] + wy * (z + k - within.first[2]))
      out.set(source.subarray(from, from + run), to)
      if (wx > mx) out.fill(0, to + mx, to + wx)
    }
  }
}

/**
 * Fills what `within` has around `inner`, in place: with a number, or with the voxels that an extension of a volume of `n`
 * voxels has there. Voxels that it asks for and `inner` lacks are taken from `inner`'s edge.
 */
export function surround(
  voxels: Float32Array,
  within: Part,
  inner: Part,
  beyond: number | { readonly extension: Extension; readonly shape: Shape },
): void {
  const [wx, wy] = within.shape
  // Along each axis, the place in `within` of what stands at a place in `within`; −1 for the fill.
  const [alongX, alongY, alongZ] = [0, 1, 2].map((axis) => {
    const low = inner.first[axis]! - within.first[axis]!
    const high = low + inner.shape[axis]! - 1
    return Array.from({ length: within.shape[axis]! }, (_, place) => {
      if (place >= low && place <= high) return place
      if (typeof beyond === 'number') return -1
      const index = extendedIndex(beyond.extension, place + within.first[axis]!, beyond.shape[axis]!)
      return Math.max(low, Math.min(high, index - within.first[axis]!))
    })
  }) as [number[], number[], number[]]
  const outside = (along: readonly number[]) =>
    along.flatMap((from, place) => (from === place ? [] : [[place, from] as const]))
  const inside = (along: readonly number[]) => along.flatMap((from, place) => (from === place ? [place] : []))
  const [outX, outY, outZ] = [outside(alongX), outside(alongY), outside(alongZ)]
  const fill = typeof beyond === 'number' ? beyond : 0
  const [inY, inZ] = [inside(alongY), inside(alongZ)]
  for (const k of inZ) {
    for (const j of inY) {
      const row = wx * (j + wy * k)
      for (const [place, from] of outX) voxels[row + place] = from < 0 ? fill : voxels[row + from]!
    }
    for (const [place, from] of outY) {
      const row = wx * (place + wy * k)
      if (from < 0) voxels.fill(fill, row, row + wx)
      else voxels.copyWithin(row, wx * (from + wy * k), wx * (from + 1 + wy * k))
    }
  }
  const plane = wx * wy
  for (const [place, from] of outZ) {
    if (from < 0) voxels.fill(fill, place * plane, (place + 1) * plane)
    else voxels.copyWithin(place * plane, from * plane, (from + 1) * plane)
  }
}
