import { pipeline, Readable } from 'node:stream'
import { createInflate } from 'node:zlib'
import { chunkReader } from '../byte-reader.ts'
import type { Gunzip } from '../gunzip.ts'

const inputChunk = 256 * 1024
const outputChunk = 1024 * 1024

/** Inflates a zlib stream by node:zlib, on a thread of Node's pool; bytes behind its end are not looked at. */
export const inflateNode: Gunzip = (compressed) => {
  const stream = createInflate({ chunkSize: outputChunk })
  // What pipeline reports comes out of `stream` too, or is our own closing of it.
  pipeline(Readable.from(chunks(), { highWaterMark: 2 }), stream, () => {})
  const output: AsyncIterator<Uint8Array, undefined> = stream[Symbol.asyncIterator]()
  return chunkReader(
    async () => (await output.next()).value,
    async () => {
      stream.destroy()
      await compressed.close()
    },
  )

  async function* chunks() {
    for (;;) {
      const target = new Uint8Array(inputChunk)
      const got = await compressed.read(target)
      if (got === 0) return
      yield target.subarray(0, got)
    }
  }
}
