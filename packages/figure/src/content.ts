import type { Volume } from '@voxaug/core'
import { paintDeformation } from './deformation-grid.ts'
import { differenceOf, limitOf, paintDifference } from './difference.ts'
import type { CheckedOptions, FigureRow } from './options.ts'
import { paintLabels } from './overlay.ts'
import type { PlacedPanel } from './panel.ts'
import { type Color, fill, type Pixels } from './pixels.ts'
import { paintGreys } from './slice.ts'
import { windowOf } from './window.ts'

/** What one row shows. */
export interface Content {
  /** The absolute difference that has the strongest colour, in a row that shows one. */
  readonly limit: number | undefined
  readonly paint: (pixels: Pixels, panel: PlacedPanel, unit: number) => void
}

/** The volume whose grid a row's panels are. */
export const frameOf = ({ image, label, deformation }: FigureRow): Volume => (image ?? label ?? deformation)!

/** Works out what is the same for all panels of a row, and how one is painted: image, then labels, then lines. */
export function contentOf(row: FigureRow, { percentiles, labelOpacity, gridMm }: CheckedOptions, page: Color): Content {
  const { image, label, deformation, minus, channel = 0 } = row
  const difference = image && minus && differenceOf(image, minus, channel)
  const limit = difference && (row.window?.[1] ?? limitOf(difference, percentiles[1]!))
  const window = image && !minus ? (row.window ?? windowOf(image, channel, percentiles)) : undefined
  return {
    limit,
    paint(pixels, panel, unit) {
      if (image && window) paintGreys(pixels, image, panel, window, channel)
      if (difference) {
        // What the reference does not reach is no difference of 0: it is the page's colour and not black.
        fill(pixels, panel.left, panel.top, panel.width, panel.height, page)
        paintDifference(pixels, difference, panel, limit!)
      }
      if (label) paintLabels(pixels, label, panel, { opacity: image ? labelOpacity : 0.8, outlinePx: unit })
      if (deformation) paintDeformation(pixels, deformation, panel, { gridMm, widthPx: unit })
    },
  }
}
