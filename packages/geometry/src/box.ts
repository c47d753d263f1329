import {
  type Grid,
  inverse,
  multiply,
  type Shape,
  sameSpace,
  shiftOrigin,
  transformPoint,
  type Vec3,
} from '@voxaug/core'

/** Some voxels of a grid, perhaps beyond it: from index `start` on, `size` along each axis. */
export interface Box {
  readonly start: Vec3
  readonly size: Shape
}

/** How far, in voxels, a box may reach into a voxel that it need not cover: rounding, not anatomy. */
const tolerance = 1e-3

/** The grid of a box. World points keep their place. */
const gridOf = (grid: Grid, { start, size }: Box): Grid => ({
  shape: size,
  affine: shiftOrigin(grid.affine, start),
})

/**
 * What a step that brings the frame to a box does to an entry: nothing where the box is the frame, for any entry.
 * @param choose what of an entry's box is taken
 */
export function toBox(
  { frame, grid }: { readonly frame: Grid; readonly grid: Grid },
  box: Box,
  choose: (box: Box) => Box = (whole) => whole,
): { readonly grid?: Grid } {
  const whole = box.start.every((x) => x === 0) && box.size.every((n, axis) => n === frame.shape[axis])
  return whole ? {} : { grid: gridOf(grid, choose(boxOn(grid, frame, box))) }
}

/** The whole voxels of a grid that cover the world box of some voxels of a frame. They may lie beyond the grid. */
export function boxOn(grid: Grid, frame: Grid, box: Box): Box {
  if (sameSpace(frame, grid)) return box
  const toGrid = multiply(inverse(grid.affine), frame.affine)
  const corners = Array.from({ length: 8 }, (_, n) =>
    transformPoint(
      toGrid,
      [0, 1, 2].map((axis) => box.start[axis]! - 0.5 + (n & (1 << axis) ? box.size[axis]! : 0)) as unknown as Vec3,
    ),
  )
  const start = [0, 1, 2].map((axis) => Math.floor(Math.min(...corners.map((p) => p[axis]!)) + 0.5 + tolerance))
  const last = [0, 1, 2].map((axis) => Math.ceil(Math.max(...corners.map((p) => p[axis]!)) - 0.5 - tolerance))
  return {
    start: start as unknown as Vec3,
    size: start.map((x, axis) => Math.max(1, last[axis]! - x + 1)) as unknown as Shape,
  }
}

/** The part of a box that lies on a grid; undefined where none does. */
export function within({ shape }: Grid, { start, size }: Box): Box | undefined {
  const low = start.map((x) => Math.max(0, x)) as unknown as Vec3
  const inside = size.map((n, axis) => Math.min(shape[axis]!, start[axis]! + n) - low[axis]!) as unknown as Shape
  return inside.every((n) => n > 0) ? { start: low, size: inside } : undefined
}
