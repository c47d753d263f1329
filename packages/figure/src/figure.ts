import type { Volume } from '@voxaug/core'
import { contentOf, frameOf } from './content.ts'
import { type Legend, legendOf } from './legend.ts'
import { type CheckedOptions, checkOptions, checkRows, type FigureOptions, type FigureRow, sliceAt } from './options.ts'
import type { Panel } from './panel.ts'
import { blank, type Color, fill, type Pixels } from './pixels.ts'
import { drawText, fitText, textHeight, textWidth } from './text.ts'
import { type PanelGeometry, panelGeometry, type View } from './view.ts'

const page: Color = [28, 30, 33]
const titleColor: Color = [214, 217, 221]
const letterColor: Color = [150, 156, 163]
const black: Color = [0, 0, 0]

/**
 * Draws volumes in three planes, one row each: grey, in true proportions, with letters at the edges and labels in colour.
 *
 * Panels show voxel planes, each named by the anatomical axis nearest to it. Left is left (neurological convention), right
 * in sagittal panels is anterior, and up is superior, or anterior in axial panels. All rows have one scale; each has its
 * own window. The slice shown is number ⌊(n − 1) / 2⌋ from the left, posterior and inferior end, so that the picture does
 * not depend on how the voxels are stored; with `planes: 'voxels'` it is shown just as it is stored.
 * @throws VoxaugError `invalid-option` for wrong options, `invalid-volume` for a volume whose array has another length
 */
export function figure(rows: readonly FigureRow[], options: FigureOptions = {}): Pixels {
  const checked = checkOptions(options)
  checkRows(rows)
  const pxPerMm = scaleOf(rows.map(frameOf), checked)
  const blocks = rows.map((row) => ({
    row,
    panels: checked.views.map((view) => panelOf(frameOf(row), view, pxPerMm, checked)),
  }))
  const longest = Math.max(...blocks.flatMap(({ panels }) => panels.flatMap(({ width, height }) => [width, height])))
  // Grows with the panels: letters of 13 pixels on panels of up to 480.
  const unit = Math.max(1, Math.round(longest / 480))
  const [gutter, gap, margin] = [20 * unit, 6 * unit, 14 * unit]
  const titleHeight = rows.some(({ title, minus }) => title || minus) ? textHeight(unit) + gap : 0

  const cellWidths = checked.views.map((_, n) => Math.max(...blocks.map(({ panels }) => panels[n]!.width)) + 2 * gutter)
  const blockWidth = cellWidths.reduce((sum, width) => sum + width, gap * (cellWidths.length - 1))
  const columns = Math.min(checked.columns, rows.length)
  const lines = Array.from({ length: Math.ceil(rows.length / columns) }, (_, line) => {
    const members = blocks.slice(line * columns, (line + 1) * columns)
    const panels = members.flatMap((block) => block.panels)
    return { members, cellHeight: Math.max(...panels.map(({ height }) => height)) + 2 * gutter }
  })

  const pixels = blank(
    2 * margin + columns * blockWidth + (columns - 1) * margin,
    lines.reduce((sum, { cellHeight }) => sum + titleHeight + cellHeight, 2 * margin + (lines.length - 1) * margin),
    page,
  )
  let top = margin
  for (const { members, cellHeight } of lines) {
    members.forEach(({ row, panels }, column) => {
      let left = margin + column * (blockWidth + margin)
      const content = contentOf(row, checked, page)
      const legend = content.limit === undefined ? undefined : legendOf(content.limit, unit, letterColor)
      drawHeading(pixels, row.title, legend, { left, top, width: blockWidth, height: titleHeight }, unit)
      panels.forEach((panel, n) => {
        const cell = { left, top: top + titleHeight, width: cellWidths[n]!, height: cellHeight }
        fill(pixels, cell.left, cell.top, cell.width, cell.height, black)
        const x = cell.left + Math.floor((cell.width - panel.width) / 2)
        const y = cell.top + Math.floor((cell.height - panel.height) / 2)
        content.paint(pixels, { ...panel, left: x, top: y }, unit)
        drawLetters(pixels, panel.geometry, cell, gutter, unit)
        left += cell.width + gap
      })
    })
    top += titleHeight + cellHeight + margin
  }
  return pixels
}

/** A rectangle of the picture. */
interface Cell {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

function panelOf(frame: Volume, view: View, pxPerMm: number, { at, planes }: CheckedOptions): Panel {
  const geometry = panelGeometry(frame, view, planes)
  const { across, up, through } = geometry
  return {
    frame,
    geometry,
    slice: sliceAt(frame, through, at),
    width: Math.max(1, Math.round(across.voxels * across.spacingMm * pxPerMm)),
    height: Math.max(1, Math.round(up.voxels * up.spacingMm * pxPerMm)),
  }
}

/** Pixels a millimetre: see `panelPx`. */
function scaleOf(frames: readonly Volume[], { views, planes, panelPx }: CheckedOptions): number {
  const axes = frames.flatMap((frame) =>
    views.flatMap((view) => {
      const { across, up } = panelGeometry(frame, view, planes)
      return [across, up]
    }),
  )
  const longestMm = Math.max(...axes.map(({ voxels, spacingMm }) => voxels * spacingMm))
  const finestMm = Math.min(...axes.map(({ spacingMm }) => spacingMm))
  const voxels = longestMm / finestMm
  return (panelPx ?? Math.min(640, voxels * Math.ceil(320 / voxels))) / longestMm
}

/** The title from the left and the legend from the right; a legend that would leave the title no third of the line is left out. */
function drawHeading(
  pixels: Pixels,
  title: string | undefined,
  legend: Legend | undefined,
  { left, top, width }: Cell,
  unit: number,
): void {
  const shown = legend && legend.width <= (title ? (2 * width) / 3 : width) ? legend : undefined
  shown?.draw(pixels, left + width, top)
  const room = shown ? width - shown.width - 2 * textWidth(' ', unit) : width
  if (title) drawText(pixels, fitText(title, room, unit), left, top, unit, titleColor)
}

function drawLetters(pixels: Pixels, { letters }: PanelGeometry, cell: Cell, gutter: number, unit: number): void {
  const tall = textHeight(unit)
  const across = (text: string) => cell.left + Math.floor((cell.width - textWidth(text, unit)) / 2)
  const middle = cell.top + Math.floor((cell.height - tall) / 2)
  const inset = Math.floor((gutter - textWidth('L', unit)) / 2)
  const write = (text: string, x: number, y: number) => drawText(pixels, text, x, y, unit, letterColor)
  write(letters.left, cell.left + inset, middle)
  write(letters.right, cell.left + cell.width - inset - textWidth(letters.right, unit), middle)
  write(letters.top, across(letters.top), cell.top + Math.floor((gutter - tall) / 2))
  write(letters.bottom, across(letters.bottom), cell.top + cell.height - gutter + Math.floor((gutter - tall) / 2))
}
