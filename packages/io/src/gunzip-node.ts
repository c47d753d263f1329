import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { chunkReader } from './byte-reader.ts'
import type { Gunzip } from './gunzip.ts'
import { longestPadding } from './gunzip-pako.ts'

const inputChunk = 256 * 1024
const outputChunk = 1024 * 1024

/** gunzip by node:zlib, on a thread of Node's pool. */
export const gunzipNode: Gunzip = (compressed) => {
  const inflate = createGunzip({ chunkSize: outputChunk })
  let given = 0
  /** Place behind the last byte given that is not zero. */
  let zerosFrom = 0
  // What pipeline reports comes out of `inflate` too, or is our own closing of it.
  const fed = new Promise<void>((resolve) => {
    pipeline(Readable.from(chunks(), { highWaterMark: 2 }), inflate, () => resolve())
  })
  const output: AsyncIterator<Uint8Array, undefined> = inflate[Symbol.asyncIterator]()
  return chunkReader(
    async () => {
      const { value } = await output.next()
      if (value) return value
      // zlib takes a zero behind a member for the end, and does not look at what follows.
      await fed
      if (zerosFrom > inflate.bytesWritten) throw new Error('bytes that are no gzip follow the last member')
      return undefined
    },
    async () => {
      inflate.destroy()
      await compressed.close()
    },
  )

  async function* chunks() {
    // zlib is at most a few chunks behind while it still takes any.
    while (given - inflate.bytesWritten < longestPadding) {
      const target = new Uint8Array(inputChunk)
      const got = await compressed.read(target)
      if (got === 0) return
      const last = target.subarray(0, got).findLastIndex((byte) => byte !== 0)
      if (last >= 0) zerosFrom = given + last + 1
      given += got
      yield target.subarray(0, got)
    }
  }
}
