import { link, open, realpath, rename, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/**
 * Writes a file that appears whole or not at all: under a temporary name in the same folder, then renamed.
 *
 * Without `overwrite` the name is taken by a hard link, which fails where it exists, with the system's EEXIST; no other
 * writer can come between. Where there are no hard links the name is claimed by an empty file first.
 */
export async function placeFile(path: string, chunks: AsyncIterable<Uint8Array>, overwrite: boolean): Promise<void> {
  // What a link leads to is replaced, and not the link; what may read a file stays what it was.
  const place = overwrite ? await realpath(path).catch(() => path) : path
  const mode = overwrite ? await modeOf(place) : undefined
  // Not made of the file's own name, which may be as long as names can be.
  const temporary = join(dirname(place), `.voxaug-${crypto.randomUUID()}.tmp`)
  try {
    const file = await open(temporary, 'wx', mode)
    try {
      // open's own leaves out what the process leaves out of every file.
      if (mode !== undefined) await file.chmod(mode)
      for await (const chunk of chunks) await writeAll(file, chunk)
    } finally {
      await file.close()
    }
    await (overwrite ? rename(temporary, place) : claim(temporary, path))
  } catch (error) {
    await unlink(temporary).catch(() => {})
    throw error
  }
}

/** Who may read and write a file; undefined where there is none. */
const modeOf = (path: string): Promise<number | undefined> =>
  stat(path).then(
    ({ mode }) => mode & 0o777,
    () => undefined,
  )

/** Gives `temporary` the name `path`, unless that is taken. */
async function claim(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path)
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(systemCode(error))) throw error
    await (await open(path, 'wx')).close()
    return rename(temporary, path).catch(async (cause: unknown) => {
      await unlink(path).catch(() => {})
      throw cause
    })
  }
  await unlink(temporary)
}

async function writeAll(file: Awaited<ReturnType<typeof open>>, chunk: Uint8Array): Promise<void> {
  let written = 0
  while (written < chunk.length)
    written += (await file.write(chunk, written, Math.min(chunk.length - written, 2 ** 30))).bytesWritten
}

/** The code of an error of the file system, `ENOENT` and the like; empty for any other. */
export const systemCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
