import { type ByteReader, chunkReader } from './byte-reader.ts'

/** Inflates a gzip stream, checking its checksums and lengths; the error of a bad one is the platform's. */
export type Gunzip = (compressed: ByteReader) => ByteReader

/** Bytes handed to the decompressor at a time. */
const gzipChunk = 65_536

/** gunzip by DecompressionStream, which every browser and Node have. */
export const gunzip: Gunzip = (compressed) => {
  const input = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const target = new Uint8Array(gzipChunk)
      const got = await compressed.read(target)
      if (got > 0) controller.enqueue(target.subarray(0, got))
      else controller.close()
    },
    cancel: () => compressed.close(),
  })
  const output = input.pipeThrough(new DecompressionStream('gzip')).getReader()
  return chunkReader(
    async () => (await output.read()).value,
    () => output.cancel().catch(() => {}),
  )
}
