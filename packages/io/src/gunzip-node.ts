import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { chunkReader } from './byte-reader.ts'
import type { Gunzip } from './gunzip.ts'

const inputChunk = 256 * 1024
const outputChunk = 1024 * 1024

/** gunzip by node:zlib, on a thread of Node's pool. */
export const gunzipNode: Gunzip = (compressed) => {
  const inflate = createGunzip({ chunkSize: outputChunk })
  // What pipeline reports comes out of `inflate` too, or is our own closing of it.
  pipeline(Readable.from(chunks(), { highWaterMark: 2 }), inflate, () => {})
  const output: AsyncIterator<Uint8Array, undefined> = inflate[Symbol.asyncIterator]()
  return chunkReader(
    async () => (await output.next()).value,
    async () => {
      inflate.destroy()
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
