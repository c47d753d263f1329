// npm run hashes [-- --write]: on the built packages.
import { build, step } from '../steps.mjs'

build()
step(process.execPath, ['tooling/hashes/dist/main.js', ...process.argv.slice(2)])
