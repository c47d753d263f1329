// npm run fuzz -- [--count N] [--seconds T] [--seed S]: mutants of the corpus, on all cores.
// npm run fuzz -- --seed S --case N: one case again. npm run fuzz -- --file PATH: a file's bytes.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { browserReader } from './browser-reader.ts'
import type { Bytes } from './bytes.ts'
import { checkBytes } from './check.ts'
import { pathChecker } from './check-path.ts'
import { fuzzCase } from './fuzz-case.ts'
import { seedsOf } from './mutate.ts'
import { nodeReader } from './node-reader.ts'
import { readCorpus } from './read-corpus.ts'
import type { Finding } from './report.ts'
import { runBatch } from './run-batch.ts'

const { values } = parseArgs({
  options: {
    count: { type: 'string' },
    seconds: { type: 'string' },
    seed: { type: 'string' },
    case: { type: 'string' },
    file: { type: 'string' },
  },
})
const number = (name: 'count' | 'seconds' | 'seed' | 'case', most: number): number | undefined => {
  const text = values[name]
  if (text === undefined) return undefined
  if (/^\d+$/.test(text) && Number(text) <= most) return Number(text)
  console.error(`--${name} must be a whole number up to ${most}, got ${text}`)
  process.exit(2)
}
const count = number('count', Number.MAX_SAFE_INTEGER)
const seconds = number('seconds', 1e9)
const seed = number('seed', 2 ** 32 - 1) ?? Math.floor(Math.random() * 2 ** 32)
const index = number('case', Number.MAX_SAFE_INTEGER)
const corpus = await readCorpus(new URL('../corpus/', import.meta.url))
const seeds = seedsOf(corpus)

if (values.file !== undefined) await tryOne(new Uint8Array(await readFile(values.file)), basename(values.file))
else if (index !== undefined) {
  const { bytes, from } = fuzzCase(seeds, seed, index)
  await tryOne(bytes, from)
} else await tryMany(count ?? (seconds === undefined ? 100_000 : Number.MAX_SAFE_INTEGER), seconds ?? Infinity)

async function tryOne(bytes: Bytes, name: string): Promise<void> {
  const paths = await pathChecker(corpus)
  const { flaw: flawOfBytes, outcome } = await checkBytes(bytes, [browserReader, nodeReader])
  const flaw = flawOfBytes ?? (await paths.check(name, bytes))
  paths.remove()
  console.log(`${name}: ${bytes.length} bytes, ${outcome}\n${Buffer.from(bytes).toString('base64')}`)
  console.log(flaw ?? 'nothing is wrong')
  process.exitCode = flaw ? 1 : 0
}

async function tryMany(count: number, seconds: number): Promise<void> {
  const start = Date.now()
  const elapsed = () => (Date.now() - start) / 1000
  const outcomes = new Map<string, number>()
  const found: Finding[] = []
  let [next, tried, peak] = [0, 0, 0]
  let slowest = { index: 0, milliseconds: 0 }
  const progress = () =>
    `${tried} cases, ${Math.round(tried / elapsed())} a second, ${found.length} failures, ${elapsed().toFixed(0)} s`
  // A terminal shows one line that changes; a log gets one a minute.
  const { isTTY } = process.stdout
  const show = () => void process.stdout.write(isTTY ? `\r${progress()} ` : `${progress()}\n`)
  const shown = setInterval(show, isTTY ? 500 : 60_000)

  async function work(): Promise<void> {
    while (next < count && elapsed() < seconds) {
      const [from, to] = [next, Math.min(count, next + 2000)]
      next = to
      for (let at = from; at < to; ) {
        const batch = await runBatch(seed, at, to)
        tried += batch.next - at
        at = batch.next
        for (const finding of batch.findings) {
          found.push(finding)
          // One bug makes many findings; the first hundred tell it.
          if (found.length <= 100) await keep(finding)
        }
        const { summary } = batch
        if (!summary) continue
        for (const [outcome, n] of Object.entries(summary.outcomes))
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + n)
        peak = Math.max(peak, summary.peak)
        if (summary.slowest.milliseconds > slowest.milliseconds) slowest = summary.slowest
      }
    }
  }

  await Promise.all(Array.from({ length: availableParallelism() }, work))
  clearInterval(shown)
  if (isTTY) process.stdout.write('\n')
  for (const { index, flaw } of found.slice(0, 20)) console.log(`case ${index}: ${flaw}`)
  const shares = [...outcomes].sort(([, a], [, b]) => b - a)
  console.log(shares.map(([outcome, n]) => `${outcome} ${((100 * n) / tried).toFixed(1)} %`).join(', '))
  console.log(
    `slowest: case ${slowest.index}, ${slowest.milliseconds.toFixed(0)} ms; most memory of a process: ${(peak / 2 ** 20).toFixed(0)} MiB`,
  )
  console.log(`${tried} cases, seed ${seed}, ${elapsed().toFixed(0)} s, ${found.length} failures`)
  process.exitCode = found.length > 0 ? 1 : 0
}

/** Writes a case that failed to a folder in found/, under the name that it comes from, with what was wrong. */
async function keep({ index, flaw }: Finding): Promise<void> {
  const { bytes, from } = fuzzCase(seeds, seed, index)
  const folder = fileURLToPath(new URL(`../found/seed-${seed}-case-${index}/`, import.meta.url))
  const file = join(folder, from)
  const again = `npm run fuzz -- --seed ${seed} --case ${index}\nnpm run fuzz -- --file ${file}\n`
  await mkdir(folder, { recursive: true })
  await writeFile(file, bytes)
  await writeFile(join(folder, 'flaw.txt'), `${flaw}\n${again}`)
}
