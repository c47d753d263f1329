import { type Shape, VoxaugError } from '@voxaug/core'
import { bitsOf, datatypeOf, type NiftiDType } from './datatypes.ts'

/** Where the voxels of a file lie and what they are, checked against every lie that a header can tell. */
export interface Layout {
  readonly format: 'NIfTI-1' | 'NIfTI-2'
  readonly littleEndian: boolean
  /** Every axis that the file declares, dim[1] … dim[dim[0]]. */
  readonly dim: readonly number[]
  readonly shape: Shape
  /** The product of all axes after the third. */
  readonly channels: number
  readonly dtype: NiftiDType
  readonly bytesPerVoxel: number
  readonly voxels: number
  /** Byte of the first voxel. */
  readonly voxelOffset: number
  /** Bytes of the fixed header: 348 or 540. Four bytes of extension flags follow. */
  readonly headerBytes: 348 | 540
}

export type Warn = (code: string, message: string) => void

/** Most bytes that extensions may take: they are walked through, and a hostile offset would make that walk long. */
const maxExtensionBytes = 16 * 1024 * 1024

/**
 * Reads the fields that decide where voxels lie, before anything else may trust the header.
 *
 * @param head the file's first 544 bytes, or all of them
 * @throws VoxaugError `not-nifti`, `invalid-header`, `unsupported`, `truncated`
 * @see nifti1.h, nifti2.h; the byte order is that in which dim[0] is 1 … 7
 */
export function parseLayout(head: Uint8Array, warn: Warn): Layout {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const format = formatOf(head, view)
  const first = format === 'NIfTI-1'
  const headerBytes = first ? 348 : 540
  if (head.length < headerBytes)
    throw new VoxaugError('truncated', `header is truncated: expected ${headerBytes} bytes, got ${head.length}.`)
  checkMagic(head, first, warn)

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
  const [nx = 1, ny = 1, nz = 1, ...rest] = dim
  return {
    format,
    littleEndian,
    dim,
    shape: [nx, ny, nz],
    channels: rest.reduce((product, size) => product * size, 1),
    dtype,
    bytesPerVoxel: bytes,
    voxels,
    voxelOffset: voxelOffset(view, first, littleEndian, warn),
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

function formatOf(head: Uint8Array, view: DataView): Layout['format'] {
  if (head.length === 0) throw new VoxaugError('truncated', 'file is empty: expected a header of 348 bytes, got 0.')
  const size = (bytes: number) =>
    head.length >= 4 && (view.getInt32(0, true) === bytes || view.getInt32(0, false) === bytes)
  if (size(348)) return 'NIfTI-1'
  if (size(540)) return 'NIfTI-2'
  if (isMagic(head, 344, '1')) return 'NIfTI-1'
  if (isMagic(head, 4, '2')) return 'NIfTI-2'
  const start = Array.from(head.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ')
  throw new VoxaugError(
    'not-nifti',
    `not a NIfTI file: expected 348 or 540 as its first number, got the bytes ${start}.`,
  )
}

/** Whether `n+1` or `ni1` (`n+2`, `ni2`) stands at a byte, with its closing NUL. */
function isMagic(head: Uint8Array, at: number, version: '1' | '2', kind?: '+' | 'i'): boolean {
  const second = head[at + 1]
  const kinds = kind ? [kind] : ['+', 'i']
  return (
    head[at] === 0x6e &&
    kinds.some((k) => k.charCodeAt(0) === second) &&
    head[at + 2] === version.charCodeAt(0) &&
    head[at + 3] === 0
  )
}

function checkMagic(head: Uint8Array, first: boolean, warn: Warn): void {
  const at = first ? 344 : 4
  const version = first ? '1' : '2'
  if (isMagic(head, at, version, 'i')) {
    throw new VoxaugError(
      'unsupported',
      `this is the header of a .hdr/.img pair (magic ni${version}): its voxels are in the .img file. Save it as a single .nii file.`,
    )
  }
  if (!isMagic(head, at, version, '+')) {
    const got = Array.from(head.subarray(at, at + 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const analyze = first ? '; an Analyze 7.5 header has none, and does not say left from right' : ''
    throw new VoxaugError(
      'not-nifti',
      `magic at byte ${at} must be n+${version} and a NUL${analyze}, got the bytes ${got}.`,
    )
  }
  if (first) return
  const tail = head.subarray(8, 12)
  if (tail.every((byte) => byte === 0))
    warn('magic', 'the four bytes after the magic should be 0d 0a 1a 0a, got zeros.')
  else if (![0x0d, 0x0a, 0x1a, 0x0a].every((byte, n) => byte === tail[n])) {
    const got = Array.from(tail, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
    throw new VoxaugError(
      'invalid-header',
      `the bytes after the magic must be 0d 0a 1a 0a, got ${got}: the file was damaged by a transfer in text mode.`,
    )
  }
}

function voxelOffset(view: DataView, first: boolean, little: boolean, warn: Warn): number {
  const least = first ? 352 : 544
  const stored = first ? view.getFloat32(108, little) : Number(view.getBigInt64(168, little))
  if (!(stored >= 0 && stored < Number.MAX_SAFE_INTEGER)) invalid('vox_offset must be a number of bytes', stored)
  const offset = Math.floor(stored)
  if (offset !== stored) warn('vox-offset', `vox_offset should be a whole number, got ${stored}; ${offset} was used.`)
  if (offset < least) {
    warn('vox-offset', `vox_offset should be at least ${least}, got ${stored}; ${least} was used.`)
    return least
  }
  if (offset - least > maxExtensionBytes)
    invalid(`vox_offset must leave at most ${maxExtensionBytes} bytes to extensions`, offset)
  return offset
}

export function invalid(message: string, received: unknown): never {
  throw new VoxaugError('invalid-header', `${message}, got ${received}.`, { received })
}
