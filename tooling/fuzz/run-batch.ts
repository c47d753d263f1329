import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Finding, Summary } from './report.ts'

const child = fileURLToPath(new URL('./child.js', import.meta.url))

/** A case that stands still for so long hangs: a busy machine may be slow, a case takes a millisecond. */
const patience = 10_000

export interface Batch {
  readonly findings: readonly Finding[]
  /** Undefined where the child did not reach its end. */
  readonly summary: Summary | undefined
  /** The first case that was not tried. */
  readonly next: number
}

/** Runs the cases from one number to below another in a process of their own, which is killed where it hangs. */
export async function runBatch(seed: number, from: number, to: number): Promise<Batch> {
  const running = spawn(process.execPath, [child, ...[seed, from, to].map(String)], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const errors: string[] = []
  let at = from
  let movedAt = Date.now()
  let rest = Buffer.alloc(0)
  running.stdout!.on('data', (part: Buffer) => lines.push(part.toString()))
  running.stderr!.on('data', (part: Buffer) => errors.push(part.toString()))
  running.stdio[3]!.on('data', (part: Buffer) => {
    rest = Buffer.concat([rest, part])
    const whole = rest.length - (rest.length % 8)
    if (whole > 0) at = rest.readDoubleLE(whole - 8)
    rest = rest.subarray(whole)
    movedAt = Date.now()
  })
  let hung = false
  const watch = setInterval(() => {
    if (Date.now() - movedAt < patience) return
    hung = true
    running.kill('SIGKILL')
  }, 250)
  const [status, signal] = (await once(running, 'close')) as [number | null, string | null]
  clearInterval(watch)
  const said = lines
    .join('')
    .split('\n')
    .filter(Boolean)
    .map((line): Finding | Summary => JSON.parse(line))
  const findings = said.filter((line): line is Finding => 'flaw' in line)
  const summary = said.find((line): line is Summary => 'outcomes' in line)
  if (summary) return { findings, summary, next: to }
  const told = findings.some(({ index }) => index === at)
  const how = hung ? `hung for ${patience} ms` : `ended the process: ${signal ?? status}, ${errors.join('')}`
  return { findings: told ? findings : [...findings, { index: at, flaw: how }], summary, next: at + 1 }
}
