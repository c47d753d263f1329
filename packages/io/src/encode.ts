import {
  type Affine,
  arrayOf,
  checkVolume,
  type DType,
  dtypeOf,
  isInvertible,
  parseAffine,
  show,
  type Volume,
  VoxaugError,
  voxelsOf,
} from '@voxaug/core'
import { castVoxels } from './cast.ts'
import { datatypeFor } from './datatypes.ts'
import { qformOf } from './quaternion.ts'
import { hostIsLittleEndian } from './voxels.ts'

const headerBytes = 352

/** Voxels along an axis that NIfTI-1 can count. */
const longestAxis = 32_767

/** Code of a form in a world that the file itself does not name: "aligned", as nibabel writes for a new image. */
const aligned = 2

/**
 * A volume as an uncompressed NIfTI-1 file, in this machine's byte order.
 *
 * Nothing of the file that the volume came from is copied: no description, no times, no extensions.
 * @throws VoxaugError `invalid-volume`, `invalid-option`, `too-large`, `out-of-range`
 */
export function encodeNifti(volume: Volume, dtype: DType | undefined): Uint8Array<ArrayBuffer> {
  checkVolumeLike(volume)
  const written = dtype ?? (volume.kind === 'label' ? volume.dtype : 'float32')
  checkDtype(written)
  for (const count of [...volume.shape, volume.channels]) {
    if (count > longestAxis)
      throw new VoxaugError(
        'too-large',
        `NIfTI-1 holds at most ${longestAxis} voxels along an axis and as many channels, got ${volume.shape.join(' × ')} × ${volume.channels}.`,
        { received: count },
      )
  }
  const voxels = voxelsOf(volume.shape) * volume.channels
  const { code, bytes } = datatypeFor(written)
  let file: Uint8Array<ArrayBuffer>
  try {
    file = new Uint8Array(headerBytes + voxels * bytes)
  } catch (cause) {
    throw new VoxaugError('too-large', `the file must fit in memory, got ${voxels} voxels of ${written}.`, {
      received: voxels,
      cause,
    })
  }
  writeHeader(new DataView(file.buffer), volume, code, bytes)
  castVoxels(volume, new (arrayOf(written))(file.buffer, headerBytes), written)
  return file
}

/** Throws unless `dtype` is the name of a type that a volume can have. */
export function checkDtype(dtype: unknown): void {
  const known: readonly DType[] = ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'float32', 'float64']
  if (known.some((name) => name === dtype)) return
  throw new VoxaugError('invalid-option', `dtype must be one of ${known.join(', ')}, got ${show(dtype)}.`, {
    option: 'dtype',
    received: dtype,
  })
}

function checkVolumeLike(volume: Volume): void {
  const like: Partial<Volume> | null | undefined = volume
  if (typeof like !== 'object' || like === null || !Array.isArray(like.shape) || !dtypeOf(like.data)) {
    throw new VoxaugError(
      'invalid-volume',
      `what is written must be a volume, got ${show(typeof like === 'object' && like ? Object.keys(like) : like)}.`,
      { received: volume },
    )
  }
  checkVolume(volume)
  parseAffine(volume.affine, 'affine')
}

/** Every field of nifti1.h that says something; the rest stays zero. */
function writeHeader(view: DataView, { shape, channels, affine }: Volume, datatype: number, bytes: number): void {
  const little = hostIsLittleEndian()
  const int16 = (at: number, ...values: readonly number[]) =>
    values.forEach((value, n) => void view.setInt16(at + 2 * n, value, little))
  const float32 = (at: number, ...values: readonly number[]) =>
    values.forEach((value, n) => void view.setFloat32(at + 4 * n, value, little))
  const rounded = roundAffine(affine)
  const qform = qformOf(rounded)
  view.setInt32(0, 348, little)
  // regular: 'r', which old Analyze readers ask for.
  view.setUint8(38, 0x72)
  int16(40, channels > 1 ? 4 : 3, ...shape, channels, 1, 1, 1)
  int16(70, datatype, 8 * bytes)
  float32(76, qform.handedness, ...qform.voxelSize, 1, 1, 1, 1)
  // vox_offset, scl_slope, scl_inter
  float32(108, headerBytes, 1, 0)
  // xyzt_units: millimetres; what the fourth axis counts is not known.
  view.setUint8(123, 2)
  int16(252, qform.faithful ? aligned : 0, aligned)
  float32(256, ...qform.quaternion, rounded[3]!, rounded[7]!, rounded[11]!)
  float32(280, ...rounded.slice(0, 12))
  for (const [n, byte] of [0x6e, 0x2b, 0x31].entries()) view.setUint8(344 + n, byte)
}

/** The affine as float32 holds it, from which the qform is made too, so that both say the same. */
function roundAffine(affine: Affine): Affine {
  const rounded = affine.map(Math.fround)
  if (isInvertible(rounded)) return rounded
  throw new VoxaugError(
    'out-of-range',
    `affine must stay invertible in float32, as NIfTI-1 stores it, got ${show(affine)}.`,
    { received: affine },
  )
}
