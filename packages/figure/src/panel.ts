import type { Grid, Vec3 } from '@voxaug/core'
import { indexAlong, type PanelAxis, type PanelGeometry } from './view.ts'

/** One slice of a frame, at so many pixels. */
export interface Panel {
  readonly frame: Grid
  readonly geometry: PanelGeometry
  /** Counted in the direction in which the panel's axis through it grows. */
  readonly slice: number
  readonly width: number
  readonly height: number
}

/** A panel in its place in a picture. */
export interface PlacedPanel extends Panel {
  readonly left: number
  readonly top: number
}

/**
 * Tells, of each pixel from the top left, its number and the frame's index under its centre: whole through the panel, and from
 * −½ to n − ½ along it. The array is the same each time.
 */
export function eachPixel({ geometry, slice, width, height }: Panel, visit: (index: Vec3, n: number) => void): void {
  const { across, up, through } = geometry
  const index: [number, number, number] = [0, 0, 0]
  index[through.axis] = indexAlong(through, slice)
  for (let y = 0, n = 0; y < height; y++) {
    index[up.axis] = indexAlong(up, ((height - y - 0.5) * up.voxels) / height - 0.5)
    for (let x = 0; x < width; x++, n++) {
      index[across.axis] = indexAlong(across, ((x + 0.5) * across.voxels) / width - 0.5)
      visit(index, n)
    }
  }
}

/** The offset in a picture's bytes of a panel's n-th pixel. */
export function offsetOf({ left, top, width }: PlacedPanel, pictureWidth: number, n: number): number {
  return 4 * ((top + Math.floor(n / width)) * pictureWidth + left + (n % width))
}

/** Millimetres that a pixel covers where an axis lies along so many. */
export const mmPerPixel = ({ voxels, spacingMm }: PanelAxis, pixels: number): number => (voxels * spacingMm) / pixels
