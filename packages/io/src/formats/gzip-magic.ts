/** deflate makes at most 1032 bytes of one (zlib's technical notes). */
export const largestInflation = 1032

export const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b
