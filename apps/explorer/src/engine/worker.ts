import { expose, transfer } from 'comlink'
import { createEngine, type Engine } from './engine.ts'
import { type Answer, answer } from './problem.ts'

/** The engine as the page calls it: each method gives an answer, and errors are data in it. */
export type RemoteEngine = {
  [K in keyof Engine]: (...args: Parameters<Engine[K]>) => Promise<Answer<Awaited<ReturnType<Engine[K]>>>>
}

const methods = Object.entries(createEngine()).map(([name, method]) => [
  name,
  async (...args: unknown[]) => {
    const found = await answer(() => (method as (...args: unknown[]) => unknown)(...args))
    return transfer(found, buffersIn(found))
  },
])

/** The memory of pictures, which is handed over and not copied: nothing here needs it again. */
function buffersIn(value: unknown, found: ArrayBuffer[] = []): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) found.push(value.buffer as ArrayBuffer)
  else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) buffersIn(one, found)
  return found
}

expose(Object.fromEntries(methods))
