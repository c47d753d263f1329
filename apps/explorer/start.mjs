// npm start: installs, builds, serves the explorer on this computer, and says where.
import { build } from '../../tooling/steps.mjs'

process.stdout.write('Building the explorer …\n')
build()
// Not before: it needs what was installed.
const { listen } = await import('./serve.mjs')
await listen()
