import type { Affine, Shape } from '@voxaug/core'
import { float32, float64, type Precision } from './precision.ts'
import { qformOf } from './quaternion.ts'

/** Code of a form in a world that the file itself does not name: "aligned", as nibabel writes for a new image. */
const aligned = 2

/** Units of xyzt_units: millimetres; what the fourth axis counts is not known. */
const millimetres = 2

/** What a header says. */
export interface HeaderFields {
  readonly version: 1 | 2
  readonly littleEndian: boolean
  readonly shape: Shape
  readonly channels: number
  readonly datatype: number
  readonly bytesPerVoxel: number
  /** As the header rounds it, so that both forms say the same. */
  readonly affine: Affine
  readonly slope: number
  readonly intercept: number
  readonly voxelOffset: number
}

/** How a version stores affines, slope and intercept. */
export const precisionOf = (version: 1 | 2): Precision => (version === 1 ? float32 : float64)

/** The 348 or 540 bytes of a header: every field of nifti1.h or nifti2.h that says something; the rest stays zero. */
export function encodeHeader(fields: HeaderFields): Uint8Array<ArrayBuffer> {
  const { version, littleEndian, affine } = fields
  const header = new Uint8Array(version === 1 ? 348 : 540)
  const { int16, int32, int64, floats } = writers(header.buffer, version === 1 ? 4 : 8, littleEndian)
  const dim = [fields.channels > 1 ? 4 : 3, ...fields.shape, fields.channels, 1, 1, 1]
  const datatype = [fields.datatype, 8 * fields.bytesPerVoxel]
  const scaling = [fields.slope, fields.intercept]
  const qform = qformOf(affine, precisionOf(version))
  const pixdim = [qform.handedness, ...qform.voxelSize, 1, 1, 1, 1]
  const codes = [qform.faithful ? aligned : 0, aligned]
  const rows = [...qform.quaternion, affine[3]!, affine[7]!, affine[11]!, ...affine.slice(0, 12)]
  int32(0, [header.length])
  if (version === 1) {
    // regular: 'r', which old Analyze readers ask for.
    header[38] = 0x72
    int16(40, dim)
    int16(70, datatype)
    floats(76, pixdim)
    floats(108, [fields.voxelOffset, ...scaling])
    header[123] = millimetres
    int16(252, codes)
    floats(256, rows)
    header.set(magic('1'), 344)
  } else {
    header.set([...magic('2'), 0x0d, 0x0a, 0x1a, 0x0a], 4)
    int16(12, datatype)
    int64(16, dim)
    floats(104, pixdim)
    int64(168, [fields.voxelOffset])
    floats(176, scaling)
    int32(344, codes)
    floats(352, rows)
    int32(500, [millimetres])
  }
  return header
}

/** `n+1` or `n+2`, and its NUL. */
const magic = (version: '1' | '2') => [0x6e, 0x2b, version.charCodeAt(0), 0]

/** Writers of lists of numbers from a byte on; the version's own floats are `floatBytes` wide. */
function writers(buffer: ArrayBuffer, floatBytes: 4 | 8, little: boolean) {
  const view = new DataView(buffer)
  const list = (width: number, set: (at: number, value: number) => void) => (at: number, values: readonly number[]) => {
    for (const [n, value] of values.entries()) set(at + width * n, value)
  }
  return {
    int16: list(2, (at, value) => view.setInt16(at, value, little)),
    int32: list(4, (at, value) => view.setInt32(at, value, little)),
    int64: list(8, (at, value) => view.setBigInt64(at, BigInt(value), little)),
    floats: list(floatBytes, (at, value) =>
      floatBytes === 4 ? view.setFloat32(at, value, little) : view.setFloat64(at, value, little),
    ),
  }
}
