import { type FileHandle, open } from 'node:fs/promises'
import type { ByteReader } from './byte-reader.ts'

/** Most bytes asked of the system at once: it takes no more than 2^31 − 1. */
const largestRead = 2 ** 30

/** Reads a file from its start; pipes and devices too, whose size nobody knows. */
export async function fileReader(path: string | URL): Promise<ByteReader> {
  const file = await open(path, 'r')
  const stats = await file.stat().catch(async (cause: unknown) => {
    await file.close()
    throw cause
  })
  return {
    size: stats.isFile() ? stats.size : undefined,
    read: (target) => readFrom(file, target),
    close: () => file.close(),
  }
}

async function readFrom(file: FileHandle, target: Uint8Array): Promise<number> {
  let filled = 0
  while (filled < target.length) {
    const { bytesRead } = await file.read(target, filled, Math.min(target.length - filled, largestRead), null)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return filled
}
