import type { Affine, Vec3 } from '@voxaug/core'
import { flippedAffine, voxelSize } from './forms.ts'
import type { Layout, Warn } from './layout.ts'

/**
 * The affine of an Analyze 7.5 header: its spacing, with x flipped, about SPM's origin where that is set and near the grid, else
 * about the grid's centre. Which side is left the header does not say; SPM kept that in a .mat file, which is not read.
 *
 * @see nibabel 5.4.2, spm99analyze.py get_origin_affine
 */
export function analyzeAffine(
  head: Uint8Array,
  { shape, littleEndian }: Layout,
  pixdim: readonly number[],
  warn: Warn,
): Affine {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const stored = [253, 255, 257].map((at) => view.getInt16(at, littleEndian))
  const set = stored.some((n) => n !== 0) && stored.every((n, axis) => n > -shape[axis]! && n < 2 * shape[axis]!)
  // SPM counts from 1.
  const origin = set ? stored.map((n) => n - 1) : shape.map((n) => (n - 1) / 2)
  const about = set ? `SPM's origin, voxel (${origin.join(', ')})` : 'the centre of the grid'
  warn(
    'analyze',
    `this is an Analyze 7.5 header, read as SPM writes it, about ${about}; a .mat file beside it is not read.`,
  )
  const affine = flippedAffine(voxelSize({ pixdim }, warn), origin as unknown as Vec3)
  warn(
    'orientation-unknown',
    'an Analyze 7.5 header does not say left from right; the axes were taken as left, anterior, superior, as nibabel does.',
  )
  return affine
}

/**
 * Slope and intercept as SPM2 keeps them: in the fields that NIfTI took over, else as what takes glmin … glmax to cal_min … cal_max.
 *
 * @see nibabel 5.4.2, spm2analyze.py get_slope_inter
 */
export function analyzeScaling(
  { scl_slope: slope, scl_inter: intercept }: { readonly scl_slope: number; readonly scl_inter: number },
  view: DataView,
  littleEndian: boolean,
): { slope: number; intercept: number } {
  if (slope !== 0 && Number.isFinite(slope)) return { slope, intercept: Number.isFinite(intercept) ? intercept : 0 }
  const [calMax, calMin] = [view.getFloat32(124, littleEndian), view.getFloat32(128, littleEndian)]
  const [glMax, glMin] = [view.getInt32(140, littleEndian), view.getInt32(144, littleEndian)]
  const fromRanges = (calMax - calMin) / (glMax - glMin)
  const fromLeast = calMin - fromRanges * glMin
  if (fromRanges !== 0 && Number.isFinite(fromRanges) && Number.isFinite(fromLeast))
    return { slope: fromRanges, intercept: fromLeast }
  return { slope: 1, intercept: 0 }
}
