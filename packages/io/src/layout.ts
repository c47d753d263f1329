import { type Shape, VoxaugError } from '@voxaug/core'
import { bitsOf, datatypeOf, type NiftiDType } from './datatypes.ts'
import { kindOf, versionOf } from './magic.ts'

/** Where the voxels of a file lie and what they are, checked against every lie that a header can tell. */
export interface Layout {
  readonly format: 'NIfTI-1' | 'NIfTI-2' | 'Analyze 7.5'
  /** Whether the voxels are in a file of their own, the .img of a pair. */
  readonly apart: boolean
  readonly littleEndian: boolean
  /** Every axis that the file declares, dim[1] … dim[dim[0]]. */
  readonly dim: readonly number[]
  readonly shape: Shape
  /** The product of all axes after the third. */
  readonly channels: number
  readonly dtype: NiftiDType
  readonly bytesPerVoxel: number
  readonly voxels: number
  /** Byte of the first voxel in the file that has them. */
  readonly voxelOffset: number
  /** Bytes of the fixed header: 348 or 540. Four bytes of extension flags follow. */
  readonly headerBytes: 348 | 540
}

export type Warn = (code: string, message: string) => void

/** Most bytes that extensions may take: they are walked through, and a hostile offset would make that walk long. */
export const maxExtensionBytes = 16 * 1024 * 1024

/**
 * Reads the fields that decide where voxels lie, before anything else may trust the header.
 *
 * @param head the file's first 544 bytes, or all of them
 * @param mayBePair whether an .img file can be had: else the header of a pair is refused
 * @throws VoxaugError `not-nifti`, `invalid-header`, `unsupported`, `truncated`
 * @see nifti1.h, nifti2.h; the byte order is that in which dim[0] is 1 … 7
 */
export function parseLayout(head: Uint8Array, warn: Warn, mayBePair = false): Layout {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const version = versionOf(head)
  const first = version === 1
  const headerBytes = first ? 348 : 540
  if (head.length < headerBytes)
    throw new VoxaugError('truncated', `header is truncated: expected ${headerBytes} bytes, got ${head.length}.`)
  const kind = kindOf(head, version, mayBePair, warn)
  const format = kind === 'analyze' ? 'Analyze 7.5' : (`NIfTI-${version}` as const)

  const rawDim = (index: number, little: boolean) =>
    first ? BigInt(view.getInt16(40 + 2 * index, little)) : view.getBigInt64(16 + 8 * index, little)
  const sized = (little: boolean) => view.getInt32(0, little) === headerBytes
  const littleEndian = byteOrder(
    (little) => rawDim(0, little) >= 1n && rawDim(0, little) <= 7n,
    sized,
    (little) => view.getInt16(first ? 72 : 14, little) === bitsOf(view.getInt16(first ? 70 : 12, little)),
  )
  if (littleEndian === undefined) invalid('dim[0] must be 1 … 7', rawDim(0, sized(true) || !sized(false)))
  if (!sized(littleEndian))
    warn(
      'header-size',
      `sizeof_hdr should be ${headerBytes}, got ${view.getInt32(0, littleEndian)}; the header was read as ${format}.`,
    )

  const dim = Array.from({ length: Number(rawDim(0, littleEndian)) }, (_, axis) => {
    const size = rawDim(axis + 1, littleEndian)
    if (size < 1n || size > BigInt(Number.MAX_SAFE_INTEGER))
      invalid(`dim[${axis + 1}] must be at least 1 and below 2^53`, size)
    return Number(size)
  })
  const { dtype, bytes } = datatypeOf(view.getInt16(first ? 70 : 12, littleEndian))
  const bitpix = view.getInt16(first ? 72 : 14, littleEndian)
  if (bitpix !== 8 * bytes) warn('bitpix', `bitpix should be ${8 * bytes} for ${dtype}, got ${bitpix}; it was ignored.`)

  // Products of safe integers in doubles: monotonic, so a true product above 2^53 can never look smaller than that.
  const voxels = dim.reduce((product, size) => product * size, 1)
  if (!Number.isSafeInteger(voxels * bytes)) invalid('dim must multiply to fewer than 2^53 bytes', dim.join(' × '))
  const stored = first ? view.getFloat32(108, littleEndian) : Number(view.getBigInt64(168, littleEndian))
  const [nx = 1, ny = 1, nz = 1, ...rest] = dim
  const channels = rest.reduce((product, size) => product * size, 1)
  if (rest.filter((size) => size > 1).length > 1)
    warn('axes', `a volume has one axis after the third: ${rest.join(' × ')} became ${channels} channels.`)
  return {
    format,
    apart: kind !== 'single',
    littleEndian,
    dim,
    shape: [nx, ny, nz],
    channels,
    dtype,
    bytesPerVoxel: bytes,
    voxels,
    voxelOffset: kind === 'single' ? singleOffset(stored, first, warn) : wholeOffset(stored, warn),
    headerBytes,
  }
}

/**
 * Whether the file is little-endian: the order in which dim[0] is 1 … 7, which no number is in both. Where sizeof_hdr is
 * right in the other order only, one of the two lies; then bitpix must fit datatype too. Undefined where no order fits.
 */
function byteOrder(
  dimFits: (little: boolean) => boolean,
  sizeFits: (little: boolean) => boolean,
  bitpixFits: (little: boolean) => boolean,
): boolean | undefined {
  const little = [true, false].find(dimFits)
  if (little === undefined || sizeFits(little) || !sizeFits(!little)) return little
  return bitpixFits(little) ? little : undefined
}

/** vox_offset of a single file, which is behind the header and not far. */
function singleOffset(stored: number, first: boolean, warn: Warn): number {
  const offset = wholeOffset(stored, warn)
  const least = first ? 352 : 544
  if (offset < least) {
    warn('vox-offset', `vox_offset should be at least ${least}, got ${stored}; ${least} was used.`)
    return least
  }
  if (offset - least > maxExtensionBytes)
    invalid(`vox_offset must leave at most ${maxExtensionBytes} bytes to extensions`, offset)
  return offset
}

function wholeOffset(stored: number, warn: Warn): number {
  if (!(stored >= 0 && stored < Number.MAX_SAFE_INTEGER)) invalid('vox_offset must be a number of bytes', stored)
  const offset = Math.floor(stored)
  if (offset !== stored) warn('vox-offset', `vox_offset should be a whole number, got ${stored}; ${offset} was used.`)
  return offset
}

export function invalid(message: string, received: unknown): never {
  throw new VoxaugError('invalid-header', `${message}, got ${received}.`, { received })
}
