import { type ByteReader, readUpTo, skip, withHead } from '../byte-reader.ts'
import { checkedStream, isGzip } from '../compressed.ts'
import type { Gunzip } from '../gunzip.ts'
import type { Platform } from './format.ts'

/** Bytes behind a place in a source, which can be had again where the source can. */
export function from(offset: number, rest: ByteReader): ByteReader {
  const { again } = rest
  return { ...rest, again: again && (() => later(offset, again())) }
}

function later(offset: number, reader: ByteReader): ByteReader {
  let passed: Promise<unknown> | undefined
  const first = () => {
    passed ??= skip(reader, offset)
    return passed
  }
  return {
    size: undefined,
    read: (target) => first().then(() => reader.read(target)),
    close: () => reader.close(),
  }
}

/** The first `count` bytes of a reader, and then its end. */
export function limited(reader: ByteReader, count: number): ByteReader {
  let left = count
  return {
    size: undefined,
    async read(target) {
      const got = await reader.read(target.subarray(0, left))
      left -= got
      return got
    },
    close: () => reader.close(),
  }
}

/** What a compressed stream inflates to, told by its first bytes to be gzip or else zlib. */
export async function inflated(compressed: ByteReader, { gunzip, inflate }: Platform): Promise<ByteReader> {
  const start = await readUpTo(compressed, 2)
  const whole = withHead(start, compressed)
  const [by, kind]: readonly [Gunzip, 'gzip' | 'zlib'] = isGzip(start) ? [gunzip, 'gzip'] : [inflate, 'zlib']
  return checkedStream(by(whole), kind)
}
