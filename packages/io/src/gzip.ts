import { Deflate } from 'pako'
import type { EncodedFile } from './encode.ts'

/** Bytes compressed at a time: a few milliseconds, as pages' own compressors too hold up the page while they work. */
const chunk = 65_536

/** pako takes some 20 MB/s. */
const slowChunk = 32_768

/** gzip by the platform, at its own level. */
export async function gzipped({ parts }: EncodedFile): Promise<Uint8Array<ArrayBuffer>> {
  const all = parts(chunk)
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const { value, done } = await all.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
    },
    { highWaterMark: 1 },
  )
  // Read by hand: what `Response` says of a source that failed is another error.
  const reader = source.pipeThrough(new CompressionStream('gzip')).getReader()
  const compressed: Uint8Array[] = []
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return joined(compressed)
    compressed.push(value)
  }
}

/** gzip at a level that browsers do not offer, by pako: slower, and the same bytes everywhere. */
export async function gzippedAt({ parts }: EncodedFile, level: number): Promise<Uint8Array<ArrayBuffer>> {
  const compressed: Uint8Array[] = []
  // 15 bits of window, and 16 for gzip.
  const deflate = new Deflate({ level: level as 1, windowBits: 31, chunkSize: chunk })
  deflate.onData = (bytes) => void compressed.push(bytes as Uint8Array)
  for await (const part of parts(slowChunk)) deflate.push(part, false)
  deflate.push(new Uint8Array(), true)
  return joined(compressed)
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
