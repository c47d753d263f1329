import { rmSync } from 'node:fs'
import { link, mkdir, mkdtemp, open, rename, rm, rmdir, unlink } from 'node:fs/promises'
import { constants } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { isVoxaugError } from '@voxaug/core'
import { fail, inFile, systemCode } from './fail.ts'

/** Writes a file under a name of the folder: `write` gets the path to write to for now. */
export type Put = (name: string, write: (path: string) => Promise<void>) => Promise<void>

/**
 * Writes files that appear together, whole, or not at all.
 *
 * They are written into a hidden folder beside their places, and moved there when `work` is done. If anything fails, or the process is told
 * to end, nothing of it stays. Without `force` a name is taken by a hard link, which fails where it exists by then.
 */
export async function placeFiles(folder: string, force: boolean, work: (put: Put) => Promise<void>): Promise<void> {
  const made = await inFile(folder, () => mkdir(folder, { recursive: true }))
  const staging = await inFile(folder, () => mkdtemp(join(folder, '.voxaug-')))
  const release = removeWhenKilled(staging)
  const names: string[] = []
  const placed: string[] = []
  try {
    await work(async (name, write) => {
      const path = join(staging, name)
      await write(path).catch((error: unknown) => {
        throw atItsPlace(error, path, join(folder, name))
      })
      names.push(name)
    })
    for (const name of names) {
      const target = join(folder, name)
      await inFile(target, () => (force ? rename(join(staging, name), target) : claim(join(staging, name), target)))
      placed.push(target)
    }
  } catch (error) {
    if (!force) for (const target of placed) await unlink(target).catch(() => {})
    await rm(staging, { recursive: true, force: true })
    if (made) await removeFolders(resolve(folder), resolve(made))
    throw error
  } finally {
    release()
  }
  await rm(staging, { recursive: true, force: true })
}

/** Gives a file its name unless that is taken. */
async function claim(path: string, target: string): Promise<void> {
  try {
    await link(path, target)
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw new Error('exists already; --force replaces it.')
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(String(systemCode(error)))) throw error
    // A file system without hard links: an empty file claims the name.
    await (await open(target, 'wx')).close()
    await rename(path, target).catch(async (cause: unknown) => {
      await unlink(target).catch(() => {})
      throw cause
    })
  }
}

/** An error that speaks of the path for now, speaking of the file's own. */
function atItsPlace(error: unknown, path: string, target: string): unknown {
  if (!isVoxaugError(error) || !error.message.startsWith(`${path}: `)) return error
  return fail(target, error.message.slice(path.length + 2), error)
}

/** Removes the folders that were made, from the innermost to the first; one that others wrote to stays. */
async function removeFolders(folder: string, first: string): Promise<void> {
  for (let at = folder; at.length >= first.length; at = dirname(at)) {
    try {
      await rmdir(at)
    } catch {
      return
    }
  }
}

function removeWhenKilled(staging: string): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const end = (signal: (typeof signals)[number]) => {
    for (let attempt = 0; attempt < 10 && !removed(staging); attempt++);
    process.exit(128 + constants.signals[signal])
  }
  for (const signal of signals) process.once(signal, end)
  return () => {
    for (const signal of signals) process.off(signal, end)
  }
}

/**
 * Removes a folder. A write that is under way may make a file in it meanwhile, which Node's own retries do not look for: then it waits a
 * little and says false.
 */
function removed(folder: string): boolean {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 1, retryDelay: 20 })
    return true
  } catch {
    return false
  }
}
