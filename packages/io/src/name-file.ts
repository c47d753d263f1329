import { fileURLToPath } from 'node:url'
import { isVoxaugError, show, VoxaugError } from '@voxaug/core'
import { reason } from './byte-reader.ts'
import { systemCode } from './place-file.ts'

/** Errors of the file system, in words. */
const failures: Readonly<Record<string, readonly [code: string | undefined, message: string]>> = {
  ENOENT: ['not-found', 'no such file or folder.'],
  ENOTDIR: ['not-found', 'no such file or folder.'],
  EEXIST: ['exists', 'exists already, and overwrite is false.'],
  EISDIR: [undefined, 'is a folder, not a file.'],
  EACCES: [undefined, 'permission denied.'],
  EPERM: [undefined, 'permission denied.'],
  EROFS: [undefined, 'the file system is read-only.'],
  ENAMETOOLONG: [undefined, 'the name is too long for a file.'],
  ENOSPC: [undefined, 'no space is left on the disk.'],
}

/** A path as a string; throws VoxaugError `invalid-option` for a URL that is no file's. */
export function pathOf(path: string | URL): string {
  if (typeof path === 'string') return path
  const href = path instanceof URL ? path.href : path
  try {
    return fileURLToPath(path)
  } catch (cause) {
    throw new VoxaugError('invalid-option', `path must be a path or the URL of a file, got ${show(href)}.`, {
      option: 'path',
      received: href,
      cause,
    })
  }
}

/**
 * Runs `work` on a file. Its errors and the file system's become a VoxaugError whose message begins with the path and a colon;
 * `code` is for what the file system cannot do. Where the work goes from one file to another, `path` says which is at fault.
 */
export async function namingFile<T>(
  path: string | (() => string),
  code: 'unreadable' | 'unwritable',
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    const name = typeof path === 'string' ? path : path()
    if (isVoxaugError(cause))
      throw new VoxaugError(cause.code, `${name}: ${cause.message}`, {
        option: cause.option,
        received: cause.received,
        cause,
      })
    // What is no error of the system is our own mistake, and must look like one.
    if (!systemCode(cause)) throw cause
    const [known, message] = failures[systemCode(cause)] ?? [undefined, `the file system failed: ${reason(cause)}.`]
    throw new VoxaugError(known ?? code, `${name}: ${message}`, { cause })
  }
}
