import { pipeline, Readable, type TransformOptions } from 'node:stream'
import { createGunzip, type ZlibOptions } from 'node:zlib'
import { chunkReader } from './byte-reader.ts'
import type { Gunzip } from './gunzip.ts'
import { longestPadding } from './gunzip-pako.ts'

/** Bytes read at first and at most: little where the header is all that is wanted, much where each turn to zlib's thread costs. */
const firstInput = 64 * 1024
const largestInput = 4 * 1024 * 1024

/**
 * Bytes that zlib has not taken when it takes no more: while it still does, two inputs wait in each of the streams. As many taken
 * and nothing given: a source may go on with empty members, or with the text of a header.
 */
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
  /** What zlib had taken when it last gave something. */
  let fruitful = 0
  let reading: Promise<unknown> | undefined
  // What pipeline reports comes out of `inflate` too, or is our own closing of it.
  const fed = new Promise<void>((resolve) => {
    pipeline(Readable.from(chunks(), { highWaterMark: 2 }), inflate, () => resolve())
  })
  const output: AsyncIterator<Uint8Array, undefined> = inflate[Symbol.asyncIterator]()
  return chunkReader(
    async () => {
      const { value } = await output.next()
      fruitful = inflate.bytesWritten
      if (value) return value
      await fed
      await lookBehind()
      return undefined
    },
    async () => {
      inflate.destroy()
      await compressed.close()
    },
  )

  /** zlib takes a zero behind a member for the end, and does not look at what follows; nor may the source have an end. */
  async function lookBehind() {
    await reading
    while (zerosFrom <= inflate.bytesWritten && given - inflate.bytesWritten < longestPadding)
      if ((await take(firstInput)).length === 0) break
    if (zerosFrom > inflate.bytesWritten) throw new Error('bytes that are no gzip follow the last member')
  }

  /** The next bytes of the source. */
  async function take(length: number): Promise<Uint8Array> {
    const target = new Uint8Array(length)
    const bytes = target.subarray(0, await compressed.read(target))
    const last = bytes.findLastIndex((byte) => byte !== 0)
    if (last >= 0) zerosFrom = given + last + 1
    given += bytes.length
    return bytes
  }

  async function* chunks() {
    for (
      let length = firstInput;
      given - inflate.bytesWritten < longestBacklog;
      length = Math.min(2 * length, largestInput)
    ) {
      if (inflate.bytesWritten - fruitful > longestBacklog) throw new Error('the gzip stream goes on and gives nothing')
      const next = take(length)
      reading = next.catch(() => {})
      const bytes = await next
      if (bytes.length === 0) return
      yield bytes
    }
  }
}
