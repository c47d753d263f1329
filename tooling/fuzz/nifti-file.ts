import { type Bytes, bytesOf } from './bytes.ts'

export type NumberType = 'Uint8' | 'Int16' | 'Int32' | 'Float32' | 'Float64' | 'BigInt64'

export const widthOf = { Uint8: 1, Int16: 2, Int32: 4, Float32: 4, Float64: 8, BigInt64: 8 } as const

/** A field of a header: where it stands, the type of its elements, and how many there are. */
export interface Field {
  readonly at: number
  readonly type: NumberType
  readonly count: number
}

const field = (at: number, type: NumberType, count = 1): Field => ({ at, type, count })

/** nifti1.h, whole. */
const fields1 = {
  sizeof_hdr: field(0, 'Int32'),
  data_type: field(4, 'Uint8', 10),
  db_name: field(14, 'Uint8', 18),
  extents: field(32, 'Int32'),
  session_error: field(36, 'Int16'),
  regular: field(38, 'Uint8'),
  dim_info: field(39, 'Uint8'),
  dim: field(40, 'Int16', 8),
  intent_p: field(56, 'Float32', 3),
  intent_code: field(68, 'Int16'),
  datatype: field(70, 'Int16'),
  bitpix: field(72, 'Int16'),
  slice_start: field(74, 'Int16'),
  pixdim: field(76, 'Float32', 8),
  vox_offset: field(108, 'Float32'),
  scl_slope: field(112, 'Float32'),
  scl_inter: field(116, 'Float32'),
  slice_end: field(120, 'Int16'),
  slice_code: field(122, 'Uint8'),
  xyzt_units: field(123, 'Uint8'),
  cal: field(124, 'Float32', 2),
  slice_duration: field(132, 'Float32'),
  toffset: field(136, 'Float32'),
  gl: field(140, 'Int32', 2),
  descrip: field(148, 'Uint8', 80),
  aux_file: field(228, 'Uint8', 24),
  qform_code: field(252, 'Int16'),
  sform_code: field(254, 'Int16'),
  quatern: field(256, 'Float32', 3),
  qoffset: field(268, 'Float32', 3),
  srow: field(280, 'Float32', 12),
  intent_name: field(328, 'Uint8', 16),
  magic: field(344, 'Uint8', 4),
  extension: field(348, 'Uint8', 4),
} as const

export type FieldName = Exclude<
  keyof typeof fields1,
  'data_type' | 'db_name' | 'extents' | 'session_error' | 'regular' | 'gl'
>

/** nifti2.h, whole. */
const fields2: Readonly<Record<FieldName, Field>> = {
  sizeof_hdr: field(0, 'Int32'),
  magic: field(4, 'Uint8', 8),
  datatype: field(12, 'Int16'),
  bitpix: field(14, 'Int16'),
  dim: field(16, 'BigInt64', 8),
  intent_p: field(80, 'Float64', 3),
  pixdim: field(104, 'Float64', 8),
  vox_offset: field(168, 'BigInt64'),
  scl_slope: field(176, 'Float64'),
  scl_inter: field(184, 'Float64'),
  cal: field(192, 'Float64', 2),
  slice_duration: field(208, 'Float64'),
  toffset: field(216, 'Float64'),
  slice_start: field(224, 'BigInt64'),
  slice_end: field(232, 'BigInt64'),
  descrip: field(240, 'Uint8', 80),
  aux_file: field(320, 'Uint8', 24),
  qform_code: field(344, 'Int32'),
  sform_code: field(348, 'Int32'),
  quatern: field(352, 'Float64', 3),
  qoffset: field(376, 'Float64', 3),
  srow: field(400, 'Float64', 12),
  slice_code: field(496, 'Int32'),
  xyzt_units: field(500, 'Int32'),
  intent_code: field(504, 'Int32'),
  intent_name: field(508, 'Uint8', 16),
  dim_info: field(524, 'Uint8'),
  extension: field(540, 'Uint8', 4),
}

/** The fields of each version's header. */
export const fieldsOf = { 1: fields1, 2: fields2 } as const

/** Bytes before the voxels of a file without extensions. */
export const startOf = { 1: 352, 2: 544 } as const

/** Writes one element of a field. */
export function setNumber(
  bytes: Uint8Array,
  type: NumberType,
  at: number,
  value: number | bigint,
  littleEndian: boolean,
): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (type === 'BigInt64') view.setBigInt64(at, BigInt(value), littleEndian)
  else view[`set${type}`](at, Number(value), littleEndian)
}

export interface NiftiFile {
  readonly version?: 1 | 2
  readonly littleEndian?: boolean
  /** Values of a field from its start on, `{ dim: [3, 2, 3, 4] }`. */
  readonly fields?: Partial<Record<FieldName, readonly (number | bigint)[]>>
  /** Bytes set at the end, by their place. */
  readonly bytes?: Readonly<Record<number, readonly number[] | Uint8Array>>
  /** What follows the header's 352 or 544 bytes, as it is to stand in the file. */
  readonly voxels?: Uint8Array
}

/** A NIfTI file: 2 × 3 × 4 uint8, voxel n holds n, three spacings, an oblique left-handed sform, unless told otherwise. */
export function niftiFile({
  version = 1,
  littleEndian = true,
  fields: given = {},
  bytes = {},
  voxels = bytesOf(ramp),
}: NiftiFile = {}): Bytes {
  const start = startOf[version]
  const file = new Uint8Array(start + voxels.byteLength)
  const sound: NonNullable<NiftiFile['fields']> = {
    sizeof_hdr: [start - 4],
    dim: [3, 2, 3, 4, 1, 1, 1, 1],
    datatype: [2],
    bitpix: [8],
    pixdim: [1, 1.5, 2.5, 3.5, 1, 1, 1, 1],
    vox_offset: [start],
    scl_slope: [1],
    xyzt_units: [2],
    sform_code: [1],
    srow: oblique,
    magic: version === 1 ? [0x6e, 0x2b, 0x31, 0] : [0x6e, 0x2b, 0x32, 0, 0x0d, 0x0a, 0x1a, 0x0a],
  }
  for (const fields of [sound, given]) {
    for (const [name, values] of Object.entries(fields)) {
      const { at, type } = fieldsOf[version][name as FieldName]
      for (const [n, value] of values.entries()) setNumber(file, type, at + n * widthOf[type], value, littleEndian)
    }
  }
  file.set(voxels, start)
  for (const [at, values] of Object.entries(bytes)) file.set(values, Number(at))
  return file
}

/** Numbers that float32 holds. */
export const oblique = [-1.25, 0.25, 0.5, 21.5, 0.25, 1.875, -0.5, -33.25, 0.125, 0.625, 2.75, 12.125]

const ramp = /* @__PURE__ */ Uint8Array.from({ length: 24 }, (_, n) => n)

/** The bytes of a row of numbers of one type in one byte order. */
export function encoded(
  type: NumberType | 'Int8' | 'Uint16' | 'Uint32' | 'BigUint64',
  values: readonly (number | bigint)[],
  littleEndian = true,
): Bytes {
  const width = { ...widthOf, Int8: 1, Uint16: 2, Uint32: 4, BigUint64: 8 }[type]
  const view = new DataView(new ArrayBuffer(width * values.length))
  for (const [n, value] of values.entries()) {
    if (type === 'BigInt64' || type === 'BigUint64') view[`set${type}`](n * width, BigInt(value), littleEndian)
    else view[`set${type}`](n * width, Number(value), littleEndian)
  }
  return bytesOf(view)
}
