import { isVoxaugError, show } from '@voxaug/core'

/** An error, as plain data that a worker can send. */
export interface Problem {
  readonly code: string
  /** A sentence for people, without the path. */
  readonly message: string
  /** The place in the pipeline, as in `Compose[2] > OneOf[0]`; empty where the error is not a step's. */
  readonly path: string
  readonly option?: string | undefined
}

/** What was asked for, or why there is none. */
export type Answer<T> = { readonly value: T } | { readonly problem: Problem }

/** What an error says. Its path stands before its message. */
export function problemOf(error: unknown): Problem {
  if (!isVoxaugError(error)) {
    const message = error instanceof Error ? error.message : show(error)
    return { code: 'unexpected', message: `Something went wrong: ${message}`, path: '' }
  }
  const [, path = '', message = error.message] = /^((?:\w+\[\d+\] > )+)(.*)$/s.exec(error.message) ?? []
  return { code: error.code, message, path: path.replace(/ > $/, ''), option: error.option }
}

/** Does some work and gives what came of it, in either case. */
export async function answer<T>(work: () => T | Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await work() }
  } catch (error) {
    return { problem: problemOf(error) }
  }
}
