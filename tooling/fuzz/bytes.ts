export type Bytes = Uint8Array<ArrayBuffer>

export const ascii = (text: string): Bytes => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

export const bytesOf = (values: ArrayBufferView): Bytes =>
  new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength).slice()

export function joined(...parts: readonly (Uint8Array | readonly number[])[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** The CRC-32 of gzip (IEEE 802.3). */
export function crc32(bytes: Uint8Array): number {
  let crc = -1
  for (let n = 0; n < bytes.length; n++) crc = (crc >>> 8) ^ table[(crc ^ bytes[n]!) & 0xff]!
  return ~crc >>> 0
}

const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  return crc
})
