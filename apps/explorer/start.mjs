// npm start: installs, builds, serves the explorer on this computer, and says where.
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, step } from '../../tooling/steps.mjs'

// npm starts this in the repository's root; paths go by the folder where somebody typed.
const here = process.env.INIT_CWD ?? process.cwd()
const plugins = (process.env.VOXAUG_PLUGINS ?? '').split(',').filter((path) => path !== '')
const app = fileURLToPath(new URL('.', import.meta.url))

process.stdout.write('Building the explorer (a minute or two the first time) …\n')
build()
let folder = `${app}dist`
if (plugins.length > 0) {
  // By itself, each time: what was built before knows nothing of a plugin, or of what changed in it.
  folder = fileURLToPath(new URL('../../out/explorer', import.meta.url))
  const paths = plugins.map((path) => resolve(here, path)).join(',')
  const env = { VOXAUG_PLUGINS: paths, VOXAUG_EXPLORER_OUT: folder }
  step('npx', ['vite', 'build', app, '--config', `${app}vite.config.ts`], { quiet: true, env })
}
// Not before: it needs what was installed.
const { listen } = await import('./serve.mjs')
await listen(folder)
