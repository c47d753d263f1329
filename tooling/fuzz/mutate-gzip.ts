import { type Bytes, joined } from './bytes.ts'
import type { Draw } from './draw.ts'
import { gzipMember, type Member } from './gzip-file.ts'

/** Bytes that a reader takes in at a time: members that end there have been a trap. */
const chunks = [16_384, 16_384, 32_768, 65_536]

/** The same bytes in a gzip that is sound, in one of the many ways to be so. */
export function wrapped(bytes: Bytes, draw: Draw): Bytes {
  const parts: Bytes[] = []
  for (let at = 0; ; ) {
    const end = draw.chance(0.8) ? bytes.length : at + draw.below(bytes.length - at + 1)
    if (draw.chance(0.1)) parts.push(gzipMember(new Uint8Array(), member(draw)))
    parts.push(gzipMember(bytes.subarray(at, end), member(draw)))
    at = end
    if (at === bytes.length) break
  }
  if (draw.chance(0.1)) parts.push(gzipMember(new Uint8Array(), member(draw)))
  if (draw.chance(0.1)) parts.push(new Uint8Array(1 + draw.below(40)))
  return draw.chance(0.05) ? shifted(parts, draw) : joined(...parts)
}

function member(draw: Draw): Member {
  return {
    level: draw.one([0, 0, 0, 1, 6, 9] as const),
    ...(draw.chance(0.1) ? { block: 1 + draw.below(100) } : {}),
    ...(draw.chance(0.1) ? { name: 'a name' } : {}),
    ...(draw.chance(0.05) ? { comment: 'a comment' } : {}),
    ...(draw.chance(0.05) ? { extra: new Uint8Array(draw.below(20)) } : {}),
    headerCrc: draw.chance(0.05),
    text: draw.chance(0.05),
  }
}

/** Puts an empty member with a long header field first, so that a chosen border comes to lie near the end of a chunk. */
function shifted(parts: readonly Bytes[], draw: Draw): Bytes {
  const kept = draw.below(parts.length + 1)
  const border = joined(...parts.slice(0, kept)).length
  const empty = (extra: number) => gzipMember(new Uint8Array(), { extra: new Uint8Array(extra) })
  const room = draw.one(chunks) - border - empty(0).length + draw.below(41) - 20
  return joined(empty(Math.max(0, Math.min(room, 65_535))), ...parts)
}
