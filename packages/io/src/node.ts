import { access } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { type DType, show, type Volume, VoxaugError } from '@voxaug/core'
import { type NiftiSource, readerOf } from './byte-reader.ts'
import { checkDtype, encodeNifti } from './encode.ts'
import { fileReader } from './file-reader.ts'
import { gunzipNode } from './gunzip-node.ts'
import type { NiftiHeader } from './header.ts'
import { namingFile, pathOf } from './name-file.ts'
import { placeFile } from './place-file.ts'
import { parseReadOptions, type ReadNiftiOptions, readHeader, readVolume } from './read.ts'

export type { NiftiSource } from './byte-reader.ts'
export type { NiftiDType } from './datatypes.ts'
export type { NiftiExtension } from './extensions.ts'
export type { NiftiForm } from './forms.ts'
export type { NiftiHeader } from './header.ts'
export type { ReadNiftiOptions } from './read.ts'

/** How to write a file. */
export interface WriteNiftiFileOptions {
  /** The type to store: float32 for images and a label map's own type unless given. */
  readonly dtype?: DType
  /** zlib's level for `.nii.gz`, 1 (fast) … 9 (small). */
  readonly gzipLevel?: number
  /** Whether an existing file may be replaced, true unless given. */
  readonly overwrite?: boolean
}

/**
 * Reads a NIfTI file from a path, or from anything that `readNifti` of `@voxaug/io` takes.
 * @throws VoxaugError as that does, and `not-found`, `unreadable`; with a path, the message begins with it and a colon
 */
export async function readNifti(source: string | URL | NiftiSource, options: ReadNiftiOptions = {}): Promise<Volume> {
  const parsed = parseReadOptions(options)
  if (!isPath(source)) return readVolume(readerOf(source), parsed, gunzipNode)
  const path = pathOf(source)
  return namingFile(path, 'unreadable', async () => readVolume(await fileReader(path), parsed, gunzipNode))
}

/** Reads the header alone, and of the file no more than that needs. */
export async function readNiftiHeader(source: string | URL | NiftiSource): Promise<NiftiHeader> {
  if (!isPath(source)) return readHeader(readerOf(source), gunzipNode)
  const path = pathOf(source)
  return namingFile(path, 'unreadable', async () => readHeader(await fileReader(path), gunzipNode))
}

/**
 * Writes a volume to a `.nii.gz` or `.nii` file, as its name says. The file appears whole or not at all.
 * @throws VoxaugError `exists` with `overwrite: false`, `not-found`, `unwritable`, and as `writeNifti` of `@voxaug/io` does; but
 *   for wrong options the message begins with the path and a colon
 */
export async function writeNifti(
  target: string | URL,
  volume: Volume,
  options: WriteNiftiFileOptions = {},
): Promise<void> {
  const { dtype, gzipLevel = defaultLevel, overwrite } = parseWriteOptions(options)
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
    const bytes = encodeNifti(volume, dtype)
    await placeFile(path, gzip ? compress(bytes, gzipLevel) : Readable.from([bytes]), overwrite)
  })
}

function parseWriteOptions(options: WriteNiftiFileOptions): WriteNiftiFileOptions & { readonly overwrite: boolean } {
  const { dtype, gzipLevel, overwrite = true, ...others } = options
  const unknown = Object.keys(others)[0]
  if (unknown !== undefined)
    throw new VoxaugError(
      'invalid-option',
      `options of writeNifti are dtype, gzipLevel and overwrite, got ${unknown}.`,
      { option: unknown },
    )
  if (dtype !== undefined) checkDtype(dtype)
  if (gzipLevel !== undefined && !(Number.isInteger(gzipLevel) && gzipLevel >= 1 && gzipLevel <= 9)) {
    throw new VoxaugError('invalid-option', `gzipLevel must be a whole number from 1 to 9, got ${show(gzipLevel)}.`, {
      option: 'gzipLevel',
      received: gzipLevel,
    })
  }
  if (typeof overwrite !== 'boolean')
    throw new VoxaugError('invalid-option', `overwrite must be true or false, got ${show(overwrite)}.`, {
      option: 'overwrite',
      received: overwrite,
    })
  return { ...(dtype === undefined ? {} : { dtype }), ...(gzipLevel === undefined ? {} : { gzipLevel }), overwrite }
}

const isPath = (source: unknown): source is string | URL => typeof source === 'string' || source instanceof URL

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

/** gzip by node:zlib, on a thread of Node's pool, a megabyte at a time. */
function compress(bytes: Uint8Array, level: number): AsyncIterable<Uint8Array> {
  const gzip = createGzip({ level, chunkSize: megabyte })
  function* parts() {
    for (let at = 0; at < bytes.length; at += megabyte) yield bytes.subarray(at, at + megabyte)
  }
  // What pipeline reports comes out of `gzip` too.
  pipeline(Readable.from(parts()), gzip, () => {})
  return gzip
}

const megabyte = 1024 * 1024

/** The level that nibabel takes: against 6, a tenth larger on whole intensities and in a third of the time; on noisy ones no larger. */
const defaultLevel = 1
