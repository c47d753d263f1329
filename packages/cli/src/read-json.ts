import { open } from 'node:fs/promises'
import { fail, inFile } from './fail.ts'

/** Larger than any pipeline that somebody wrote, and than one with ten thousand steps. */
const mostBytes = 16 * 1024 * 1024

/** Reads a file as JSON, as data only. Pipes are files too. */
export async function readJson(path: string): Promise<unknown> {
  const bytes = await inFile(path, () => readUpTo(path, mostBytes + 1))
  if (bytes.length > mostBytes) throw fail(path, `must be at most ${mostBytes} bytes of JSON, got more.`)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw fail(path, 'must be JSON in UTF-8, got other bytes.', cause)
  }
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw fail(path, `must be JSON: ${(cause as SyntaxError).message}.`, cause)
  }
}

async function readUpTo(path: string, most: number): Promise<Uint8Array> {
  const file = await open(path, 'r')
  try {
    const parts: Buffer[] = []
    let length = 0
    for await (const part of file.createReadStream({ autoClose: false, end: most - 1 }) as AsyncIterable<Buffer>) {
      parts.push(part)
      length += part.length
    }
    return Buffer.concat(parts, length)
  } finally {
    await file.close()
  }
}
