import { inverse, multiply, transformPoint, type Vec3, type Volume } from '@voxaug/core'
import { colorOf } from './palette.ts'
import { eachPixel, offsetOf, type Panel, type PlacedPanel } from './panel.ts'
import { blend, type Pixels } from './pixels.ts'

/**
 * The labels under the pixels of a panel, from the top left; 0 outside the label map.
 *
 * Each pixel's centre goes through the world to the nearest voxel of the label map, which may lie on any other grid.
 */
function labelsUnder(label: Volume, panel: Panel): Float64Array {
  const toLabel = multiply(inverse(label.affine), panel.frame.affine)
  const [nx, ny, nz] = label.shape
  const out = new Float64Array(panel.width * panel.height)
  eachPixel(panel, (index, n) => {
    const [i, j, k] = transformPoint(toLabel, index).map((x) => Math.floor(x + 0.5)) as unknown as Vec3
    if (i >= 0 && j >= 0 && k >= 0 && i < nx && j < ny && k < nz) out[n] = label.data[i + nx * (j + ny * k)]!
  })
  return out
}

/** How a label map is painted. */
export interface OverlayStyle {
  /** Of a region's inside; its outline is opaque. */
  readonly opacity: number
  /** Of the outline, in pixels, inside the region. */
  readonly outlinePx: number
}

/** Paints a label map over a panel. Where two regions meet, the lesser label has the outline. */
export function paintLabels(
  pixels: Pixels,
  label: Volume,
  panel: PlacedPanel,
  { opacity, outlinePx }: OverlayStyle,
): void {
  const { width, height } = panel
  const labels = labelsUnder(label, panel)
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
      blend(pixels, offsetOf(panel, pixels.width, y * width + x), color, edge ? 1 : opacity)
    }
  }
}
