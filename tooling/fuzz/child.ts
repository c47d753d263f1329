// Runs cases of a seed: node child.js SEED FROM TO. Before each its number goes to file descriptor 3, as a double, so that the
// parent knows where a child hung or fell. Findings go to standard output, a line of JSON each, and a summary at the end.
import { writeSync } from 'node:fs'
import { browserReader } from './browser-reader.ts'
import { checkBytes } from './check.ts'
import { pathChecker } from './check-path.ts'
import { fuzzCase } from './fuzz-case.ts'
import { seedsOf } from './mutate.ts'
import { nodeReader } from './node-reader.ts'
import { readCorpus } from './read-corpus.ts'
import type { Finding, Summary } from './report.ts'

const [seed, from, to] = process.argv.slice(2).map(Number) as [number, number, number]
const corpus = await readCorpus(new URL('../corpus/', import.meta.url))
const seeds = seedsOf(corpus)
const paths = await pathChecker(corpus)
process.on('exit', paths.remove)
const say = (line: Finding | Summary) => writeSync(1, `${JSON.stringify(line)}\n`)

/** A case may take a second and half a gibibyte. */
const mostMilliseconds = 1000
const mostBytes = 512 * 2 ** 20

let index = from
let slowest = { index, milliseconds: 0 }
const outcomes: Record<string, number> = {}

// What nobody awaited is the fault of the case at hand, or of one just before.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    say({ index, flaw: `${event}: ${error instanceof Error ? error.stack : String(error)}` })
    process.exit(2)
  })
}

for (; index < to; index++) {
  writeSync(3, new Uint8Array(Float64Array.of(index).buffer))
  const { bytes, from: name } = fuzzCase(seeds, seed, index)
  const timed = async () => {
    const start = performance.now()
    const { flaw: flawOfBytes, outcome } = await checkBytes(bytes, [browserReader, nodeReader])
    const flaw = flawOfBytes ?? (await paths.check(name, bytes))
    return { flaw, outcome, milliseconds: performance.now() - start }
  }
  const { flaw, outcome, milliseconds } = await timed()
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  if (flaw) say({ index, flaw })
  if (milliseconds > slowest.milliseconds) slowest = { index, milliseconds }
  // Twice, since the machine may have been busy with something else.
  if (milliseconds > mostMilliseconds && (await timed()).milliseconds > mostMilliseconds)
    say({ index, flaw: `took ${milliseconds} ms` })
  const peak = process.resourceUsage().maxRSS * 1024
  if (peak > mostBytes) {
    say({ index, flaw: `took the process to ${peak} bytes` })
    process.exit(2)
  }
}
say({ outcomes, slowest, peak: process.resourceUsage().maxRSS * 1024 })
