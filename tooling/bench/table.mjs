// Measures, prints a table, and writes it to tooling/bench/results.md and results.json.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { fileRowsOf, measureFiles } from './file-rows.mjs'
import { howToGetScipy, pythonWithScipy } from './peer.mjs'
import { rowsOf } from './rows.mjs'

const rounds = Number(process.argv[2] ?? 9)
/** A round of files takes half a minute. */
const fileRounds = 5
const here = (name) => fileURLToPath(new URL(name, import.meta.url))

/** What a script prints as JSON, run in a process of its own. */
const child = (script, args, env = {}) =>
  JSON.parse(
    execFileSync(process.execPath, [here(script), ...args], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  )

const python = pythonWithScipy()
if (!python) console.log(`${howToGetScipy}\n`)
const speed = (env) => child('speed.mjs', [rounds, ...(python ? [python] : [])], env)
const memory = { warp: child('memory.mjs', ['warp']), crop: child('memory.mjs', ['crop']) }
/** Node as it starts, and with fresh memory in pages of 2 MB, where the C library can be told to: it is Linux's. */
const runs = {
  'as it starts': speed(),
  ...(process.platform === 'linux' ? { 'huge pages': speed({ GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1' }) } : {}),
}

const files = measureFiles(child, Math.min(rounds, fileRounds))

const row = (cells) => `| ${cells.join(' | ')} |`
const table = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')

const kinds = Object.keys(runs)
const [first, ...others] = kinds.map((kind) => rowsOf(runs[kind], memory))
const met = ({ value, sign, target }) => (sign === '≤' ? value <= target : value >= target)
const ratios = first.map((one, n) => {
  const all = [one, ...others.map((rows) => rows[n])]
  const verdicts = all.map(met)
  const verdict = verdicts[0] ? 'yes' : verdicts.includes(true) ? 'huge pages' : 'no'
  return [one.what, ...all.map(({ value }) => value.toFixed(2)), `${one.sign} ${one.target}`, verdict]
})
const names = [...new Set(kinds.flatMap((kind) => [...Object.keys(runs[kind].ms), ...Object.keys(runs[kind].peers)]))]
const ms = (value) => value?.toFixed(1) ?? ''
const times = names.map((name) => [
  name,
  ...kinds.flatMap((kind) => [ms(runs[kind].ms[name]), ms(runs[kind].peers[name])]),
])

const fileRatios = fileRowsOf(files).map((one) => [
  one.what,
  one.value.toFixed(2),
  `${one.sign} ${one.target}`,
  met(one) ? 'yes' : 'no',
])
const fileTimes = Object.keys(files.ms).map((name) => [name, ms(files.ms[name]), ms(files.blocked[name])])

const { versions } = runs[kinds[0]]
const machine = `${cpus()[0].model.trim()} (${cpus().length} cores), Node ${process.version}${versions ? `, numpy ${versions.numpy}, scipy ${versions.scipy}` : ''}, ${new Date().toISOString().slice(0, 10)}`
const text = `# Benchmark

256 × 256 × 192 float32, one thread, every contender allocating its result anew; the best of ${rounds} rounds in which all take turns,
of three for scipy and numpy, of one for the article's. Ratios within a run are what counts. Made by \`npm run bench\` on
${machine}.

A result of 50 MB is memory that nobody touched yet: the system hands it out page by page, 4 kB at a time in Node as it starts.
numpy asks for pages of 2 MB by itself; \`huge pages\` is a run in which Node does, by
\`GLIBC_TUNABLES=glibc.malloc.hugetlb=1\`, and numpy too.

${table(['what', ...kinds, 'target', 'met'], ratios)}

Best times, in ms, ours and scipy's or numpy's:

${table(['contender', ...kinds.flatMap((kind) => [`ours, ${kind}`, `theirs, ${kind}`])], times)}

## Files

An int16 scan of 512 × 512 × 300, 157 MB, a head with noise that gzip halves; Node as it starts, the best of ${Math.min(rounds, fileRounds)} rounds,
of three for level 6. The files were read before, and come from the system's memory. \`to float32\` is by a slope and an intercept in the
header; zlib alone gives its bytes to nobody. How long the event loop stood still is the least of the rounds: what is ours comes
in each of them, what is the machine's does not.

${table(['what', 'value', 'target', 'met'], fileRatios)}

Best times, and how long the event loop stood still, in ms:

${table(['contender', 'time', 'stood still'], fileTimes)}
`
console.log(text)
writeFileSync(here('results.md'), text)
writeFileSync(here('results.json'), `${JSON.stringify({ machine, rounds, runs, memory, files }, undefined, 2)}\n`)
