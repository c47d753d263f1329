import { show, type Volume, VoxaugError } from '@voxaug/core'
import { type ByteReader, readUpTo, withHead } from '../byte-reader.ts'
import { checkedStream, isGzip, mostInflated } from '../compressed.ts'
import type { ParsedReadOptions } from '../read.ts'
import type { Format, Opened, Platform, VolumeHeader } from './format.ts'
import { metaImage } from './meta-image.ts'
import { mgh } from './mgh.ts'
import { nifti } from './nifti.ts'
import { nrrd } from './nrrd.ts'

/** Every format, in the order in which they are asked. */
export const formats: readonly Format[] = [nifti, mgh, nrrd, metaImage]

/** First bytes that a format may look at: NIfTI-2's header and extension flags. */
const headBytes = 544

/** Reads a volume of any format from a file's bytes, and closes them. */
export const readAny = (reader: ByteReader, options: ParsedReadOptions, platform: Platform): Promise<Volume> =>
  opening(reader, platform, (file) => file.read(options))

/** Reads the header of a file of any format, and closes it. */
export const readAnyHeader = (reader: ByteReader, platform: Platform): Promise<VolumeHeader> =>
  opening(reader, platform, async ({ header }) => header)

async function opening<T>(reader: ByteReader, platform: Platform, use: (file: Opened) => Promise<T>): Promise<T> {
  let bytes = reader
  try {
    const start = await readUpTo(bytes, 2)
    const compressed = isGzip(start)
    bytes = withHead(start, bytes)
    if (compressed) bytes = checkedStream(platform.gunzip(bytes), 'gzip')
    const head = await readUpTo(bytes, headBytes)
    bytes = withHead(head, bytes)
    const format = formats.find((one) => one.matches(head))
    if (!format) throw unknownFormat(head, compressed)
    const fileSize = reader.size
    const most = compressed ? mostInflated(fileSize) : fileSize
    return await use(await format.open({ bytes, compressed, fileSize, most }, platform))
  } finally {
    await bytes.close()
  }
}

function unknownFormat(head: Uint8Array, compressed: boolean): VoxaugError {
  if (head.length === 0) return new VoxaugError('truncated', `file is empty: expected a header, got 0 bytes.`)
  const start = Array.from(head.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join(' ')
  const dicom = [0x44, 0x49, 0x43, 0x4d].every((byte, n) => head[128 + n] === byte) ? ' of a DICOM file' : ''
  const nested = compressed && isGzip(head) ? ' of gzip inside gzip' : ''
  const names = formats.map(({ name }) => name)
  return new VoxaugError(
    'unknown-format',
    `the file must be ${names.slice(0, -1).join(', ')} or ${names.at(-1)}, got the first bytes ${start}${dicom}${nested}.`,
    { received: start },
  )
}

/** The format and the part to compress of a file with this name; undefined where none is written so. */
export function formatOf(
  name: string,
): { readonly format: Format; readonly gzipped: 'nothing' | 'voxels' | 'everything' } | undefined {
  const lower = name.toLowerCase()
  for (const format of formats)
    for (const [ending, gzipped] of Object.entries(format.endings))
      if (lower.endsWith(ending)) return { format, gzipped }
  return undefined
}

/** The endings that `formatOf` knows, for a message. */
export function endingsText(dot: string): string {
  const endings = formats.flatMap((format) => Object.keys(format.endings)).map((ending) => dot + ending.slice(1))
  return `${endings.slice(0, -1).join(', ')} or ${endings.at(-1)}`
}

/** Throws VoxaugError `invalid-option`. */
export function refuseOption(option: string, wanted: string, received: unknown): never {
  throw new VoxaugError('invalid-option', `${option} must be ${wanted}, got ${show(received)}.`, { option, received })
}
