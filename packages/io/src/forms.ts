import { type Affine, isInvertible, show, spacingOf, type Vec3 } from '@voxaug/core'
import { invalid, type Warn } from './layout.ts'
import { type Quaternion, qformAffine } from './quaternion.ts'

/** One of a header's two statements about where voxels are. */
export interface NiftiForm {
  /** What world it speaks of: 1 scanner, 2 aligned, 3 Talairach, 4 MNI 152, 5 another template. */
  readonly code: number
  readonly affine: Affine
}

/** The header's fields that say where voxels are, as stored. */
export interface StoredForms {
  readonly dim: readonly number[]
  /** pixdim[0] is the handedness of the qform, 1 … 3 are millimetres. */
  readonly pixdim: readonly number[]
  readonly sformCode: number
  /** srow_x, srow_y, srow_z: twelve numbers. */
  readonly srows: readonly number[]
  readonly qformCode: number
  readonly quaternion: Vec3
  readonly qoffset: Vec3
  /** Machine epsilon of the stored numbers, 2^-23 or 2^-52. */
  readonly epsilon: number
}

export interface Forms {
  readonly affine: Affine
  /** Which statement the affine is. */
  readonly affineFrom: 'sform' | 'qform' | 'pixdim'
  readonly sform: NiftiForm | null
  readonly qform: NiftiForm | null
}

/**
 * Chooses the affine as nibabel does: the sform if its code is set, else the qform if its is, else the spacing alone, with x
 * flipped and the centre of the grid at the world's origin.
 *
 * @throws VoxaugError `invalid-header` where the statement that counts is not finite
 * @see nibabel 5.4.2, nifti1.py get_best_affine, get_qform; analyze.py get_base_affine
 */
export function chooseAffine(stored: StoredForms, warn: Warn): Forms {
  const sform = readSform(stored, warn)
  const qform = readQform(stored, sform === null, warn)
  if (sform && qform && sform.affine.some((value, n) => Math.abs(value - qform.affine[n]!) > 1e-3)) {
    warn('forms-differ', 'sform and qform differ by more than 0.001; the sform was used.')
  }
  if (sform) return { affine: sform.affine, affineFrom: 'sform', sform, qform }
  if (qform) return { affine: qform.affine, affineFrom: 'qform', sform, qform }
  const affine = pixdimAffine(stored, warn)
  warn(
    'orientation-unknown',
    'neither sform nor qform is set: left and right are unknown; the axes were taken as left, anterior, superior about the centre, as nibabel does.',
  )
  return { affine, affineFrom: 'pixdim', sform, qform }
}

function readSform({ sformCode, srows }: StoredForms, warn: Warn): NiftiForm | null {
  if (!isCode('sform_code', sformCode, warn)) return null
  // + 0 turns -0, which some writers leave, into 0.
  const affine = Object.freeze([...srows.map((value) => value + 0), 0, 0, 0, 1])
  const bad = affine.find((value) => !Number.isFinite(value))
  if (bad !== undefined) invalid('srow_x, srow_y and srow_z must be finite where sform_code is set', bad)
  if (isUsable(affine)) return { code: sformCode, affine }
  warn('sform-singular', `the sform cannot be inverted, got ${show(srows)}; it was ignored.`)
  return null
}

function readQform(stored: StoredForms, counts: boolean, warn: Warn): NiftiForm | null {
  if (!isCode('qform_code', stored.qformCode, warn)) return null
  const numbers = [...stored.quaternion, ...stored.qoffset]
  if (!numbers.every(Number.isFinite)) {
    if (counts) invalid('quatern_b, c, d and qoffset_x, y, z must be finite where qform_code is set', show(numbers))
    warn('qform-invalid', `the qform is not finite, got ${show(numbers)}; it was ignored.`)
    return null
  }
  const affine = qformAffine(
    unitQuaternion(stored, warn),
    voxelSize(stored, warn),
    handedness(stored, warn),
    stored.qoffset,
  )
  if (isUsable(affine)) return { code: stored.qformCode, affine }
  if (counts) invalid('the qform must be invertible', show(affine))
  warn('qform-invalid', `the qform cannot be inverted, got ${show(affine)}; it was ignored.`)
  return null
}

/** Invertible, also with spacings so small or large that their squares leave float64. */
const isUsable = (affine: Affine): boolean => isInvertible(affine) && spacingOf(affine).every((size) => size > 0)

function isCode(name: string, code: number, warn: Warn): boolean {
  if (code >= 1 && code <= 5) return true
  if (code !== 0) warn('form-code', `${name} should be 0 … 5, got ${code}; it was taken as 0.`)
  return false
}

/** The stored three with the fourth that makes their length 1; near half turns as nibabel's `fillpositive`. */
function unitQuaternion({ quaternion: [b, c, d], epsilon }: StoredForms, warn: Warn): Quaternion {
  const square = 1 - (b * b + c * c + d * d)
  if (Math.abs(square) < 3 * epsilon) return [0, b, c, d]
  if (square > 0) return [Math.sqrt(square), b, c, d]
  warn('quaternion', `quatern_b, c, d should not be longer than 1, got ${show([b, c, d])}; they were scaled to 1.`)
  return [0, b, c, d]
}

function handedness({ pixdim }: StoredForms, warn: Warn): 1 | -1 {
  const stored = pixdim[0]!
  if (stored !== 1 && stored !== -1) warn('qfac', `pixdim[0] should be 1 or -1, got ${stored}; its sign was used.`)
  return stored < 0 ? -1 : 1
}

/** pixdim[1 … 3] as nibabel mends them: 0 is 1, and negative is positive. */
export function voxelSize({ pixdim }: Pick<StoredForms, 'pixdim'>, warn: Warn): Vec3 {
  const sizes = [1, 2, 3].map((axis) => {
    const stored = pixdim[axis]!
    const size = Number.isFinite(stored) && stored !== 0 ? Math.abs(stored) : 1
    if (size !== stored) warn('pixdim', `pixdim[${axis}] should be above 0, got ${stored}; ${size} was used.`)
    return size
  })
  return sizes as unknown as Vec3
}

function pixdimAffine(stored: StoredForms, warn: Warn): Affine {
  const [x, y, z] = voxelSize(stored, warn).map((value, axis) => (axis < stored.dim.length ? value : 1)) as number[]
  const [nx = 1, ny = 1, nz = 1] = stored.dim
  return flippedAffine([x!, y!, z!], [(nx - 1) / 2, (ny - 1) / 2, (nz - 1) / 2])
}

/**
 * The affine of voxels of some size whose voxel `origin` is the world's, with x flipped: Analyze's radiological x, which nibabel
 * flips and niftilib does not.
 */
export function flippedAffine([x, y, z]: Vec3, [i, j, k]: Vec3): Affine {
  // + 0: no negative zeros.
  const affine = Object.freeze([-x, 0, 0, i * x + 0, 0, y, 0, -j * y + 0, 0, 0, z, -k * z + 0, 0, 0, 0, 1])
  if (!isUsable(affine)) invalid('pixdim[1 … 3] must make an invertible affine', show([x, y, z]))
  return affine
}
