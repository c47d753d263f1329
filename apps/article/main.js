// npm run article -- <folder>: redoes the figures of an introduction to 3D medical imaging, into out/article.html.
import { access } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { build } from '../../tooling/steps.mjs'

const files = { epi: 'someones_epi.nii.gz', anatomy: 'someones_anatomy.nii.gz' }

/** The scans' paths. Looked for before anything is built: a wrong folder should not cost a minute. */
async function scansIn(folder) {
  if (!folder) throw new Error(`needs a folder with ${Object.values(files).join(' and ')}: npm run article -- <folder>`)
  // npm starts this in the repository's root; paths go by the folder where somebody typed.
  const here = process.env.INIT_CWD ?? process.cwd()
  const paths = Object.entries(files).map(([key, file]) => [key, join(resolve(here, folder), file)])
  for (const [, path] of paths)
    await access(path).catch(() => {
      throw new Error(`${path}: not found`)
    })
  return Object.fromEntries(paths)
}

try {
  const scans = await scansIn(process.argv[2])
  process.stdout.write('Installing and building (a minute or two the first time) …\n')
  build('./packages/*')
  // Not before: it imports what was just built.
  const { article } = await import('./article.js')
  await article(scans)
} catch (error) {
  process.stderr.write(`article: ${error.message}\n`)
  process.exitCode = 1
}
