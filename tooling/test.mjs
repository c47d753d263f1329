// npm test: installs, builds, and runs every test in Node and, where a Chromium is at hand, those that need no Node in it.
import { existsSync } from 'node:fs'
import { build, step } from './steps.mjs'

build()
const browser = process.env.VOXAUG_BROWSER ?? ['/usr/bin/chromium'].find(existsSync)
if (!browser)
  console.log(
    'Tests in a browser, the explorer’s among them, are left out: there is no /usr/bin/chromium. VOXAUG_BROWSER=<path> names another.',
  )
if (!process.env.VOXAUG_DATA)
  console.log('Tests on real scans are left out: VOXAUG_DATA=<folder> names the folder that has them.')
step('npx', ['vitest', 'run', ...process.argv.slice(2)], { env: browser ? { VOXAUG_BROWSER: browser } : {} })
