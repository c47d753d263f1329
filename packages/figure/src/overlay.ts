import { type Grid, inverse, multiply, transformPoint, type Vec3, type Volume } from '@voxaug/core'
import { colorOf } from './palette.ts'
import { blend, type Pixels } from './pixels.ts'
import type { PanelAxis, PanelGeometry } from './view.ts'

/**
 * The labels under the pixels of one slice of a frame, from the top left; 0 outside the label map.
 *
 * Each pixel's centre goes through the world to the nearest voxel of the label map, which may lie on any other grid.
 */
export function labelSlice(
  label: Volume,
  frame: Grid,
  { across, up, through }: PanelGeometry,
  slice: number,
  width: number,
  height: number,
): Float64Array {
  const toLabel = multiply(inverse(label.affine), frame.affine)
  const [nx, ny, nz] = label.shape
  const out = new Float64Array(width * height)
  const index: [number, number, number] = [0, 0, 0]
  index[through.axis] = along(through, slice)
  for (let y = 0; y < height; y++) {
    index[up.axis] = along(up, ((height - y - 0.5) * up.voxels) / height - 0.5)
    for (let x = 0; x < width; x++) {
      index[across.axis] = along(across, ((x + 0.5) * across.voxels) / width - 0.5)
      const [i, j, k] = transformPoint(toLabel, index).map((n) => Math.floor(n + 0.5)) as unknown as Vec3
      if (i >= 0 && j >= 0 && k >= 0 && i < nx && j < ny && k < nz)
        out[y * width + x] = label.data[i + nx * (j + ny * k)]!
    }
  }
  return out
}

const along = ({ grows, voxels }: PanelAxis, n: number) => (grows ? n : voxels - 1 - n)

/** How a label map is painted. */
export interface OverlayStyle {
  /** Of a region's inside; its outline is opaque. */
  readonly opacity: number
  /** Of the outline, in pixels, inside the region. */
  readonly outlinePx: number
}

/** Paints the labels of a panel whose top left corner is at (left, top). Where two regions meet, the lesser label has the outline. */
export function paintLabels(
  pixels: Pixels,
  labels: Float64Array,
  left: number,
  top: number,
  width: number,
  height: number,
  { opacity, outlinePx }: OverlayStyle,
): void {
  const differs = (label: number, x: number, y: number) => {
    if (x < 0 || y < 0 || x >= width || y >= height) return false
    const other = Math.abs(labels[y * width + x]!)
    return !(other > 0 && other <= Math.abs(label))
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const label = labels[y * width + x]!
      const color = colorOf(label)
      if (!color) continue
      let edge = false
      for (let n = 1; n <= outlinePx && !edge; n++) {
        edge =
          differs(label, x - n, y) || differs(label, x + n, y) || differs(label, x, y - n) || differs(label, x, y + n)
      }
      blend(pixels, 4 * ((top + y) * pixels.width + left + x), color, edge ? 1 : opacity)
    }
  }
}
