import { type ByteReader, readUpTo, skip } from './byte-reader.ts'
import { type Layout, maxExtensionBytes, type Warn } from './layout.ts'

/** A header extension: its code (6 is a comment, 4 is AFNI's, …), its content, and its size with the eight bytes before that. */
export interface NiftiExtension {
  readonly code: number
  readonly bytes: number
  /** As stored, with the zeros that fill it up. It may name the patient. */
  readonly content: Uint8Array
}

/** Most extensions that are listed: a hostile file may hold a million of 16 bytes. */
const most = 1024

/**
 * Lists the extensions behind the fixed header, where `reader` stands, and leaves it at the first voxel; in the header of a pair,
 * behind the last extension. A bad one ends the list with a warning: the voxels are where vox_offset says.
 */
export async function readExtensions(
  reader: ByteReader,
  layout: Layout,
  warn: Warn,
): Promise<readonly NiftiExtension[]> {
  if (layout.format === 'Analyze 7.5') return []
  const flags = await readUpTo(reader, 4)
  // Those of a pair end with the file. The voxels' own check tells a single file that ends here.
  const room = layout.apart ? maxExtensionBytes : layout.voxelOffset - layout.headerBytes - 4
  if (flags[0]) return listed(await readUpTo(reader, room), layout.littleEndian, warn)
  if (!layout.apart) await skip(reader, room)
  return []
}

function listed(area: Uint8Array, littleEndian: boolean, warn: Warn): readonly NiftiExtension[] {
  const view = new DataView(area.buffer, area.byteOffset, area.byteLength)
  const extensions: NiftiExtension[] = []
  let ragged = false
  let at = 0
  while (area.length - at >= 16) {
    const bytes = view.getInt32(at, littleEndian)
    // Zeros up to the voxels are padding, as writers leave who align them.
    if (bytes === 0 && area.subarray(at).every((byte) => byte === 0)) break
    const name = `extension ${extensions.length + 1}`
    const room = area.length - at
    if (bytes < 16 || bytes > room) {
      warn('extension', `${name} should have 16 … ${room} bytes, got ${bytes}; it was left out, and all after it.`)
      break
    }
    if (extensions.length === most) {
      warn('extension', `there should be at most ${most} extensions; ${name} was left out, and all after it.`)
      break
    }
    if (bytes % 16 !== 0 && !ragged) {
      ragged = true
      warn('extension', `${name} should have a multiple of 16 bytes, got ${bytes}.`)
    }
    extensions.push({ code: view.getInt32(at + 4, littleEndian), bytes, content: area.slice(at + 8, at + bytes) })
    at += bytes
  }
  const rest = area.length - at
  if (rest < 16 && area.subarray(at).some((byte) => byte !== 0))
    warn('extension', `the last ${rest} bytes before the voxels are too few for an extension; they were left out.`)
  return extensions
}
