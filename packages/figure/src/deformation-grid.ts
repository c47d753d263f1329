import { inverse, multiply, transformPoint, type Volume } from '@voxaug/core'
import { eachPixel, mmPerPixel, offsetOf, type Panel, type PlacedPanel } from './panel.ts'
import { blend, type Color, type Pixels } from './pixels.ts'
import { sampler } from './sample.ts'
import { channelOf } from './window.ts'

/** Light cyan: not the colour of one of the first eleven labels, and far from every grey. */
const lineColor: Color = [119, 221, 255]
const black: Color = [0, 0, 0]
/** Opacity of the black on both sides of a line. */
const shadow = 0.2

/** How lines are drawn. */
export interface LineStyle {
  /** Between neighbouring lines, before the deformation. */
  readonly gridMm: number
  readonly widthPx: number
}

/**
 * Draws the straight lines that lay in a panel, `gridMm` apart, where a deformation took them.
 *
 * Lines are parallel to the panel's edges, counted from the world's origin, so that they keep to the anatomy when a grid is
 * cropped; on axis-aligned grids they are whole multiples of `gridMm` of two world coordinates. None is drawn where the
 * deformation came from nowhere.
 */
export function paintDeformation(
  pixels: Pixels,
  deformation: Volume,
  panel: PlacedPanel,
  { gridMm, widthPx }: LineStyle,
): void {
  const { geometry, width, height } = panel
  // Lines a pixel, undeformed. Where there are fifty times fewer, a position stands still, as beyond the outer voxel centres:
  // there is no line to be drawn, only its inside.
  const finest = Math.min(mmPerPixel(geometry.across, width), mmPerPixel(geometry.up, height)) / gridMm
  const families = linesUnder(deformation, panel, gridMm)
  for (let y = 0, n = 0; y < height; y++) {
    for (let x = 0; x < width; x++, n++) {
      const distancePx = (values: Float64Array) => {
        const dx = slope(values, x, width, y * width, 1)
        const dy = slope(values, y, height, x, width)
        const steepness = Math.sqrt(dx * dx + dy * dy)
        if (!(steepness > finest / 50)) return Infinity
        return Math.abs(values[n]! - Math.floor(values[n]! + 0.5)) / steepness
      }
      const nearest = Math.min(...families.map(distancePx))
      const covered = (px: number) => Math.min(1, Math.max(0, px / 2 + 0.5 - nearest))
      const at = offsetOf(panel, pixels.width, n)
      // Darker beside the line, so that it stands out from what is as bright as it is.
      if (covered(3 * widthPx) > 0) blend(pixels, at, black, shadow * covered(3 * widthPx))
      if (covered(widthPx) > 0) blend(pixels, at, lineColor, covered(widthPx))
    }
  }
}

/** For each pixel, where it was along the axes across and up, counted in lines from the world's origin; NaN for nowhere. */
function linesUnder(deformation: Volume, panel: Panel, gridMm: number): readonly Float64Array[] {
  const { frame, geometry, width, height } = panel
  const toIndex = inverse(frame.affine)
  const toDeformation = multiply(inverse(deformation.affine), frame.affine)
  const channels = [0, 1, 2].map((n) => sampler(channelOf(deformation, n), deformation.shape, 'extend'))
  const families = [geometry.across, geometry.up].map(({ axis, spacingMm }) => ({
    row: [0, 1, 2].map((n) => (toIndex[4 * axis + n]! * spacingMm) / gridMm),
    values: new Float64Array(width * height),
  }))
  eachPixel(panel, (index, n) => {
    const place = transformPoint(toDeformation, index)
    const position = channels.map((sample) => sample(...place))
    for (const { row, values } of families) {
      values[n] = row.reduce((sum, weight, axis) => sum + weight * position[axis]!, 0)
    }
  })
  return families.map(({ values }) => values)
}

/** How much values grow from pixel to pixel, along a row or a column: between both neighbours, or to the one that is known. */
function slope(values: Float64Array, place: number, count: number, start: number, stride: number): number {
  const at = (n: number) => (n < 0 || n >= count ? Number.NaN : values[start + n * stride]!)
  const [before, here, after] = [at(place - 1), at(place), at(place + 1)]
  if (Number.isNaN(before)) return Number.isNaN(after) ? 0 : after - here
  return Number.isNaN(after) ? here - before : (after - before) / 2
}
