import type { Engine } from './engine.ts'
import type { Answer } from './problem.ts'

/** What the page asks its worker. */
export interface Question {
  readonly id: number
  readonly method: keyof Engine
  readonly args: readonly unknown[]
}

/** What the worker answers. */
export interface Reply {
  readonly id: number
  readonly answer: Answer<unknown>
}

/** The memory in a message, which is handed over and not copied: who sends it needs it no more. */
export function buffersIn(value: unknown, found: ArrayBuffer[] = []): ArrayBuffer[] {
  if (value instanceof ArrayBuffer) found.push(value)
  else if (ArrayBuffer.isView(value)) found.push(value.buffer as ArrayBuffer)
  else if (typeof value === 'object' && value !== null && !(value instanceof Blob))
    for (const one of Object.values(value)) buffersIn(one, found)
  return found
}
