import { Inflate } from 'pako'
import { breather } from '../breathe.ts'
import { chunkReader } from '../byte-reader.ts'
import type { Gunzip } from '../gunzip.ts'

/** Bytes inflated at a time: one call gives at most a thousand times as many, and others must wait for it. */
const piece = 4096

/** Inflates a zlib stream in JavaScript, the same in every engine; bytes behind its end are not looked at. */
export const inflate: Gunzip = (compressed) => {
  const inflated: Uint8Array[] = []
  const stream = new Inflate({ windowBits: 15 })
  stream.onData = (chunk) => void inflated.push(chunk as Uint8Array)
  const breathe = breather()
  let over = false
  return chunkReader(
    async () => {
      while (inflated.length === 0 && !over) {
        await breathe()
        const target = new Uint8Array(piece)
        const bytes = target.subarray(0, await compressed.read(target))
        if (bytes.length === 0) throw new Error('the zlib stream ends early')
        stream.push(bytes)
        if (stream.err) throw new Error(stream.msg)
        over = stream.ended
      }
      return inflated.shift()
    },
    () => compressed.close(),
  )
}
