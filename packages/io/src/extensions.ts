import { type ByteReader, readUpTo, skip } from './byte-reader.ts'
import type { Layout, Warn } from './layout.ts'

/** A header extension: its code (6 is a comment, 4 is AFNI's, …) and its size with the eight bytes before its content. */
export interface NiftiExtension {
  readonly code: number
  readonly bytes: number
}

/**
 * Lists the extensions between header and voxels and leaves `reader`, which stands behind the fixed header, at the first
 * voxel. A bad extension ends the list with a warning: the voxels are where vox_offset says.
 */
export async function readExtensions(
  reader: ByteReader,
  layout: Layout,
  warn: Warn,
): Promise<readonly NiftiExtension[]> {
  const extensions: NiftiExtension[] = []
  const flags = await readUpTo(reader, 4)
  let at = layout.headerBytes + 4
  const end = layout.voxelOffset
  while (flags[0] && end - at >= 16) {
    const start = await readUpTo(reader, 8)
    at += start.length
    // The voxels' own check tells a file that ends here.
    if (start.length < 8) return extensions
    const view = new DataView(start.buffer, start.byteOffset)
    const bytes = view.getInt32(0, layout.littleEndian)
    // Zeros up to the voxels are padding, as writers leave who align them.
    if (bytes === 0) break
    if (bytes < 16 || bytes - 8 > end - at) {
      warn(
        'extension',
        `extension ${extensions.length + 1} should have 16 … ${end - at + 8} bytes, got ${bytes}; it was left out, and all after it.`,
      )
      break
    }
    if (bytes % 16 !== 0)
      warn('extension', `extension ${extensions.length + 1} should have a multiple of 16 bytes, got ${bytes}.`)
    extensions.push({ code: view.getInt32(4, layout.littleEndian), bytes })
    at += await skip(reader, bytes - 8)
  }
  await skip(reader, end - at)
  return extensions
}
