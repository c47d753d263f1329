import { mkdir, writeFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readNifti } from '@voxaug/io/node'
import { offCenterMm, quadrants, threshold } from './labels.js'
import { page } from './page.js'
import { sections } from './sections/index.js'

const out = fileURLToPath(new URL('../../out/', import.meta.url))
const here = process.env.INIT_CWD ?? process.cwd()

/** Redoes the article with two scans, given by their paths, into out/article.html. */
export async function article(paths) {
  const scans = []
  for (const [key, path] of Object.entries(paths)) {
    const image = await readNifti(path)
    scans.push({ key, name: key === 'epi' ? 'EPI' : 'anatomy', subject: { image, label: quadrants(image) } })
  }
  const written = []
  for (const make of sections) written.push(await make(scans))
  await mkdir(out, { recursive: true })
  const file = `${out}article.html`
  await writeFile(file, page({ title, lead, sections: written }))
  process.stdout.write(`The article is ${relative(here, file)}\n`)
}

const title = '3D medical images for machine learning: preprocessing and augmentation, redone with voxaug'

const lead = [
  'N. Adaloglou’s introduction of this name, at AI Summer, shows with numpy and scipy what one does to a scan before and while a network learns from it. This page does each of its steps again with voxaug, on the same two scans, those of nibabel’s documentation: an EPI and a T1-weighted anatomy of one person. Each piece of code shown is the very text that ran, and the table below it has what the trace recorded. One seed serves all of them, chosen so that one sees what was drawn.',
  `The scans come without label maps, so that each was given one that is no anatomy and claims nothing: an ellipsoid with the centre and spread of the foreground (voxels above ${threshold * 100} % of the way from the least to the greatest value), cut into left front, right front, left back and right back, ${offCenterMm} mm to the right of its centre and in front of it. It shows that labels go where the image goes.`,
]
