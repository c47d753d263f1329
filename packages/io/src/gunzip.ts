import { type ByteReader, skip } from './byte-reader.ts'
import { gunzipPako } from './gunzip-pako.ts'
import { gunzipPlatform, platformIsStrict } from './gunzip-platform.ts'

/**
 * Inflates a gzip stream, checking its checksums and lengths; the error of a bad one is the decompressor's. Members follow one
 * another; behind the last may be nothing but zeros.
 */
export type Gunzip = (compressed: ByteReader) => ByteReader

/** gunzip the same in every engine: by the platform where the file can be had again for what that refuses, else by pako. */
export const gunzip: Gunzip = (compressed) => {
  const { again } = compressed
  const choose = async () =>
    again && (await platformIsStrict()) ? gunzipPlatform(compressed, again) : gunzipPako(compressed)
  let chosen: Promise<ByteReader> | undefined
  const inflated = () => {
    chosen ??= choose()
    return chosen
  }
  return {
    size: undefined,
    read: async (target) => (await inflated()).read(target),
    skip: async (count) => skip(await inflated(), count),
    close: async () => (chosen ? (await chosen).close() : compressed.close()),
  }
}
