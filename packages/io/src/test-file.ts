/** For tests: files written field by field, apart from the package's own writer. */

/** The CRC-32 of a typed array's bytes (IEEE 802.3, as gzip and zlib.crc32). */
export function crc32(values: ArrayBufferView): number {
  let crc = -1
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  for (let n = 0; n < bytes.length; n++) crc = (crc >>> 8) ^ crcTable[(crc ^ bytes[n]!) & 0xff]!
  return ~crc >>> 0
}

const crcTable = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  return crc
})

export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (c) => c.charCodeAt(0))

/** A field of the header: where it is in NIfTI-1 and NIfTI-2, and its type there. */
const fields = {
  sizeof_hdr: [0, 'Int32', 0, 'Int32'],
  dim: [40, 'Int16', 16, 'BigInt64'],
  datatype: [70, 'Int16', 12, 'Int16'],
  bitpix: [72, 'Int16', 14, 'Int16'],
  pixdim: [76, 'Float32', 104, 'Float64'],
  vox_offset: [108, 'Float32', 168, 'BigInt64'],
  scl_slope: [112, 'Float32', 176, 'Float64'],
  scl_inter: [116, 'Float32', 184, 'Float64'],
  xyzt_units: [123, 'Int8', 500, 'Int32'],
  qform_code: [252, 'Int16', 344, 'Int32'],
  sform_code: [254, 'Int16', 348, 'Int32'],
  quatern: [256, 'Float32', 352, 'Float64'],
  qoffset: [268, 'Float32', 376, 'Float64'],
  srow: [280, 'Float32', 400, 'Float64'],
} as const

const widths = { Int8: 1, Int16: 2, Int32: 4, Float32: 4, Float64: 8, BigInt64: 8 } as const

export interface TestFile {
  readonly version?: 1 | 2
  readonly littleEndian?: boolean
  /** Values of a field from its start on, `{ dim: [3, 3, 4, 5] }`. */
  readonly fields?: Partial<Record<keyof typeof fields, readonly (number | bigint)[]>>
  /** Bytes set at the end, by their place. */
  readonly bytes?: Readonly<Record<number, readonly number[]>>
  /** What follows the header's 352 or 544 bytes. */
  readonly voxels?: ArrayBufferView
}

/** 3 × 4 × 5 uint8, voxel n holds n, three spacings, an oblique left-handed sform, unless told otherwise. */
export function testFile({
  version = 1,
  littleEndian = true,
  fields: given = {},
  bytes = {},
  voxels = ramp,
}: TestFile = {}): Uint8Array<ArrayBuffer> {
  const first = version === 1
  const start = first ? 352 : 544
  const file = new Uint8Array(start + voxels.byteLength)
  const view = new DataView(file.buffer)
  const set = (name: keyof typeof fields, values: readonly (number | bigint)[]) => {
    const [at1, type1, at2, type2] = fields[name]
    const [at, type] = first ? [at1, type1] : [at2, type2]
    for (const [n, value] of values.entries()) {
      const place = at + n * widths[type]
      if (type === 'BigInt64') view.setBigInt64(place, BigInt(value), littleEndian)
      else view[`set${type}`](place, Number(value), littleEndian)
    }
  }
  set('sizeof_hdr', [start - 4])
  set('dim', [3, 3, 4, 5, 1, 1, 1, 1])
  set('datatype', [2])
  set('bitpix', [8])
  set('pixdim', [1, 1.5, 2.5, 3.5, 1, 1, 1, 1])
  set('vox_offset', [start])
  set('scl_slope', [1])
  set('xyzt_units', [2])
  set('sform_code', [1])
  set('srow', oblique)
  file.set(first ? [0x6e, 0x2b, 0x31] : [0x6e, 0x2b, 0x32, 0, 0x0d, 0x0a, 0x1a, 0x0a], first ? 344 : 4)
  for (const [name, values] of Object.entries(given)) set(name as keyof typeof fields, values)
  file.set(new Uint8Array(voxels.buffer, voxels.byteOffset, voxels.byteLength), start)
  for (const [at, values] of Object.entries(bytes)) file.set(values, Number(at))
  return file
}

/** Numbers that float32 holds. */
export const oblique = [-1.25, 0.25, 0.5, 21.5, 0.25, 1.875, -0.5, -33.25, 0.125, 0.625, 2.75, 12.125]

const ramp = /* @__PURE__ */ Uint8Array.from({ length: 60 }, (_, n) => n)

/** Bytes gathered from a stream. */
export const bytesOf = async (stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer())

/** A gzip stream by the platform. */
export const gzipped = (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> =>
  bytesOf(new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip')))

export function joined(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
