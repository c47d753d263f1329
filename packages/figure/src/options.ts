import { checkVolume, inverse, show, transformPoint, type Vec3, type Volume, VoxaugError } from '@voxaug/core'
import { indexAlong, type PanelAxis, type Planes, type View } from './view.ts'
import type { Window } from './window.ts'

/** One image, label map or deformation, or several of them over each other, in one row of panels. */
export interface FigureRow {
  /** Written above the panels; printable ASCII, cut where it is too long. */
  readonly title?: string | undefined
  readonly image?: Volume | undefined
  /** Laid over the image, on whatever grid it is; alone, it is shown by itself. */
  readonly label?: Volume | undefined
  /**
   * A reference: the row shows the image minus this, in colours. On another grid, it is sampled at the same place in the world.
   */
  readonly minus?: Volume | undefined
  /** Where each voxel came from, in three channels, as `deformationOf` gives it: drawn as a grid of lines. */
  readonly deformation?: Volume | undefined
  /** Which of the image's channels is shown; the first, 0, unless given. */
  readonly channel?: number | undefined
  /**
   * The values shown black and white; from the row's own percentiles unless given. With `minus`, the differences of the strongest
   * colours, [-x, x]; unless given, x is the upper percentile of the absolute difference.
   */
  readonly window?: Window | undefined
}

export interface FigureOptions {
  /** Panels of each row, from the left. All three unless given. */
  readonly views?: readonly View[] | undefined
  /**
   * What the panels go by: the body's planes, however voxels are stored, or the array's axes. With 'voxels' the sagittal panel has i
   * fixed, j to the right and k upwards; the coronal one j fixed, i and k; the axial one k fixed, i and j; and the median slice is
   * number ⌊(n − 1) / 2⌋ in memory. 'anatomical' unless given.
   */
  readonly planes?: Planes | undefined
  /** Rows laid side by side before a new line begins; 1 unless given. With one view, a contact sheet. */
  readonly columns?: number | undefined
  /**
   * Length in pixels of the longest panel edge of all rows, which sets the millimetres per pixel of every panel. Unless
   * given: the least whole number of pixels a voxel with 320 at least, and 640 at most.
   */
  readonly panelPx?: number | undefined
  /** The percentiles of a row's image that are shown black and white: [0.5, 99.5] unless given. */
  readonly percentiles?: readonly [number, number] | undefined
  /** Where to slice; the median slices unless given. A place outside a volume shows its nearest slice. */
  readonly at?: { readonly worldMm: Vec3 } | { readonly index: Vec3 } | undefined
  /** Opacity of a label's inside over an image, 0 to 1: 0.35 unless given. Outlines are opaque. */
  readonly labelOpacity?: number | undefined
  /** Between neighbouring lines of a deformation's grid, in mm: 10 unless given. */
  readonly gridMm?: number | undefined
}

/** Options with their defaults in. */
export type CheckedOptions = ReturnType<typeof checkOptions>

const views: readonly View[] = ['sagittal', 'coronal', 'axial']
const planesKnown: readonly Planes[] = ['anatomical', 'voxels']

/** @throws VoxaugError `invalid-option` */
export function checkOptions(options: FigureOptions) {
  const { planes = 'anatomical', columns = 1, panelPx, percentiles = [0.5, 99.5], at } = options
  const { labelOpacity = 0.35, gridMm = 10 } = options
  const shown = options.views ?? views
  const whole = (value: number, least: number, most: number) =>
    Number.isInteger(value) && value >= least && value <= most
  if (!Array.isArray(shown) || shown.length === 0 || !shown.every((view) => views.includes(view)))
    fail('views', `must be a list of ${views.join(', ')}`, shown)
  if (!planesKnown.includes(planes)) fail('planes', `must be ${planesKnown.join(' or ')}`, planes)
  if (!whole(columns, 1, 1000)) fail('columns', 'must be a whole number from 1 to 1000', columns)
  if (panelPx !== undefined && !whole(panelPx, 16, 8192))
    fail('panelPx', 'must be a whole number from 16 to 8192', panelPx)
  if (
    !(isNumbers(percentiles, 2) && percentiles[0]! >= 0 && percentiles[0]! < percentiles[1]! && percentiles[1]! <= 100)
  )
    fail('percentiles', 'must be two rising numbers from 0 to 100', percentiles)
  if (at !== undefined && !isNumbers('worldMm' in at ? at.worldMm : at.index, 3))
    fail('at', 'must be { worldMm } or { index } of three numbers', at)
  if (!(labelOpacity >= 0 && labelOpacity <= 1)) fail('labelOpacity', 'must be a number from 0 to 1', labelOpacity)
  if (!(Number.isFinite(gridMm) && gridMm >= 0.001 && gridMm <= 1e6))
    fail('gridMm', 'must be a number from 0.001 to 1000000', gridMm)
  return { views: shown, planes, columns, panelPx, percentiles, at, labelOpacity, gridMm }
}

/** @throws VoxaugError `invalid-option`, `invalid-volume` */
export function checkRows(rows: readonly FigureRow[]): void {
  if (!Array.isArray(rows) || rows.length === 0) fail('rows', 'must be a list of one row at least', rows)
  rows.forEach((row: FigureRow, n) => {
    const { image, label, minus, deformation, channel = 0, window } = row
    if (!image && !label && !deformation)
      fail(`rows[${n}]`, 'must have an image, a label or a deformation', Object.keys(row))
    for (const volume of [image, label, minus, deformation]) if (volume) checkVolume(volume)
    if (image && !(Number.isInteger(channel) && channel >= 0 && channel < image.channels))
      fail(`rows[${n}].channel`, `must be a channel of the image, 0 to ${image.channels - 1}`, channel)
    if (window !== undefined && !(isNumbers(window, 2) && window[0]! <= window[1]!))
      fail(`rows[${n}].window`, 'must be two rising numbers', window)
    if (minus && !image) fail(`rows[${n}]`, 'must have an image to take minus from', Object.keys(row))
    if (minus && channel >= minus.channels)
      fail(`rows[${n}].minus`, `must have a channel ${channel}, as the image has`, `${minus.channels} channels`)
    if (minus && window && !(window[1] > 0 && window[0] === -window[1]))
      fail(`rows[${n}].window`, 'must be [-x, x], x above 0, where there is a minus', window)
    if (deformation && deformation.channels !== 3)
      fail(`rows[${n}].deformation`, 'must have three channels, as deformationOf gives it', deformation.channels)
  })
}

/** Which slice of a frame is shown, counted in the direction in which the panel's world axis grows. */
export function sliceAt(frame: Volume, through: PanelAxis, at: FigureOptions['at']): number {
  if (at === undefined) return Math.floor((through.voxels - 1) / 2)
  const index = 'index' in at ? at.index : transformPoint(inverse(frame.affine), at.worldMm)
  const nearest = Math.min(through.voxels - 1, Math.max(0, Math.floor(index[through.axis] + 0.5)))
  return indexAlong(through, nearest)
}

const isNumbers = (value: unknown, length: number): value is readonly number[] =>
  Array.isArray(value) && value.length === length && value.every(Number.isFinite)

function fail(option: string, expected: string, received: unknown): never {
  throw new VoxaugError('invalid-option', `figure: ${option} ${expected}, got ${show(received)}.`, { option, received })
}
