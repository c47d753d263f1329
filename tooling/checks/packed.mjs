// node tooling/checks/packed.mjs FOLDER: looks into the tarballs of pack.mjs, and runs publint and are-the-types-wrong on each.
import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const [folder] = process.argv.slice(2)
const bin = (name) => join(import.meta.dirname, 'node_modules/.bin', name)
let faults = 0
const fault = (tarball, message) => {
  faults += 1
  console.log(`${tarball}: ${message}`)
}

for (const tarball of readdirSync(folder).filter((name) => name.endsWith('.tgz'))) {
  const path = join(folder, tarball)
  const tar = (...args) => execFileSync('tar', ['-zf', path, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 })

  const files = tar('-t').trim().split('\n')
  for (const wanted of ['README.md', 'LICENSE', 'package.json']) {
    if (!files.includes(`package/${wanted}`)) fault(tarball, `${wanted} is missing`)
  }
  const allowed =
    /^package\/((README|CHANGELOG)\.md|LICENSE|package\.json|dist\/[\w.-]+\.(js|d\.ts|json)|bin\/\w+\.js)$/
  for (const file of files.filter((name) => !allowed.test(name))) fault(tarball, `${file} should not be in it`)

  const { dependencies = {}, ...manifest } = JSON.parse(tar('-xO', 'package/package.json'))
  if (manifest.license !== 'MIT') fault(tarball, 'license is missing')
  // A command has to do something at import; nothing else may.
  const effects = [manifest.sideEffects].flat().filter((one) => one !== false)
  if (!effects.every((one) => /bin/.test(one))) fault(tarball, 'sideEffects must be false')
  for (const [name, range] of Object.entries(dependencies)) {
    const pinned = name.startsWith('@voxaug/') ? /^\^\d/ : /^\d/
    if (!pinned.test(range)) fault(tarball, `${name} must not be ${range}`)
  }
  // esbuild names the files that it puts together; a dependency among them would need its licence beside it.
  const code = files.filter((name) => name.endsWith('.js'))
  if (/^\/\/ .*node_modules\//m.test(tar('-xO', ...code))) fault(tarball, 'code of another package is bundled')

  for (const [command, args] of [
    ['publint', [path, '--strict', '--level', 'warning']],
    ['attw', [path, '--profile', 'esm-only', '--no-emoji', '--format', 'ascii']],
  ]) {
    const { status, signal, stdout, stderr } = spawnSync(bin(command), args, { encoding: 'utf8' })
    if (status !== 0) fault(tarball, `${command} ended with ${signal ?? status}\n${stdout}${stderr}`)
  }
}
process.exit(faults > 0 ? 1 : 0)
