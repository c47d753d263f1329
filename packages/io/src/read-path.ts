import { basename } from 'node:path'
import { isVoxaugError, type Volume, VoxaugError } from '@voxaug/core'
import { fileReader } from './file-reader.ts'
import { gunzipNode } from './gunzip-node.ts'
import type { NiftiHeader } from './header.ts'
import { namingFile } from './name-file.ts'
import { firstThere, pairNames } from './pair.ts'
import { type OpenVoxels, type ParsedReadOptions, readHeader, readVolume } from './read.ts'

/** Reads a volume from a file, or from the two of a .hdr/.img pair whichever is named. */
export const readVolumeAt = (path: string, options: ParsedReadOptions): Promise<Volume> =>
  withHeader(path, async (header, openVoxels) => readVolume(await fileReader(header), options, gunzipNode, openVoxels))

/** Reads the header of a file, or of a pair whichever of the two is named. */
export const readHeaderAt = (path: string): Promise<NiftiHeader> =>
  withHeader(path, async (header, openVoxels) => readHeader(await fileReader(header), gunzipNode, openVoxels))

/** Runs `use` on the file that has the header; `openVoxels` is given where that may be one of a pair. Errors name the file at fault. */
async function withHeader<T>(path: string, use: (header: string, openVoxels?: OpenVoxels) => Promise<T>): Promise<T> {
  const names = pairNames(path)
  let at = path
  return namingFile(
    () => at,
    'unreadable',
    async () => {
      if (!names) return use(path)
      if (names.named === 'header') {
        return use(path, async () => open((await firstThere(names.others)) ?? missing('voxels', names.others)))
      }
      const header = await firstThere(names.others)
      // A single file may be called .img; what is none wants its header.
      if (!header) return use(path).catch((error: unknown) => wanting(error, names.others))
      at = header
      return use(header, () => open(path))
    },
  )

  async function open(voxels: string) {
    at = voxels
    return { reader: await fileReader(voxels), compressed: /\.gz$/i.test(voxels) }
  }
}

function wanting(error: unknown, headers: readonly string[]): never {
  if (!isVoxaugError(error) || !['not-nifti', 'truncated', 'invalid-gzip'].includes(error.code)) throw error
  return missing('header', headers)
}

function missing(what: 'header' | 'voxels', paths: readonly string[]): never {
  const names = paths.map((path) => basename(path)).join(' or ')
  throw new VoxaugError('not-found', `its ${what} must be in ${names} beside it, and there is neither.`)
}
