import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from '@voxaug/core'
import { encodePng, figure } from '@voxaug/figure'
import { readNifti, writeNifti } from '@voxaug/io/node'
import { headPhantom } from '@voxaug/phantom'
import { augment } from './augment.js'

// npm starts this in the repository's root; paths go by the folder where somebody typed.
const here = process.env.INIT_CWD ?? process.cwd()
const out = fileURLToPath(new URL('../../out/', import.meta.url))
const shown = (path) => relative(here, path) || '.'
const say = (line) => process.stdout.write(`${line}\n`)

/** Augments a scan, or a made head, four times; `augment.js` says how. */
export async function demo([scan, labelMap]) {
  const { key, subject } = await load(scan, labelMap)
  for (const { message } of Object.values(subject).flatMap(({ warnings }) => warnings)) say(`  note: ${message}`)
  await mkdir(out, { recursive: true })

  const rows = rowsOf(`${key}, as it was`, subject)
  for (let copy = 0; copy < 4; copy++) {
    const started = performance.now()
    const { output, trace } = run(augment, subject, { seed: 2, key, copy })
    const seconds = ((performance.now() - started) / 1000).toFixed(2)
    const steps = namesOf(trace)
    say(`Variant ${copy}: ${steps} (${seconds} s)`)
    for (const { message, path } of trace.warnings) say(`  note: ${path}: ${message}`)
    await writeNifti(join(out, `${key}_aug${copy}.nii.gz`), output.image)
    if (output.label) await writeNifti(join(out, `${key}_label_aug${copy}.nii.gz`), output.label)
    await writeFile(join(out, `${key}_aug${copy}.json`), `${JSON.stringify(trace)}\n`)
    rows.push(...rowsOf(`variant ${copy}: ${steps}`, output))
  }
  const picture = join(out, `${key}.png`)
  await writeFile(picture, encodePng(figure(rows, { columns: subject.label ? 2 : 1, panelPx: 320 })))
  say(`\nFour variants and their traces are in ${shown(out)}/, and the picture of them is ${shown(picture)}`)
  say('apps/demo/augment.js says what was done. On the command line: npx voxaug apply --help')
}

/** An image, and beside it the same under its label map where there is one. */
const rowsOf = (title, { image, label }) =>
  label
    ? [
        { title, image },
        { title: 'with labels', image, label },
      ]
    : [{ title, image }]

/** The steps that did something: a flip may have drawn no axis. */
const namesOf = ({ steps }) =>
  steps
    .filter(({ params }) => params.axes?.length !== 0)
    .map(({ transform }) => transform.replace(/^.*\//, ''))
    .join(', ')

/** The scan and its label map, or the phantom head and its own. */
async function load(scan, labelMap) {
  if (!scan) {
    say('Making a head …')
    return { key: 'head', subject: headPhantom() }
  }
  say(`Reading ${scan} …`)
  const image = await readNifti(resolve(here, scan))
  const label = labelMap && (await readNifti(resolve(here, labelMap), { kind: 'label' }))
  const key = basename(scan).replace(/\.nii(\.gz)?$/i, '')
  return { key, subject: label ? { image, label } : { image } }
}
