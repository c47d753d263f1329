import { type Affine, orientationOf, type Shape, spacingOf, type Vec3, type Warning } from '@voxaug/core'
import { NIFTI1, NIFTI2 } from 'nifti-reader-js'
import { analyzeAffine, analyzeScaling } from './analyze.ts'
import type { NiftiDType } from './datatypes.ts'
import type { NiftiExtension } from './extensions.ts'
import { chooseAffine, type Forms, type NiftiForm } from './forms.ts'
import { invalid, type Layout, type Warn } from './layout.ts'

/** What the header of a NIfTI or Analyze file says, checked. A plain record. */
export interface NiftiHeader {
  readonly format: 'NIfTI-1' | 'NIfTI-2' | 'Analyze 7.5'
  readonly byteOrder: 'little' | 'big'
  /** Every axis that the file declares, of which `shape` is the first three and `channels` the product of the rest. */
  readonly dim: readonly number[]
  readonly shape: Shape
  readonly channels: number
  /** The type of the stored voxels. */
  readonly dtype: NiftiDType
  /** A voxel's value is stored · slope + intercept; 1 and 0 where the file asks for no scaling. */
  readonly slope: number
  readonly intercept: number
  /** Sixteen numbers in rows: voxel index → world millimetres, RAS+. */
  readonly affine: Affine
  readonly affineFrom: 'sform' | 'qform' | 'pixdim'
  readonly sform: NiftiForm | null
  readonly qform: NiftiForm | null
  /** The direction in which each voxel axis grows, as in `RAS`. */
  readonly orientation: string
  readonly spacingMm: Vec3
  /** Byte of the first voxel in the inflated file, of a pair in its .img. */
  readonly voxelOffset: number
  readonly extensions: readonly NiftiExtension[]
  readonly warnings: readonly Warning[]
}

/** Spatial units, xyzt_units & 7, that are not millimetres. */
const otherUnits: ReadonlyMap<number, string> = /* @__PURE__ */ new Map([
  [1, 'metres'],
  [3, 'micrometres'],
])

/** Everything of a header but its extensions and warnings, from its first bytes, which `parseLayout` found sound. */
export function parseHeader(
  head: Uint8Array,
  layout: Layout,
  warn: Warn,
): Omit<NiftiHeader, 'extensions' | 'warnings'> {
  const fields = parseFields(head, layout)
  if (layout.format === 'Analyze 7.5') {
    const affine = analyzeAffine(head, layout, fields.pixDims, warn)
    const forms = { affine, affineFrom: 'pixdim', sform: null, qform: null } as const
    return described(layout, forms, analyzeScaling(fields, viewOf(head), layout.littleEndian))
  }
  const unit = otherUnits.get(fields.xyzt_units & 7)
  if (unit) warn('units', `xyzt_units says ${unit}; the numbers were taken as millimetres, as nibabel does.`)
  const forms = chooseAffine(
    {
      dim: layout.dim,
      pixdim: fields.pixDims,
      sformCode: fields.sform_code,
      srows: sformRows(head, layout),
      qformCode: fields.qform_code,
      quaternion: [fields.quatern_b, fields.quatern_c, fields.quatern_d],
      qoffset: [fields.qoffset_x, fields.qoffset_y, fields.qoffset_z],
      epsilon: layout.format === 'NIfTI-1' ? 2 ** -23 : 2 ** -52,
    },
    warn,
  )
  return described(layout, forms, scaling(fields.scl_slope, fields.scl_inter))
}

const described = (
  layout: Layout,
  forms: Forms,
  scaling: { readonly slope: number; readonly intercept: number },
): Omit<NiftiHeader, 'extensions' | 'warnings'> => ({
  format: layout.format,
  byteOrder: layout.littleEndian ? 'little' : 'big',
  dim: layout.dim,
  shape: layout.shape,
  channels: layout.channels,
  dtype: layout.dtype,
  ...scaling,
  ...forms,
  orientation: orientationOf(forms.affine),
  spacingMm: spacingOf(forms.affine),
  voxelOffset: layout.voxelOffset,
})

const viewOf = (head: Uint8Array): DataView => new DataView(head.buffer, head.byteOffset, head.byteLength)

/**
 * nifti-reader-js's reading of the fields that `parseLayout` did not.
 *
 * It gets a copy of the fixed header alone, without the extensions that it may loop over, and with the sizeof_hdr by which it
 * tells the byte order; its affine, dimensions and 64-bit integers, which it gets wrong in places, are not used.
 */
function parseFields(head: Uint8Array, { headerBytes, littleEndian }: Layout): NIFTI1 | NIFTI2 {
  const copy = head.slice(0, headerBytes).buffer as ArrayBuffer
  new DataView(copy).setInt32(0, headerBytes, littleEndian)
  const fields = headerBytes === 348 ? new NIFTI1() : new NIFTI2()
  fields.readHeader(copy)
  return fields
}

/** srow_x, srow_y, srow_z as stored: nifti-reader-js puts the qform over them where its code is larger. */
function sformRows(head: Uint8Array, { headerBytes, littleEndian }: Layout): readonly number[] {
  const view = viewOf(head)
  return Array.from({ length: 12 }, (_, n) =>
    headerBytes === 348 ? view.getFloat32(280 + 4 * n, littleEndian) : view.getFloat64(400 + 8 * n, littleEndian),
  )
}

/** scl_slope and scl_inter; a slope of 0 or not finite means no scaling, whatever the intercept (nifti1.h, nibabel). */
function scaling(slope: number, intercept: number): { slope: number; intercept: number } {
  if (slope === 0 || !Number.isFinite(slope)) return { slope: 1, intercept: 0 }
  if (!Number.isFinite(intercept)) invalid(`scl_inter must be finite where scl_slope is ${slope}`, intercept)
  return { slope, intercept }
}
