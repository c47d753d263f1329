import { createEngine } from './engine.ts'
import { buffersIn, type Question, type Reply } from './messages.ts'
import { answer } from './problem.ts'

const engine = createEngine()

addEventListener('message', async ({ data: { id, method, args } }: MessageEvent<Question>) => {
  const work = engine[method] as (...args: readonly unknown[]) => unknown
  const reply: Reply = { id, answer: await answer(() => work(...args)) }
  postMessage(reply, { transfer: buffersIn(reply) })
})
