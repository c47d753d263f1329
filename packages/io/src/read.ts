import { isVoxaugError, show, type Volume, type VolumeKind, VoxaugError, volume, type Warning } from '@voxaug/core'
import { type ByteReader, readUpTo, skip, withHead } from './byte-reader.ts'
import { readExtensions } from './extensions.ts'
import type { Gunzip } from './gunzip.ts'
import { type NiftiHeader, parseHeader } from './header.ts'
import { labelVoxels } from './label.ts'
import { type Layout, parseLayout } from './layout.ts'
import { narrowInt64, scaleVoxels, storedVoxels } from './voxels.ts'

/** How to read. */
export interface ReadNiftiOptions {
  /** What the voxels mean: an image (default), or a label map, which then takes the smallest integer type. */
  readonly kind?: VolumeKind
  /** Most bytes that the voxels may take, as stored or in memory; 2 GiB unless given. A larger file is refused unread. */
  readonly maxBytes?: number
}

/** Bytes behind the voxels that are inflated to reach the gzip stream's checksum. */
const slack = 1024 * 1024

/** deflate makes at most 1032 bytes of one (zlib's technical notes). */
const largestInflation = 1032

/** A file read up to its voxels. */
interface Opened {
  readonly header: NiftiHeader
  readonly layout: Layout
  /** Stands at the first voxel. */
  readonly voxels: ByteReader
  readonly compressed: boolean
  /** Bytes that `voxels` can still give at the very most, where that is known. */
  readonly available: number | undefined
}

/** Checks options before a file is touched, and fills in defaults. */
export function parseReadOptions(options: ReadNiftiOptions): Required<ReadNiftiOptions> {
  const { kind = 'image', maxBytes = 2 ** 31, ...others } = options
  const unknown = Object.keys(others)[0]
  if (unknown !== undefined)
    throw new VoxaugError('invalid-option', `options of readNifti are kind and maxBytes, got ${unknown}.`, {
      option: unknown,
    })
  if (kind !== 'image' && kind !== 'label')
    throw new VoxaugError('invalid-option', `kind must be 'image' or 'label', got ${show(kind)}.`, {
      option: 'kind',
      received: kind,
    })
  if (!(typeof maxBytes === 'number' && maxBytes > 0))
    throw new VoxaugError('invalid-option', `maxBytes must be a number above 0, got ${show(maxBytes)}.`, {
      option: 'maxBytes',
      received: maxBytes,
    })
  return { kind, maxBytes }
}

/** Reads a volume from a file's bytes and closes them. */
export async function readVolume(
  reader: ByteReader,
  options: Required<ReadNiftiOptions>,
  gunzip: Gunzip,
): Promise<Volume> {
  return opened(reader, gunzip, async (file) => {
    const { layout, header } = file
    const { kind, maxBytes } = options
    const bytes = layout.voxels * layout.bytesPerVoxel
    const scaled = header.slope !== 1 || header.intercept !== 0
    const bytesInMemory = scaled && kind === 'image' ? layout.voxels * 4 : bytes
    if (Math.max(bytes, bytesInMemory) > maxBytes) {
      const size = Math.max(bytes, bytesInMemory)
      throw new VoxaugError(
        'too-large',
        `voxels must take at most ${maxBytes} bytes (maxBytes), got ${layout.dim.join(' × ')} of ${layout.dtype}, ${size} bytes.`,
        { option: 'maxBytes', received: size },
      )
    }
    if (file.available !== undefined && file.available < bytes) truncated(bytes, file.available, file.compressed)
    const buffer = allocate(bytes)
    const got = await file.voxels.read(new Uint8Array(buffer))
    if (got < bytes) truncated(bytes, got, false)
    const warnings = [...header.warnings]
    if (file.compressed && (await skip(file.voxels, slack)) === slack) {
      warnings.push({
        code: 'checksum-unverified',
        message: `more than ${slack} bytes follow the voxels; they and the checksum behind them were not read.`,
        path: '',
      })
    }
    const stored = storedVoxels(buffer, layout, !scaled)
    return volume({
      data:
        kind === 'label'
          ? labelVoxels(stored, header.slope, header.intercept, layout.shape)
          : scaled
            ? scaleVoxels(stored, header.slope, header.intercept, layout.shape)
            : layout.dtype === 'int64' || layout.dtype === 'uint64'
              ? narrowInt64(stored as Float64Array<ArrayBuffer>)
              : stored,
      shape: layout.shape,
      channels: layout.channels,
      affine: header.affine,
      kind,
      warnings,
    })
  })
}

/** Reads a file's header and closes it. */
export const readHeader = (reader: ByteReader, gunzip: Gunzip): Promise<NiftiHeader> =>
  opened(reader, gunzip, async ({ header }) => header)

async function opened<T>(reader: ByteReader, gunzip: Gunzip, use: (file: Opened) => Promise<T>): Promise<T> {
  let source = reader
  try {
    const start = await readUpTo(source, 2)
    const compressed = start[0] === 0x1f && start[1] === 0x8b
    source = withHead(start, source)
    if (compressed) source = checked(gunzip(source))
    const head = await readUpTo(source, 544)
    const warnings: Warning[] = []
    const warn = (code: string, message: string) => void warnings.push({ code, message, path: '' })
    const layout = parseLayout(head, warn)
    const fields = parseHeader(head, layout, warn)
    source = withHead(head.subarray(layout.headerBytes), source)
    const extensions = await readExtensions(source, layout, warn)
    const size = reader.size === undefined ? undefined : compressed ? reader.size * largestInflation : reader.size
    const available = size === undefined ? undefined : Math.max(0, size - layout.voxelOffset)
    return await use({ header: { ...fields, extensions, warnings }, layout, voxels: source, compressed, available })
  } finally {
    await source.close()
  }
}

/** A decompressor's reader whose errors are ours. */
function checked(inflated: ByteReader): ByteReader {
  return {
    ...inflated,
    read: (target) =>
      inflated.read(target).catch((cause: unknown) => {
        throw isVoxaugError(cause)
          ? cause
          : new VoxaugError(
              'invalid-gzip',
              'the gzip stream is damaged or cut short: its codes, length or checksum do not hold.',
              { cause },
            )
      }),
  }
}

function truncated(expected: number, got: number, atMost: boolean): never {
  throw new VoxaugError(
    'truncated',
    `data is truncated: expected ${expected} bytes, got ${atMost ? 'at most ' : ''}${got}.`,
    { received: got },
  )
}

function allocate(bytes: number): ArrayBuffer {
  try {
    return new ArrayBuffer(bytes)
  } catch (cause) {
    throw new VoxaugError('too-large', `voxels must fit in memory, got ${bytes} bytes.`, { received: bytes, cause })
  }
}
