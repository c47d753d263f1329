import { getSystemErrorMap } from 'node:util'
import { isVoxaugError, VoxaugError } from '@voxaug/core'

/** An error in a file: exit status 1. */
export const fail = (file: string, message: string, cause?: unknown): VoxaugError =>
  new VoxaugError('invalid-file', `${file}: ${message}`, { cause })

/** Runs `work`; what it throws becomes one error whose message begins with the file. */
export async function inFile<T>(file: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw fail(file, isVoxaugError(cause) ? cause.message : reason(cause), cause)
  }
}

/** What the file system, or any other code, has to say about a failure. */
function reason(error: unknown): string {
  const { errno, message } = error as { errno?: unknown; message?: unknown }
  const known = typeof errno === 'number' ? getSystemErrorMap().get(errno) : undefined
  return known ? `${known[1]}.` : typeof message === 'string' ? message : String(error)
}

/** The code of an error of the file system, as in `ENOENT`. */
export const systemCode = (error: unknown): unknown => (error as { code?: unknown } | null)?.code
