import { pipeline, Readable, type TransformOptions } from 'node:stream'
import { createGunzip, type ZlibOptions } from 'node:zlib'
import { chunkReader } from './byte-reader.ts'
import type { Gunzip } from './gunzip.ts'

/** Bytes read at first and at most: little where the header is all that is wanted, much where each turn to zlib's thread costs. */
const firstInput = 64 * 1024
const largestInput = 4 * 1024 * 1024

/** Bytes that zlib has not taken when it takes no more: while it still does, two inputs wait in each of the streams. */
const longestBacklog = 4 * largestInput

/** Bytes given at a time, and how many may wait to be taken while zlib goes on. */
const outputChunk = 1024 * 1024
const ahead = 4 * outputChunk

/** gunzip by node:zlib, on a thread of Node's pool. */
export const gunzipNode: Gunzip = (compressed) => {
  const options: ZlibOptions & TransformOptions = { chunkSize: outputChunk, readableHighWaterMark: ahead }
  const inflate = createGunzip(options)
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
    for (
      let length = firstInput;
      given - inflate.bytesWritten < longestBacklog;
      length = Math.min(2 * length, largestInput)
    ) {
      const target = new Uint8Array(length)
      const got = await compressed.read(target)
      if (got === 0) return
      const last = target.subarray(0, got).findLastIndex((byte) => byte !== 0)
      if (last >= 0) zerosFrom = given + last + 1
      given += got
      yield target.subarray(0, got)
    }
  }
}
