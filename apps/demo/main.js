// npm run demo [-- scan.nii.gz [label.nii.gz]]: four variants of a scan, and a picture of them, in out/.
import { build } from '../../tooling/steps.mjs'

process.stdout.write('Installing and building (a minute or two the first time) …\n')
// The command line too: it is what one wants next.
build('./packages/*')
// Not before: it imports what was just built.
const { demo } = await import('./demo.js')
await demo(process.argv.slice(2)).catch((error) => {
  process.stderr.write(`demo: ${error.message}\n`)
  process.exitCode = 1
})
