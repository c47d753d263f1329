import { isVolume, type Points, type Volume } from '@voxaug/core'
import { deformationOf, type FigureOptions, type FigureRow, figure } from '@voxaug/figure'
import { type Experiment, type Run, seed } from './experiment.ts'
import { palettePng } from './palette-png.ts'
import type { Head } from './subjects.ts'
import { windowOf } from './values.ts'

export interface Picture {
  readonly png: Uint8Array
  /** What it shows, as a sentence. */
  readonly caption: string
}

/** Draws an example's run, before beside after, at one scale. */
export function pictureOf(experiment: Experiment): Picture {
  const { rows, options, caption } = layouts[experiment.changes](experiment)
  const { figure: own } = experiment.shown
  const pixels = figure(rows, { labelOpacity: 0, ...options, ...own })
  const stored =
    own?.planes === 'voxels' ? ' Panels show the array as it is stored: i across and k up, then i and j.' : ''
  return { png: palettePng(pixels), caption: caption + stored }
}

interface Layout {
  readonly rows: readonly FigureRow[]
  readonly options: FigureOptions
  readonly caption: string
}

const threeBlocks: FigureOptions = { views: ['axial'], columns: 3, panelPx: 200 }
const twoBlocks: FigureOptions = { views: ['coronal', 'axial'], columns: 2, panelPx: 168 }
/** Between the lines of a deformation. */
const gridMm = 20

const layouts: Readonly<Record<Experiment['changes'], (experiment: Experiment) => Layout>> = {
  anatomy({ before, runs: [{ output, trace }] }) {
    const window = windowOf(before.image)
    const { field } = before as { readonly field?: Volume | Points }
    const deformation = deformationOf(trace, field && isVolume(field) ? { entries: { field } } : {})
    return {
      rows: [
        { title: 'before', ...labelled(before), window },
        { title: 'after', ...labelled(output), window },
        { title: `after, every ${gridMm} mm`, image: output.image, window, deformation },
      ],
      options: { ...threeBlocks, gridMm },
      caption: `Before and after, labels outlined, in one window; and where lines went that were straight and ${gridMm} mm apart.`,
    }
  },

  grid({ before, runs: [{ output }] }) {
    const window = windowOf(before.image)
    return {
      rows: [
        { title: 'before', ...labelled(before), window },
        { title: 'after', ...labelled(output), window },
      ],
      options: twoBlocks,
      caption: 'Before and after, labels outlined, at one scale and in one window.',
    }
  },

  values({ shown, before, runs: [{ output }] }) {
    const [image, after] = [before.image, output.image]
    const window = windowOf(image)
    if (shown.ownWindows) {
      return {
        rows: [
          { title: 'before', image, window },
          { title: 'after', image: after, window: windowOf(after) },
        ],
        options: twoBlocks,
        caption: 'Before and after, each in its own window, from the 0.5th percentile to the 99.5th.',
      }
    }
    return {
      rows: [
        { title: 'before', image, window },
        { title: 'after', image: after, window },
        { title: 'change', image: after, minus: image, window: changeWindow(image, after) },
      ],
      options: threeBlocks,
      caption: 'Before and after, in one window; and after minus before, where black is no change.',
    }
  },

  steps({ before, runs }) {
    const window = windowOf(before.image)
    const start = { title: 'before', ...labelled(before), window }
    if (runs.length === 1) {
      return {
        rows: [start, { title: 'after', ...labelled(runs[0].output), window }],
        options: twoBlocks,
        caption: 'Before and after, labels outlined, in one window.',
      }
    }
    const variants = runs.map((run, copy) => ({
      title: `copy ${copy}: ${stepsOf(run)}`,
      ...labelled(run.output),
      window,
    }))
    return {
      rows: [start, ...variants],
      options: { ...threeBlocks, columns: 1 + runs.length, panelPx: 160 },
      caption: `Before, and what came of seed ${seed} and the copies 0 to ${runs.length - 1}, labels outlined, in one window.`,
    }
  },
}

/** Two digits of it, so that there is room for the bar that says what the colours mean. */
function changeWindow(image: Volume, after: Volume): readonly [number, number] {
  const changes = Float64Array.from(after.data, (x, n) => Math.abs(x - image.data[n]!)).sort()
  const most = Number(changes[Math.floor(0.995 * (changes.length - 1))]!.toPrecision(2))
  return [-most, most]
}

const labelled = ({ image, label }: Head) => ({ image, label })

const stepsOf = ({ trace }: Run) =>
  trace.steps.map(({ transform }) => transform.replace(/^.*\//, '')).join(', ') || 'none'
