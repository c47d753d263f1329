import { Inflate } from 'pako'
import { type ByteReader, chunkReader } from './byte-reader.ts'

/** Inflates a gzip stream, checking its checksums and lengths; the error of a bad one is the decompressor's. */
export type Gunzip = (compressed: ByteReader) => ByteReader

/** Bytes handed to the decompressor at a time: one call gives at most a thousand times as many. */
const gzipChunk = 16_384

/**
 * gunzip the same in every engine: DecompressionStream takes a second member in some and refuses it in others, and does not
 * say where the first one ended.
 */
export const gunzip: Gunzip = (compressed) => {
  const inflated: Uint8Array[] = []
  const begin = () => {
    // 15 bits of window, and 16 for gzip alone.
    const inflate = new Inflate({ windowBits: 31 })
    inflate.onData = (chunk) => void inflated.push(chunk as Uint8Array)
    return inflate
  }
  let inflate = begin()
  let over = false
  return chunkReader(
    async () => {
      while (inflated.length === 0 && !over) {
        const target = new Uint8Array(gzipChunk)
        const bytes = target.subarray(0, await compressed.read(target))
        over = bytes.length === 0
        // pako goes on to another member by itself, unless it starts with a chunk. Zeros behind the last are padding.
        if (inflate.ended && bytes.length > 0 && bytes[0] !== 0) inflate = begin()
        inflate.push(bytes, over)
        if (inflate.err) throw new Error(inflate.msg)
      }
      return inflated.shift()
    },
    () => compressed.close(),
  )
}
