import { isVoxaugError, VoxaugError } from '@voxaug/core'
import { type ByteReader, skip } from './byte-reader.ts'
import type { Warn } from './layout.ts'

/** deflate makes at most 1032 bytes of one (zlib's technical notes). */
const largestInflation = 1032

/** Bytes behind the voxels that are inflated to reach the stream's checksum. */
const slack = 1024 * 1024

export const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b

/** Bytes that a compressed stream of this length gives at the very most. */
export const mostInflated = (length: number | undefined): number | undefined =>
  length === undefined ? undefined : Math.max(0, length) * largestInflation

/** A decompressor's reader whose errors are ours. */
export function checkedStream(inflated: ByteReader, kind: 'gzip' | 'zlib'): ByteReader {
  const fail = (cause: unknown): never => {
    if (isVoxaugError(cause)) throw cause
    throw new VoxaugError(
      'invalid-gzip',
      `the ${kind} stream is damaged or cut short: its codes, length or checksum do not hold.`,
      { cause },
    )
  }
  return {
    size: undefined,
    read: (target) => inflated.read(target).catch(fail),
    skip: (count) => skip(inflated, count).catch(fail),
    close: () => inflated.close(),
  }
}

/** Inflates what follows the part that was asked for, up to the checksum, which the decompressor verifies; warns where that is far. */
export async function reachChecksum(
  inflated: ByteReader,
  warn: Warn,
  part: 'header' | 'voxels' | 'region' = 'voxels',
): Promise<void> {
  if ((await skip(inflated, slack)) < slack) return
  warn(
    'checksum-unverified',
    `more than ${slack} bytes follow the ${part}; they and the checksum behind them were not read.`,
  )
}
