import { access, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type DType, type Volume, VoxaugError } from '@voxaug/core'
import { type ByteReader, type NiftiSource, readerOf } from '../byte-reader.ts'
import { abortable } from '../encode.ts'
import { fileReader } from '../file-reader.ts'
import { gunzipNode } from '../gunzip-node.ts'
import { gzipNode } from '../gzip-node.ts'
import { namingFile, pathOf } from '../name-file.ts'
import { pairNames } from '../pair.ts'
import { placeFile } from '../place-file.ts'
import { parseReadOptions } from '../read.ts'
import { readHeaderAt, readVolumeAt } from '../read-path.ts'
import { checkFlag, checkGzipLevel, checkRecord, checkSignal } from '../write-options.ts'
import type { Encoded, Gzipped, Platform, ReadVolumeOptions, VolumeHeader } from './format.ts'
import { inflateNode } from './inflate-node.ts'
import { endingsText, formatOf, readAny, readAnyHeader, refuseOption } from './read-any.ts'

/** How to write a file. */
export interface WriteVolumeFileOptions {
  /** The type to store: float32 for images and a label map's own type, or one that holds it, unless given. */
  readonly dtype?: DType
  /** zlib's level where the format compresses, 1 (fast) … 9 (small); 1 unless given. */
  readonly gzipLevel?: number
  /** Whether an existing file may be replaced, true unless given. */
  readonly overwrite?: boolean
  /** Ends the writing with the error `aborted`, and leaves nothing of it. */
  readonly signal?: AbortSignal
}

const node: Platform = { gunzip: gunzipNode, inflate: inflateNode }

/**
 * Reads a volume from a path, or from anything that `readVolume` of `@voxaug/io` takes. A header whose voxels are in another
 * file (`.nhdr`, `.mhd`) can be read from a path alone, and that file must be in its folder. A path that ends in .hdr or .img is
 * one of a pair, as `readNifti` takes it.
 * @throws VoxaugError as that does, and `not-found`, `unreadable`; with a path, the message begins with it and a colon
 */
export async function readVolume(source: string | URL | NiftiSource, options: ReadVolumeOptions = {}): Promise<Volume> {
  const parsed = parseReadOptions(options, 2 ** 31, 'readVolume')
  if (!(typeof source === 'string' || source instanceof URL)) return readAny(readerOf(source), parsed, node)
  const path = pathOf(source)
  if (pairNames(path)) return readVolumeAt(path, parsed)
  const beside = (name: string) => namingFile(name, 'unreadable', () => readerBeside(path, name))
  return namingFile(path, 'unreadable', async () => readAny(await fileReader(path), parsed, { ...node, beside }))
}

/** A file in a header's own folder; not one elsewhere that a link leads to, and no device: the header may be hostile. */
async function readerBeside(header: string, name: string): Promise<ByteReader> {
  const folder = await realpath(dirname(header))
  const file = await realpath(join(folder, name))
  if (dirname(file) !== folder)
    throw new VoxaugError('unsupported', 'must lie in the folder of its header, and is a link to elsewhere.')
  if (!(await stat(file)).isFile()) throw new VoxaugError('unreadable', 'is no file.')
  return fileReader(file)
}

/** Reads the header alone, of any of those formats, and of the file no more than that needs. */
export async function readVolumeHeader(source: string | URL | NiftiSource): Promise<VolumeHeader> {
  if (!(typeof source === 'string' || source instanceof URL)) return readAnyHeader(readerOf(source), node)
  const path = pathOf(source)
  if (pairNames(path)) return readHeaderAt(path)
  return namingFile(path, 'unreadable', async () => readAnyHeader(await fileReader(path), node))
}

/**
 * Writes a volume in the format that the file's name ends in: `.nii`, `.nii.gz`, `.mgh`, `.mgz`, `.nrrd`, `.mha`. The file
 * appears whole or not at all.
 * @throws VoxaugError `exists` with `overwrite: false`, `not-found`, `unwritable`, and as `writeVolume` of `@voxaug/io` does; but
 *   for wrong options the message begins with the path and a colon
 */
export async function writeVolume(
  target: string | URL,
  volume: Volume,
  options: WriteVolumeFileOptions = {},
): Promise<void> {
  checkRecord(options)
  const { dtype, gzipLevel = 1, overwrite = true, signal, ...others } = options
  const unknown = Object.keys(others)[0]
  if (unknown !== undefined)
    throw new VoxaugError(
      'invalid-option',
      `options of writeVolume are dtype, gzipLevel, overwrite and signal, got ${unknown}.`,
      { option: unknown },
    )
  checkGzipLevel(gzipLevel)
  checkFlag('overwrite', overwrite)
  checkSignal(signal)
  const path = pathOf(target)
  const found = formatOf(basename(path))
  if (!found) refuseOption('path', `a name that ends in ${endingsText('.')}`, path)
  await namingFile(path, 'unwritable', async () => {
    // Asked early to spare the work; placeFile asks again, without a race.
    if (!overwrite && (await exists(path))) throw new VoxaugError('exists', 'exists already, and overwrite is false.')
    const { header, voxels } = await found.format.write(volume, dtype)
    const encoded = { header, voxels: abortable(voxels, signal) }
    await placeFile(path, chunksOf(encoded, found.gzipped, gzipLevel), overwrite)
  })
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

const megabyte = 1024 * 1024

/** The file's bytes, made, compressed and written a megabyte at a time. */
async function* chunksOf({ header, voxels }: Encoded, gzipped: Gzipped, level: number): AsyncGenerator<Uint8Array> {
  if (gzipped === 'everything') return yield* gzipNode(plain(), level)
  if (gzipped === 'nothing') return yield* plain()
  yield header
  yield* gzipNode(voxels.parts(megabyte), level)

  async function* plain() {
    yield header
    yield* voxels.parts(megabyte)
  }
}
