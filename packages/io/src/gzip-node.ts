import { pipeline, Readable } from 'node:stream'
import { createGzip } from 'node:zlib'

/** Bytes of compressed data handed on at a time. */
const outputChunk = 1024 * 1024

/** gzip by node:zlib, on a thread of Node's pool, while the next part is made. */
export async function* gzipNode(
  parts: AsyncIterable<Uint8Array>,
  level: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const gzip = createGzip({ level, chunkSize: outputChunk })
  // What pipeline reports comes out of `gzip` too.
  pipeline(Readable.from(parts, { highWaterMark: 2 }), gzip, () => {})
  yield* gzip
}
