import { Inflate } from 'pako'
import { breather } from './breathe.ts'
import { type ByteReader, chunkReader } from './byte-reader.ts'
import type { Gunzip } from './gunzip.ts'

/** Bytes inflated at a time: one call gives at most a thousand times as many, and others must wait for it. */
const piece = 2048

/** Most zeros read behind the last member: a source may have no end. */
export const longestPadding = 4 * 1024 * 1024

/** Most bytes taken while nothing comes of them: a source may go on with empty members, or the text of a header. */
const longestBarren = 4 * 1024 * 1024

/** gunzip in JavaScript, giving others a turn between pieces. */
export const gunzipPako: Gunzip = (compressed: ByteReader) => {
  const inflated: Uint8Array[] = []
  /** What the last member left of its last piece. */
  let unread = () => new Uint8Array() as Uint8Array
  const begin = () => {
    // 15 bits of window, and 16 for gzip alone.
    const inflate = new Inflate({ windowBits: 31 })
    inflate.onData = (chunk) => void inflated.push(chunk as Uint8Array)
    inflate.onStart = (stream) => {
      unread = () => stream.input.subarray(stream.next_in)
    }
    return inflate
  }
  const breathe = breather()
  let inflate = begin()
  let padding = 0
  let over = false
  let barren = 0

  const pad = (bytes: Uint8Array) => {
    if (bytes.some((byte) => byte !== 0)) throw new Error('bytes that are no gzip follow the last member')
    padding += bytes.length
    over = padding >= longestPadding
  }
  const push = (bytes: Uint8Array) => {
    if (padding > 0 || (inflate.ended && bytes[0] === 0)) return pad(bytes)
    // pako goes on to another member by itself, unless it starts with a piece.
    if (inflate.ended) inflate = begin()
    inflate.push(bytes)
    if (inflate.err) throw new Error(inflate.msg)
    if (inflate.ended) pad(unread())
  }
  return chunkReader(
    async () => {
      while (inflated.length === 0 && !over) {
        await breathe()
        const target = new Uint8Array(piece)
        const bytes = target.subarray(0, await compressed.read(target))
        barren += bytes.length
        if (barren > longestBarren) throw new Error('the gzip stream goes on and gives nothing')
        if (bytes.length > 0) push(bytes)
        else {
          over = true
          if (!inflate.ended) throw new Error('the gzip stream ends early')
        }
      }
      barren = 0
      return inflated.shift()
    },
    () => compressed.close(),
  )
}
