// node tooling/consumers/run.mjs TARBALLS [NAME …]: installs each project here from the packed tarballs alone, in a folder of
// its own outside the repository, and runs its check.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const [tarballs, ...names] = process.argv.slice(2)
/** npm's name of each packed package → its tarball. */
const packed = Object.fromEntries(
  readdirSync(tarballs)
    .filter((file) => file.endsWith('.tgz'))
    .map((file) => [
      file.replace(/-\d[^-]*\.tgz$/, '').replace(/^voxaug-/, '@voxaug/'),
      `file:${resolve(tarballs, file)}`,
    ]),
)

function check(name) {
  const home = join(import.meta.dirname, name)
  const folder = mkdtempSync(join(tmpdir(), `voxaug-${name}-`))
  cpSync(home, folder, { recursive: true, filter: (path) => !/[/\\](node_modules|dist)$/.test(path) })
  const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
  for (const kind of ['dependencies', 'devDependencies']) {
    for (const one of Object.keys(manifest[kind] ?? {})) if (packed[one]) manifest[kind][one] = packed[one]
  }
  // The packages that these need come from tarballs too.
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, overrides: packed }))
  const npm = [
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
    '--prefer-offline',
    '--ignore-scripts',
    '--loglevel=error',
  ]
  try {
    for (const args of [
      ['install', ...npm],
      ['run', '--silent', 'check'],
    ]) {
      const { status, stdout, stderr } = spawnSync('npm', args, {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      if (status === 0) continue
      console.log(`${name}: npm ${args[0]} failed\n${stdout}${stderr}`)
      return false
    }
    return true
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const all = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((one) => one.isDirectory())
const chosen = names.length > 0 ? names : all.map((one) => one.name)
process.exit(chosen.filter((name) => !check(name)).length > 0 ? 1 : 0)
