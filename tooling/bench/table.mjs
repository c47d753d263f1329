// Measures, prints a table, and writes it to tooling/bench/results.md and results.json.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { measure } from './speed.mjs'

const rounds = Number(process.argv[2] ?? 9)
const here = (name) => fileURLToPath(new URL(name, import.meta.url))
const memory = (what) => JSON.parse(execFileSync(process.execPath, [here('memory.mjs'), what], { encoding: 'utf8' }))

const ms = measure(rounds)
const warp = memory('warp')
const crop = memory('crop')
const sourceMb = 48

const rows = [
  [
    'trilinear affine: time over kernel in place + 1.2 × (set + slice)',
    ms.affine / (ms.kernel + 1.2 * (ms.set + ms.slice)),
    '≤',
    1,
  ],
  ['trilinear affine: times faster than the plain JavaScript loop', ms.plain / ms.affine, '≥', 3.5],
  ['Flip along x, over slice()', ms.flipX / ms.slice, '≤', 1.5],
  ['Flip along z, over slice()', ms.flipZ / ms.slice, '≤', 1.5],
  ['Crop to 128³, over slice() of as many voxels', ms.crop / ms.sliceOfCrop, '≤', 1.5],
  ['128³ crop, elastic written last, over the affine alone', ms.elasticLastCrop / ms.affineCrop, '≤', 2.5],
  ['128³ crop, elastic written first, over the affine alone', ms.elasticFirstCrop / ms.affineCrop, '≤', 6],
  ['peak memory of one warp, MB over source twice + output + 64', warp.peak / (3 * sourceMb + 64), '≤', 1],
  ['64³ crop of a warp: MB above the source', crop.peak - crop.withSource, '≤', 64],
]

const met = ([, value, sign, target]) => (sign === '≤' ? value <= target : value >= target)
const table = [
  '| what | measured | target | met |',
  '| --- | --- | --- | --- |',
  ...rows.map((row) => `| ${row[0]} | ${row[1].toFixed(2)} | ${row[2]} ${row[3]} | ${met(row) ? 'yes' : 'no'} |`),
].join('\n')
const times = [
  '| contender | best ms |',
  '| --- | --- |',
  ...Object.entries(ms).map(([name, time]) => `| ${name} | ${time.toFixed(1)} |`),
].join('\n')
const machine = `${cpus()[0].model.trim()} (${cpus().length} cores), Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`
const text = `# Benchmark

256 × 256 × 192 float32, one thread, every contender allocating its result anew; the best of ${rounds} rounds in which all take turns.
Ratios within the run are what counts. Made by \`npm run bench\` on ${machine}.

${table}

${times}
`
console.log(text)
writeFileSync(here('results.md'), text)
writeFileSync(here('results.json'), `${JSON.stringify({ machine, rounds, ms, warp, crop }, undefined, 2)}\n`)
