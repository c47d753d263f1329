import type { Volume } from '@voxaug/core'
import { type NiftiSource, readerOf } from './byte-reader.ts'
import { gunzip } from './gunzip.ts'
import type { NiftiHeader } from './header.ts'
import { parseReadOptions, type ReadNiftiOptions, readHeader, readVolume } from './read.ts'

/** Most bytes that voxels may take unless told otherwise: a tab has less memory than a machine. */
const browserMaxBytes = 2 ** 30

/**
 * Reads a NIfTI-1 or NIfTI-2 file, `.nii` or `.nii.gz`, told apart by content.
 *
 * Images keep the stored type unless the header scales them, which gives float32; 64-bit integers come as int32, uint32 or
 * float64, the first that holds them. Axes after the third become channels. What was odd is in the volume's `warnings`.
 * @throws VoxaugError `not-nifti`, `unsupported`, `invalid-header`, `truncated`, `invalid-gzip`, `too-large`, `out-of-range`,
 *   `invalid-label`, `unreadable`, `invalid-option`
 */
export async function readNifti(source: NiftiSource, options: ReadNiftiOptions = {}): Promise<Volume> {
  const parsed = parseReadOptions(options, browserMaxBytes, 'readNifti')
  return readVolume(readerOf(source), parsed, gunzip)
}

/** Reads the header alone, and of the file no more than that needs. A stream is cancelled behind it. */
export async function readNiftiHeader(source: NiftiSource): Promise<NiftiHeader> {
  return readHeader(readerOf(source), gunzip)
}
