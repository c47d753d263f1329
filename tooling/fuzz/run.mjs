// npm run fuzz [-- --count N --seed S --seconds T]: on the built packages.
import { build, step } from '../steps.mjs'

build('@voxaug-tooling/fuzz...')
step(process.execPath, ['tooling/fuzz/dist/main.js', ...process.argv.slice(2)])
