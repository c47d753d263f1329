// node tooling/checks/pack.mjs FOLDER: packs every public package into FOLDER, as it would be published.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { root } from '../steps.mjs'

const [folder] = process.argv.slice(2)
for (const name of readdirSync(`${root}packages`)) {
  const cwd = `${root}packages/${name}`
  execFileSync('npx', ['pnpm', 'pack', '--pack-destination', folder], { cwd, stdio: ['ignore', 'pipe', 'inherit'] })
  const { version } = JSON.parse(readFileSync(`${cwd}/package.json`, 'utf8'))
  console.log(`packages/${name} ${version}`)
}
