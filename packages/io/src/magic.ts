import { VoxaugError } from '@voxaug/core'
import type { Warn } from './layout.ts'

/** A single file, the header of a .hdr/.img pair, or an Analyze 7.5 header, which is always of a pair. */
export type HeaderKind = 'single' | 'pair' | 'analyze'

/** Whether a header is of NIfTI-1's length (Analyze 7.5 too) or NIfTI-2's: by its magic, or without one, or with both, by its first number. */
export function versionOf(head: Uint8Array): 1 | 2 {
  if (head.length === 0) throw new VoxaugError('truncated', 'file is empty: expected a header of 348 bytes, got 0.')
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const size = (bytes: number) =>
    head.length >= 4 && (view.getInt32(0, true) === bytes || view.getInt32(0, false) === bytes)
  const [first, second] = ([1, 2] as const).map((version) => isMagic(head, version, '+') || isMagic(head, version, 'i'))
  if (first !== second) return first ? 1 : 2
  if (size(348)) return 1
  if (size(540)) return 2
  if (first) return 1
  throw new VoxaugError(
    'not-nifti',
    `not a NIfTI file: expected 348 or 540 as its first number, got the bytes ${hex(head.subarray(0, 4))}.`,
  )
}

/**
 * What kind of file a header says that it begins.
 *
 * @param mayBePair whether an .img file can be had: else the header of a pair is refused
 * @throws VoxaugError `unsupported` at the header of a pair, `not-nifti` at one without a magic, `invalid-header` at one that a
 *   transfer as text damaged
 */
export function kindOf(head: Uint8Array, version: 1 | 2, mayBePair: boolean, warn: Warn): HeaderKind {
  const pair = isMagic(head, version, 'i')
  if (pair && !mayBePair) {
    throw new VoxaugError(
      'unsupported',
      `this is the header of a .hdr/.img pair (magic ni${version}): its voxels are in the .img file. Save it as a single .nii file.`,
    )
  }
  if (!pair && !isMagic(head, version, '+')) {
    const at = placeOf(version)
    // Something begins like a magic: a damaged one, and not what Analyze 7.5 has in its place.
    const damaged = head[at] === 0x6e && (head[at + 1] === 0x2b || head[at + 1] === 0x69)
    if (mayBePair && version === 1 && !damaged) return 'analyze'
    const expected = mayBePair ? `n+${version} or ni${version}` : `n+${version}`
    const analyze =
      version === 1 && !mayBePair ? '; an Analyze 7.5 header has none, and does not say left from right' : ''
    throw new VoxaugError(
      'not-nifti',
      `magic at byte ${at} must be ${expected} and a NUL${analyze}, got the bytes ${hex(head.subarray(at, at + 4))}.`,
    )
  }
  if (version === 2) checkTail(head.subarray(8, 12), warn)
  return pair ? 'pair' : 'single'
}

const placeOf = (version: 1 | 2): 344 | 4 => (version === 1 ? 344 : 4)

/** Whether `n+1` or `ni1` (`n+2`, `ni2`) stands in its place, with its closing NUL. */
function isMagic(head: Uint8Array, version: 1 | 2, kind: '+' | 'i'): boolean {
  const at = placeOf(version)
  return (
    head[at] === 0x6e && head[at + 1] === kind.charCodeAt(0) && head[at + 2] === 0x30 + version && head[at + 3] === 0
  )
}

/** The four bytes behind NIfTI-2's magic, of which line ends' translation changes one or the other. */
function checkTail(tail: Uint8Array, warn: Warn): void {
  if (tail.every((byte) => byte === 0))
    warn('magic', 'the four bytes after the magic should be 0d 0a 1a 0a, got zeros.')
  else if (![0x0d, 0x0a, 0x1a, 0x0a].every((byte, n) => byte === tail[n])) {
    throw new VoxaugError(
      'invalid-header',
      `the bytes after the magic must be 0d 0a 1a 0a, got ${hex(tail)}: the file was damaged by a transfer in text mode.`,
    )
  }
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
