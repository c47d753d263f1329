import { readFile } from 'node:fs/promises'
import { run } from '@voxaug/core'
import { encodePng, figure } from '@voxaug/figure'
import { drawn, picture } from './page.js'

/** Of every run on the page. */
const seed = 3153

/** What a file of `pipelines` exports, and its text as `source`. */
export async function program(name) {
  const url = new URL(`pipelines/${name}.js`, import.meta.url)
  return { ...(await import(url)), source: await readFile(url, 'utf8') }
}

export const runOn = (transform, subject, key, copy = 0) => run(transform, subject, { seed, key, copy })

/** An image, and beside it the same under its label map. */
export const pair = (title, { image, label }, more = {}) => [
  { title, image, ...more },
  { title: 'with labels', image, label, ...more },
]

/** For figures of two rows in a line, as wide as the page. */
export const twoColumns = { columns: 2, panelPx: 156 }
/** For figures of one row in a line. */
export const oneColumn = { panelPx: 350 }

export function drawing(rows, options, caption) {
  const pixels = figure(rows, options)
  return picture({ png: encodePng(pixels), width: pixels.width, height: pixels.height, caption })
}

/** Each scan before and after one transform, image beside labels, and what was drawn. */
export function beforeAndAfter(scans, transform, after, caption) {
  const runs = scans.map((scan) => ({ name: scan.name, scan, ...runOn(transform, scan.subject, scan.key) }))
  const rows = runs.flatMap(({ scan, output }) => [
    ...pair(`${scan.name}, as it was`, scan.subject),
    ...pair(`${scan.name}, ${after}`, output),
  ])
  return { runs, content: [drawn(runs), drawing(rows, twoColumns, caption)] }
}
