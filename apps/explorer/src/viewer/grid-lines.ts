import type { Vec3 } from '@voxaug/core'
import type { Deformation } from '../engine/deformation.ts'
import type { Panel } from './voxel-view.ts'

const everyMm = 10
/** Pixels between the places at which the deformation is looked at. */
const step = 5

/**
 * Draws, over each panel, the lines that were straight, along the world's axes and 10 mm apart before a run: they moved as the
 * anatomy did. What came from nowhere has none.
 */
export function drawGridLines(
  context: CanvasRenderingContext2D,
  panels: readonly Panel[],
  deformation: Deformation,
): void {
  context.lineWidth = Math.max(1, devicePixelRatio)
  context.strokeStyle = 'rgb(119 221 255 / 85%)'
  const sample = samplerOf(deformation)
  for (const panel of panels) {
    context.beginPath()
    for (const axis of [0, 1, 2] as const)
      if (axis !== panel.through) traceLines(context, panel, (mm) => sample(mm, axis) / everyMm)
    context.stroke()
  }
}

/** Adds the level lines of a value at its whole numbers, as straight pieces within small triangles. */
function traceLines(context: CanvasRenderingContext2D, panel: Panel, value: (mm: Vec3) => number): void {
  const columns = Math.ceil(panel.width / step)
  const rows = Math.ceil(panel.height / step)
  const x = (column: number) => panel.left + Math.min(panel.width - 0.5, column * step + 0.5)
  const y = (row: number) => panel.top + Math.min(panel.height - 0.5, row * step + 0.5)
  const values = Array.from({ length: rows + 1 }, (_, row) =>
    Float64Array.from({ length: columns + 1 }, (_, column) => {
      const mm = panel.mmAt(x(column), y(row))
      return mm ? value(mm) : Number.NaN
    }),
  )
  const corner = (column: number, row: number) => [x(column), y(row), values[row]![column]!] as const
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const [a, b] = [corner(column, row), corner(column + 1, row)]
      const [c, d] = [corner(column, row + 1), corner(column + 1, row + 1)]
      traceTriangle(context, [a, b, c])
      traceTriangle(context, [b, c, d])
    }
}

type Corner = readonly [x: number, y: number, value: number]

function traceTriangle(context: CanvasRenderingContext2D, corners: readonly [Corner, Corner, Corner]): void {
  const values = corners.map(([, , value]) => value)
  const [low, high] = [Math.min(...values), Math.max(...values)]
  // Steeper than this, neighbours have nothing to do with each other. NaN compares with nothing.
  if (!(high - low < 4)) return
  for (let level = Math.ceil(low); level <= high; level++) {
    const ends: (readonly [number, number])[] = []
    for (const [from, to] of [
      [0, 1],
      [1, 2],
      [2, 0],
    ] as const) {
      const [ax, ay, av] = corners[from]
      const [bx, by, bv] = corners[to]
      if (av < level === bv < level) continue
      const t = (level - av) / (bv - av)
      ends.push([ax + t * (bx - ax), ay + t * (by - ay)])
    }
    if (ends.length !== 2) continue
    context.moveTo(...ends[0]!)
    context.lineTo(...ends[1]!)
  }
}

/** The world coordinate along an axis that a place had before the run, linear between voxels and beyond the outer ones; NaN outside. */
function samplerOf({ shape, toIndex, data }: Deformation): (mm: Vec3, axis: 0 | 1 | 2) => number {
  const [nx, ny, nz] = shape
  const size = nx * ny * nz
  return (mm, axis) => {
    const [i, j, k] = [0, 1, 2].map(
      (row) =>
        toIndex[4 * row]! * mm[0] +
        toIndex[4 * row + 1]! * mm[1] +
        toIndex[4 * row + 2]! * mm[2] +
        toIndex[4 * row + 3]!,
    ) as [number, number, number]
    // Up to the outer voxels' edges; every second voxel is known, so that the last one may be left out.
    const inside = [i, j, k].every((x, axis) => x >= -0.75 && x <= shape[axis]! - 0.25)
    if (!inside) return Number.NaN
    const [[i0, u], [j0, v], [k0, w]] = [between(i, nx), between(j, ny), between(k, nz)]
    let sum = 0
    for (let corner = 0; corner < 8; corner++) {
      const [di, dj, dk] = [corner & 1, (corner >> 1) & 1, corner >> 2]
      const weight = (di ? u : 1 - u) * (dj ? v : 1 - v) * (dk ? w : 1 - w)
      if (weight !== 0) sum += weight * data[axis * size + i0 + di + nx * (j0 + dj + ny * (k0 + dk))]!
    }
    return sum
  }
}

/** The voxel below a place, and how far the place is from it towards the next; a volume one voxel thick has no next. */
function between(x: number, voxels: number): readonly [number, number] {
  if (voxels === 1) return [0, 0]
  const below = Math.max(0, Math.min(Math.floor(x), voxels - 2))
  return [below, x - below]
}
