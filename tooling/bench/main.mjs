// npm run bench [-- rounds]: installs, builds, measures.
import { build } from '../steps.mjs'

build('@voxaug-tooling/bench')
await import('./table.mjs')
