import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { corpus } from './corpus.ts'

/** The command as it is installed: this test wants the packages built, as `npm test` does first. */
const bin = fileURLToPath(new URL('../../packages/cli/bin/voxaug.js', import.meta.url))
const preload = new URL('./report-peak.mjs', import.meta.url).href
const folder = fileURLToPath(new URL('./corpus/', import.meta.url))

/** Runs `voxaug info` on a file in a process of its own, which is killed where it does not end. */
async function info(name: string) {
  const child = spawn(process.execPath, ['--import', preload, bin, 'info', name], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    timeout: 30_000,
    killSignal: 'SIGKILL',
  })
  const text = ['', '', '', '']
  for (const stream of [1, 2, 3]) child.stdio[stream]!.on('data', (part: Buffer) => (text[stream] += part.toString()))
  const [status] = (await once(child, 'close')) as [number | null]
  return { status, stdout: text[1]!, stderr: text[2]!, peak: Number(text[3]) }
}

/** Each line as the command writes it: a warning or the one error, never a trace. */
const lines = /^(voxaug: [^\p{Cc}]+: warning: [^\p{Cc}]+\.\n)*(voxaug: [^\p{Cc}]+\.\n)?$/u

it('voxaug info ends with 0 or 1 on every file of the corpus, says why in a line, and stays small', async () => {
  const names = [...corpus.keys()]
  let next = 0
  const work = async () => {
    while (next < names.length) {
      const name = names[next++]!
      const { status, stdout, stderr, peak } = await info(name)
      expect([name, status === 0 || status === 1 ? 'ended' : status]).toEqual([name, 'ended'])
      expect([name, stderr]).toEqual([name, expect.stringMatching(lines)])
      expect([name, stderr, stdout === '']).toEqual([name, expect.anything(), status === 1])
      expect([name, /error|Error:|^ +at /m.test(stderr)]).toEqual([name, false])
      expect([name, peak > 2 ** 20 && peak < 512 * 2 ** 20]).toEqual([name, true])
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
}, 600_000) // Hundreds of processes on one of several busy cores.
