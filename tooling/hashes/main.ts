// Compares what this engine computes with hashes.json; --write makes it the new truth.
import { readFile, writeFile } from 'node:fs/promises'
import { computeHashes, groups } from './hash.ts'

const file = new URL('../hashes.json', import.meta.url)
const hashes = Object.fromEntries(await Promise.all(groups.map(async (group) => [group, await computeHashes(group)])))
if (process.argv.includes('--write')) {
  await writeFile(file, `${JSON.stringify(hashes, null, 2)}\n`)
  console.log('hashes.json is written')
} else {
  const known: unknown = JSON.parse(await readFile(file, 'utf8'))
  const [found, wanted] = [flatten(hashes), flatten(known)]
  const differing = [...new Set([...found.keys(), ...wanted.keys()])].filter(
    (key) => found.get(key) !== wanted.get(key),
  )
  for (const key of differing) console.error(`differs: ${key}`)
  console.log(`Node ${process.versions.node}: ${found.size} hashes, ${differing.length} differ`)
  process.exitCode = differing.length > 0 ? 1 : 0
}

function flatten(groups: unknown): ReadonlyMap<string, string> {
  const all = Object.entries(groups as Record<string, Record<string, string>>)
  return new Map(all.flatMap(([group, one]) => Object.entries(one).map(([name, hash]) => [`${group}: ${name}`, hash])))
}
