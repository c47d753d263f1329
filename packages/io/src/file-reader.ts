import { type FileHandle, open } from 'node:fs/promises'
import type { ByteReader } from './byte-reader.ts'

/** Most bytes asked of the system at once: it takes no more than 2^31 − 1. */
const largestRead = 2 ** 30

/** Reads a file from its start; pipes and devices too, whose size nobody knows and which pass nothing over. */
export async function fileReader(path: string | URL): Promise<ByteReader> {
  const file = await open(path, 'r')
  const stats = await file.stat().catch(async (cause: unknown) => {
    await file.close()
    throw cause
  })
  const close = () => file.close()
  if (!stats.isFile()) return { size: undefined, read: (target) => readAt(file, target, null), close }
  let at = 0
  return {
    size: stats.size,
    async read(target) {
      const got = await readAt(file, target, at)
      at += got
      return got
    },
    async skip(count) {
      const from = at
      at = Math.max(at, Math.min(stats.size, at + count))
      return at - from
    },
    close,
  }
}

/** Fills `target` from a place in the file, or where there are no places from where the last read ended. */
async function readAt(file: FileHandle, target: Uint8Array, place: number | null): Promise<number> {
  let filled = 0
  while (filled < target.length) {
    const length = Math.min(target.length - filled, largestRead)
    const { bytesRead } = await file.read(target, filled, length, place === null ? null : place + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return filled
}
