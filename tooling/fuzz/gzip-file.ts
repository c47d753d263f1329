import { deflateRaw } from 'pako'
import { type Bytes, crc32, joined } from './bytes.ts'

/** How a gzip member is made; what is not given is as it should be. */
export interface Member {
  /** 0 stores, 1 … 9 compress: by pako, which gives the same bytes in every engine. */
  readonly level?: 0 | 1 | 6 | 9
  /** Most bytes of a stored block. */
  readonly block?: number
  readonly name?: string
  readonly comment?: string
  readonly extra?: Uint8Array
  readonly headerCrc?: boolean
  readonly text?: boolean
  readonly crc?: number
  readonly size?: number
}

/** One gzip member over some bytes (RFC 1952). */
export function gzipMember(content: Uint8Array, member: Member = {}): Bytes {
  const { level = 0, name, comment, extra, headerCrc = false, text = false } = member
  const flags =
    (text ? 1 : 0) |
    (headerCrc ? 2 : 0) |
    (extra ? 4 : 0) |
    (name === undefined ? 0 : 8) |
    (comment === undefined ? 0 : 16)
  const header = joined(
    [0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 255],
    extra ? [extra.length & 0xff, extra.length >> 8] : [],
    extra ?? [],
    name === undefined ? [] : [...latin1(name), 0],
    comment === undefined ? [] : [...latin1(comment), 0],
  )
  return joined(
    header,
    headerCrc ? uint32(crc32(header)).slice(0, 2) : [],
    level === 0 ? stored(content, member.block ?? 65_535) : deflateRaw(content, { level }),
    uint32(member.crc ?? crc32(content)),
    uint32(member.size ?? content.length),
  )
}

const latin1 = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0) & 0xff)

const uint32 = (value: number) => [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24]

/** Stored blocks of deflate (RFC 1951, 3.2.4), the last one marked. */
function stored(content: Uint8Array, block: number): Bytes {
  const parts: (Uint8Array | number[])[] = []
  for (let at = 0; at === 0 || at < content.length; at += block) {
    const part = content.subarray(at, at + block)
    const [low, high] = [part.length & 0xff, part.length >> 8]
    parts.push([at + block >= content.length ? 1 : 0, low, high, low ^ 0xff, high ^ 0xff], part)
  }
  return joined(...parts)
}
