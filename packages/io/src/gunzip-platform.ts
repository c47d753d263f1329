import { breather } from './breathe.ts'
import { type ByteReader, chunkReader, readUpTo, skip } from './byte-reader.ts'
import { gunzipPako } from './gunzip-pako.ts'

/** Bytes given to the platform at a time: it inflates them, a thousand times as many at most, while others wait. */
const piece = 16_384

let strict: Promise<boolean> | undefined

/**
 * Whether DecompressionStream does as its standard says and refuses what follows a member, so that what it accepts is right. That
 * of Node 20 takes a member more, and anything at all behind a zero. Asked once.
 */
export function platformIsStrict(): Promise<boolean> {
  strict ??= refusesMore()
  return strict
}

async function refusesMore(): Promise<boolean> {
  if (typeof DecompressionStream !== 'function') return false
  // Ten bytes of header, an empty block of fixed codes, checksum and length 0; and one byte.
  const bytes = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Response(stream).arrayBuffer().then(
    () => false,
    () => true,
  )
}

/**
 * gunzip by a strict DecompressionStream, which refuses a second member and zeros behind, and cannot tell where a member ended.
 * What it refuses pako reads again from the start: what was given by then stays, since it was inflated alike.
 */
export function gunzipPlatform(compressed: ByteReader, again: () => ByteReader): ByteReader {
  const breathe = breather()
  let given = 0
  let failure: { readonly cause: unknown } | undefined
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        await breathe()
        const target = new Uint8Array(piece)
        const bytes = target.subarray(
          0,
          await compressed.read(target).catch((cause: unknown) => {
            failure = { cause }
            throw cause
          }),
        )
        if (bytes.length === 0) return controller.close()
        controller.enqueue(bytes)
      },
    },
    { highWaterMark: 0 },
  )
  const stream = source.pipeThrough(new DecompressionStream('gzip')).getReader()
  let slow: ByteReader | undefined
  return chunkReader(
    async () => {
      if (!slow) {
        const part = await stream.read().catch(() => undefined)
        if (failure) throw failure.cause
        if (part) {
          given += part.value?.length ?? 0
          return part.value
        }
        slow = gunzipPako(again())
        await skip(slow, given)
      }
      const rest = await readUpTo(slow, 65_536)
      return rest.length > 0 ? rest : undefined
    },
    async () => {
      // A stream that fails when told to stop has nothing more to tell us.
      await stream.cancel().catch(() => {})
      await slow?.close()
      await compressed.close()
    },
  )
}
