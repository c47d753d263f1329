import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Volume, VoxaugError } from '@voxaug/core'
import { convertInNode } from './convert-node.ts'
import { parseOptions, type ReadDicomOptions, readSeries } from './series.ts'
import { blobOf, type DicomSource, listOf } from './sources.ts'

export type { ReadDicomOptions } from './series.ts'
export type { DicomSource } from './sources.ts'

/**
 * The volumes of DICOM files, as `readDicomSeries` of `@voxaug/dicom`, also from paths and file URLs. A folder stands for all
 * files in and below it.
 * @throws VoxaugError as that does, and `not-found`; of a path, the message begins with it and a colon
 */
export async function readDicomSeries(
  files: string | URL | Iterable<string | URL | DicomSource>,
  options: ReadDicomOptions = {},
): Promise<Volume[]> {
  const parsed = parseOptions(options, 2 ** 31)
  const blobs: Blob[] = []
  for (const source of typeof files === 'string' || files instanceof URL ? [files] : listOf(files)) {
    if (typeof source === 'string' || source instanceof URL) blobs.push(...(await blobsAt(source)))
    else blobs.push(blobOf(source))
  }
  return readSeries(blobs, convertInNode, parsed)
}

async function blobsAt(source: string | URL): Promise<Blob[]> {
  const path = typeof source === 'string' ? source : urlPath(source)
  try {
    const blobs: Blob[] = []
    for (const file of await filesAt(path)) blobs.push(new Blob([await readFile(file)]))
    return blobs
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause
    throw cause.code === 'ENOENT' || cause.code === 'ENOTDIR'
      ? new VoxaugError('not-found', `${path}: no such file or folder.`, { cause })
      : new VoxaugError('unreadable', `${path}: the file system failed: ${cause.message}.`, { cause })
  }
}

function urlPath(url: URL): string {
  try {
    return fileURLToPath(url)
  } catch (cause) {
    throw new VoxaugError('invalid-option', `files must be files, got ${url.href}.`, {
      option: 'files',
      received: url.href,
      cause,
    })
  }
}

async function filesAt(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))
}
