import { type ByteReader, chunkReader } from './byte-reader.ts'

/** Inflates a gzip stream, checking its checksums and lengths; the error of a bad one is the platform's. */
export type Gunzip = (compressed: ByteReader) => ByteReader

/** Bytes handed to the decompressor at a time. */
export const gzipChunk = 65_536

/** gunzip by DecompressionStream, which every browser and Node have. */
export const gunzip: Gunzip = (compressed) => {
  // Kept apart, because engines differ in which error a broken pipe shows at its end.
  let failure: unknown
  const input = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      try {
        const target = new Uint8Array(gzipChunk)
        const got = await compressed.read(target)
        if (got > 0) controller.enqueue(target.subarray(0, got))
        else controller.close()
      } catch (error) {
        failure = error
        controller.error(error)
      }
    },
    cancel: () => compressed.close(),
  })
  const output = input.pipeThrough(new DecompressionStream('gzip')).getReader()
  return chunkReader(
    async () => {
      try {
        return (await output.read()).value
      } catch (error) {
        throw failure ?? error
      }
    },
    () => output.cancel().catch(() => {}),
  )
}
