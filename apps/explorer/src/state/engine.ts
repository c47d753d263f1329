import type { Engine } from '../engine/engine.ts'
import { buffersIn, type Question, type Reply } from '../engine/messages.ts'
import type { Answer } from '../engine/problem.ts'

/** The engine as the page calls it: each method gives an answer, and errors are data in it. */
export type RemoteEngine = {
  readonly [K in keyof Engine]: (...args: Parameters<Engine[K]>) => Promise<Answer<Awaited<ReturnType<Engine[K]>>>>
}

const waiting = new Map<number, (answer: Answer<unknown>) => void>()
let last = 0

const worker = new Worker(new URL('../engine/worker.ts', import.meta.url), { type: 'module', name: 'voxaug' })
worker.addEventListener('message', ({ data: { id, answer } }: MessageEvent<Reply>) => {
  waiting.get(id)?.(answer)
  waiting.delete(id)
})
worker.addEventListener('error', ({ message }) => {
  const problem = {
    code: 'unexpected',
    path: '',
    message: `The worker that computes has failed: ${message}. Load the page again.`,
  }
  for (const tell of waiting.values()) tell({ problem })
  waiting.clear()
})

function ask(method: keyof Engine, args: readonly unknown[]): Promise<Answer<unknown>> {
  return new Promise((resolve) => {
    const question: Question = { id: ++last, method, args }
    waiting.set(question.id, resolve)
    worker.postMessage(question, { transfer: buffersIn(args) })
  })
}

/** The engine, in a worker of its own: nothing that is computed keeps the page from answering. */
export const engine = new Proxy({} as RemoteEngine, {
  get:
    (_, method) =>
    (...args: readonly unknown[]) =>
      ask(method as keyof Engine, args),
})
