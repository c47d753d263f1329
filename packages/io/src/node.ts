import { access } from 'node:fs/promises'
import { show, type Volume, VoxaugError } from '@voxaug/core'
import { type NiftiSource, readerOf } from './byte-reader.ts'
import { encodeNifti, megabyte } from './encode.ts'
import { gunzipNode } from './gunzip-node.ts'
import { gzipNode } from './gzip-node.ts'
import type { NiftiHeader } from './header.ts'
import { namingFile, pathOf } from './name-file.ts'
import { placeFile } from './place-file.ts'
import { parseReadOptions, type ReadNiftiOptions, readHeader, readVolume as readNiftiVolume } from './read.ts'
import { readHeaderAt, readVolumeAt } from './read-path.ts'
import { checkFlag, checkGzipLevel, type NiftiContentOptions, parseContentOptions } from './write-options.ts'

export type { NiftiSource } from './byte-reader.ts'
export type { NiftiDType } from './datatypes.ts'
export type { NiftiExtension } from './extensions.ts'
export type { ReadVolumeOptions, VolumeHeader } from './formats/format.ts'
export { readVolume, readVolumeHeader, type WriteVolumeFileOptions, writeVolume } from './formats/node.ts'
export { stemOf } from './formats/stem-of.ts'
export type { NiftiForm } from './forms.ts'
export type { NiftiHeader } from './header.ts'
export type { ReadNiftiOptions } from './read.ts'
export type { Region } from './region.ts'
export type { NiftiContentOptions } from './write-options.ts'

/** How to write a file. */
export interface WriteNiftiFileOptions extends NiftiContentOptions {
  /** zlib's level for `.nii.gz`, 1 (fast, and the default) … 9 (small). */
  readonly gzipLevel?: number
  /** Whether an existing file may be replaced, true unless given. */
  readonly overwrite?: boolean
}

/**
 * Reads a NIfTI file from a path, or from anything that `readNifti` of `@voxaug/io` takes. The path may be of either file of a
 * .hdr/.img pair, NIfTI or Analyze 7.5; the other is looked for by name, in the same folder.
 * @throws VoxaugError as that does, and `not-found`, `unreadable`; with a path, the message begins with it and a colon
 */
export async function readNifti(source: string | URL | NiftiSource, options: ReadNiftiOptions = {}): Promise<Volume> {
  const parsed = parseReadOptions(options, 2 ** 31, 'readNifti')
  if (!isPath(source)) return readNiftiVolume(readerOf(source), parsed, gunzipNode)
  return readVolumeAt(pathOf(source), parsed)
}

/** Reads the header alone, and of the file no more than that needs. */
export async function readNiftiHeader(source: string | URL | NiftiSource): Promise<NiftiHeader> {
  if (!isPath(source)) return readHeader(readerOf(source), gunzipNode)
  return readHeaderAt(pathOf(source))
}

/**
 * Writes a volume to a `.nii.gz` or `.nii` file, as its name says. The file appears whole or not at all.
 *
 * It is made and compressed a megabyte at a time: the volume must not change until it is written.
 * @throws VoxaugError `exists` with `overwrite: false`, `not-found`, `unwritable`, and as `writeNifti` of `@voxaug/io` does; but
 *   for wrong options the message begins with the path and a colon
 */
export async function writeNifti(
  target: string | URL,
  volume: Volume,
  options: WriteNiftiFileOptions = {},
): Promise<void> {
  const content = parseContentOptions(options, ['gzipLevel', 'overwrite'])
  const { gzipLevel = defaultLevel, overwrite = true } = options
  checkGzipLevel(gzipLevel)
  checkFlag('overwrite', overwrite)
  const path = pathOf(target)
  const gzip = /\.nii\.gz$/i.test(path)
  if (!gzip && !/\.nii$/i.test(path))
    throw new VoxaugError('invalid-option', `path must end in .nii or .nii.gz, got ${show(path)}.`, {
      option: 'path',
      received: path,
    })
  await namingFile(path, 'unwritable', async () => {
    // Asked early to spare the work; placeFile asks again, without a race.
    if (!overwrite && (await exists(path))) throw new VoxaugError('exists', 'exists already, and overwrite is false.')
    const parts = (await encodeNifti(volume, content)).parts(megabyte)
    await placeFile(path, gzip ? gzipNode(parts, gzipLevel) : parts, overwrite)
  })
}

const isPath = (source: unknown): source is string | URL => typeof source === 'string' || source instanceof URL

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

/** The level that nibabel takes: against 6, a tenth larger on whole intensities and in a third of the time; on noisy ones no larger. */
const defaultLevel = 1
