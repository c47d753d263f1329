// npm run reference [-- --check]: on the built packages.
import { build, step } from '../steps.mjs'

build('@voxaug-tooling/reference...')
step(process.execPath, ['tooling/reference/dist/main.js', ...process.argv.slice(2)])
