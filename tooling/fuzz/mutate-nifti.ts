import type { Bytes } from './bytes.ts'
import type { Draw } from './draw.ts'
import { type Field, type FieldName, fieldsOf, type NumberType, setNumber, widthOf } from './nifti-file.ts'

/** Fields whose value a reader acts on, more often than the others. */
const telling: readonly FieldName[] = [
  'sizeof_hdr',
  'dim',
  'dim',
  'dim',
  'datatype',
  'bitpix',
  'pixdim',
  'vox_offset',
  'vox_offset',
  'scl_slope',
  'scl_inter',
  'qform_code',
  'sform_code',
  'quatern',
  'qoffset',
  'srow',
  'magic',
  'extension',
]

const wholes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 24, 32, 64, 100, 255, 256, 348, 352, 353, 400, 540, 544, 1000]
const negatives = [-1, -2, -3, -8, -16, -352]
const reals = [
  ...wholes.slice(0, 12),
  ...negatives,
  0.1,
  0.37,
  0.5,
  1.5,
  -0.25,
  -0,
  352.5,
  1e-45,
  1e-38,
  3e38,
  -3e38,
  1e10,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
]
const types = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 768, 1024, 1280, 1536, 1792, 2048, 2304]
const longs = [2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 53n - 1n, 2n ** 62n, 2n ** 63n - 1n, -(2n ** 63n)]

/** Gives a field of a NIfTI header, in the file's own byte order, a value that means something to somebody. */
export function changeNifti(bytes: Bytes, draw: Draw): Bytes {
  const version = versionOf(bytes)
  const fields: Readonly<Record<string, Field>> = fieldsOf[version]
  const name = draw.chance(0.85) ? draw.one(telling) : draw.one(Object.keys(fields))
  const { at, type, count } = fields[name]!
  const width = widthOf[type]
  const changed = bytes.slice()
  const place = at + width * (draw.chance(0.3) ? 0 : draw.below(count))
  const places = draw.chance(0.2) ? Array.from({ length: count }, (_, n) => at + n * width) : [place]
  const littleEndian = draw.chance(0.95) ? isLittleEndian(bytes, version) : draw.chance(0.5)
  const value = draw.one([name === 'datatype' ? draw.one(types) : valueFor(type, draw), valueFor(type, draw)])
  const swap = draw.chance(0.05)
  for (const one of places) {
    if (one + width > changed.length) continue
    if (swap) changed.subarray(one, one + width).reverse()
    else setNumber(changed, type, one, value, littleEndian)
  }
  return changed
}

function valueFor(type: NumberType, draw: Draw): number | bigint {
  switch (type) {
    case 'Uint8':
      return draw.chance(0.5) ? draw.below(256) : draw.one([0, 1, 2, 3, 10, 13, 26, 0x2b, 0x69, 0x6e, 255])
    case 'Int16':
      return draw.one([...wholes, ...negatives, 32767, -32768, draw.below(65_536) - 32_768])
    case 'Int32':
      return draw.one([...wholes, ...negatives, 2 ** 31 - 1, -(2 ** 31), 0x5c010000, 0x1c020000, draw.below(2 ** 32)])
    case 'BigInt64':
      return draw.chance(0.3) ? draw.one(longs) : BigInt(draw.one([...wholes, ...negatives, draw.below(2 ** 32)]))
    case 'Float32':
      return draw.one(reals)
    case 'Float64':
      return draw.one([...reals, 5e-324, 1e-308, 1e308, -1e308, 2 ** 53])
  }
}

const versionOf = (bytes: Bytes): 1 | 2 =>
  bytes[6] === 0x32 || (bytes[0] === 0x1c && bytes[1] === 2) || (bytes[2] === 2 && bytes[3] === 0x1c) ? 2 : 1

/** By sizeof_hdr, else by dim[0], as far as this file has any. */
function isLittleEndian(bytes: Bytes, version: 1 | 2): boolean {
  if (bytes[0] || bytes[3]) return bytes[0] !== 0
  return (bytes[version === 1 ? 40 : 16] ?? 1) !== 0
}
