import {
  isVoxaugError,
  shiftOrigin,
  show,
  type Volume,
  type VolumeKind,
  VoxaugError,
  volume,
  voxelsOf,
  type Warning,
} from '@voxaug/core'
import { type ByteReader, readUpTo, skip, withHead } from './byte-reader.ts'
import { readExtensions } from './extensions.ts'
import type { Gunzip } from './gunzip.ts'
import { type NiftiHeader, parseHeader } from './header.ts'
import { labelVoxels } from './label.ts'
import { type Layout, parseLayout } from './layout.ts'
import { checkInside, parseRegion, type Region, readRegion } from './region.ts'
import { narrowInt64, scaleVoxels, storedVoxels } from './voxels.ts'

/** How to read. */
export interface ReadNiftiOptions {
  /** What the voxels mean: an image (default), or a label map, which then takes the smallest integer type. */
  readonly kind?: VolumeKind
  /**
   * Most bytes that the voxels may take, as stored or in memory; unless given, 2 GiB in Node and 1 GiB from `@voxaug/io`. A
   * larger file is refused unread.
   */
  readonly maxBytes?: number
  /**
   * The part to read: `{ start: [i, j, k], size: [nx, ny, nz] }` in voxels, all channels; the rest of an uncompressed file is not
   * read. World points keep their place.
   */
  readonly region?: Region
}

/** Options checked, with defaults. */
export interface ParsedReadOptions {
  readonly kind: VolumeKind
  readonly maxBytes: number
  readonly region?: Region | undefined
}

/** Opens the .img of a pair, and says whether it is compressed: its first bytes may be any. */
export type OpenVoxels = () => Promise<{ readonly reader: ByteReader; readonly compressed: boolean }>

/** Bytes behind the voxels that are inflated to reach the gzip stream's checksum. */
const slack = 1024 * 1024

/** deflate makes at most 1032 bytes of one (zlib's technical notes). */
const largestInflation = 1032

/** A file, inflated where it is compressed. */
interface Inflated {
  readonly bytes: ByteReader
  readonly compressed: boolean
  /** Bytes in it at the very most, where that is known. */
  readonly atMost: number | undefined
}

/** Checks options before a file is touched, and fills in defaults. */
export function parseReadOptions(options: ReadNiftiOptions, defaultMaxBytes = 2 ** 31): ParsedReadOptions {
  const { kind = 'image', maxBytes = defaultMaxBytes, region, ...others } = options
  const unknown = Object.keys(others)[0]
  if (unknown !== undefined)
    throw new VoxaugError('invalid-option', `options of readNifti are kind, maxBytes and region, got ${unknown}.`, {
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
  return { kind, maxBytes, region: region === undefined ? undefined : parseRegion(region) }
}

/** Reads a volume from a file's bytes and closes them; of a pair, `reader` has the header and `openVoxels` the rest. */
export async function readVolume(
  reader: ByteReader,
  options: ParsedReadOptions,
  gunzip: Gunzip,
  openVoxels?: OpenVoxels,
): Promise<Volume> {
  return inflating(reader, undefined, gunzip, async (file) => {
    const { header, layout, rest } = await parseHead(file.bytes, openVoxels !== undefined)
    checkSize(header, layout, options)
    if (!layout.apart || !openVoxels) return readVoxels({ ...file, bytes: rest }, header, layout, options)
    const warnings = [...header.warnings, ...(await passEnd({ ...file, bytes: rest }, 'header'))]
    const { reader: image, compressed } = await openVoxels()
    return inflating(image, compressed, gunzip, async (voxels) => {
      await skip(voxels.bytes, layout.voxelOffset)
      return readVoxels(voxels, { ...header, warnings }, layout, options)
    })
  })
}

/** Reads a file's header and closes it; that of a pair too with `mayBePair`. */
export const readHeader = (reader: ByteReader, gunzip: Gunzip, mayBePair = false): Promise<NiftiHeader> =>
  inflating(reader, undefined, gunzip, async ({ bytes }) => (await parseHead(bytes, mayBePair)).header)

/** Runs `use` on a file's bytes, inflated where it is compressed: as said, else as its first two bytes say. Closes it. */
async function inflating<T>(
  reader: ByteReader,
  said: boolean | undefined,
  gunzip: Gunzip,
  use: (file: Inflated) => Promise<T>,
): Promise<T> {
  let bytes = reader
  try {
    const start = await readUpTo(bytes, 2)
    const compressed = said ?? (start[0] === 0x1f && start[1] === 0x8b)
    bytes = withHead(start, bytes)
    if (compressed) bytes = checked(gunzip(bytes))
    const atMost = reader.size === undefined ? undefined : compressed ? reader.size * largestInflation : reader.size
    return await use({ bytes, compressed, atMost })
  } finally {
    await bytes.close()
  }
}

/** Reads a header; `rest` stands at what follows its extensions. */
async function parseHead(
  bytes: ByteReader,
  mayBePair: boolean,
): Promise<{ readonly header: NiftiHeader; readonly layout: Layout; readonly rest: ByteReader }> {
  const head = await readUpTo(bytes, 544)
  const warnings: Warning[] = []
  const warn = (code: string, message: string) => void warnings.push({ code, message, path: '' })
  const layout = parseLayout(head, warn, mayBePair)
  const fields = parseHeader(head, layout, warn)
  const rest = withHead(head.subarray(layout.headerBytes), bytes)
  const extensions = await readExtensions(rest, layout, warn)
  return { header: { ...fields, extensions, warnings }, layout, rest }
}

/** Refuses, before memory is taken, a region outside and more bytes than allowed. */
function checkSize(header: NiftiHeader, layout: Layout, { kind, maxBytes, region }: ParsedReadOptions): void {
  if (region) checkInside(region, layout.shape)
  const dim = region ? [...region.size, ...layout.dim.slice(3)] : layout.dim
  const voxels = dim.reduce((product, size) => product * size, 1)
  const size =
    voxels * (isScaled(header) && kind === 'image' ? Math.max(4, layout.bytesPerVoxel) : layout.bytesPerVoxel)
  if (size <= maxBytes) return
  throw new VoxaugError(
    'too-large',
    `voxels must take at most ${maxBytes} bytes (maxBytes), got ${dim.join(' × ')} of ${layout.dtype}, ${size} bytes.`,
    { option: 'maxBytes', received: size },
  )
}

const isScaled = ({ slope, intercept }: NiftiHeader): boolean => slope !== 1 || intercept !== 0

/** Makes the volume of voxels, at whose first the file stands. */
async function readVoxels(
  file: Inflated,
  header: NiftiHeader,
  layout: Layout,
  { kind, region = { start: [0, 0, 0], size: layout.shape } }: ParsedReadOptions,
): Promise<Volume> {
  const declared = layout.voxels * layout.bytesPerVoxel
  if (file.atMost !== undefined) {
    const available = Math.max(0, file.atMost - layout.voxelOffset)
    if (available < declared) truncated(declared, available, file.compressed)
  }
  const shape = region.size
  const buffer = allocate(voxelsOf(shape) * layout.channels * layout.bytesPerVoxel)
  const { at, whole } = await readRegion(file.bytes, new Uint8Array(buffer), layout, region)
  if (!whole) truncated(declared, at, false)
  const warnings = [
    ...header.warnings,
    ...(await passEnd(file, voxelsOf(shape) < voxelsOf(layout.shape) ? 'region' : 'voxels')),
  ]
  const { slope, intercept } = header
  const stored = storedVoxels(buffer, layout, !isScaled(header), region.start)
  return volume({
    data:
      kind === 'label'
        ? labelVoxels(stored, slope, intercept, shape, region.start)
        : isScaled(header)
          ? scaleVoxels(stored, slope, intercept, shape, region.start)
          : layout.dtype === 'int64' || layout.dtype === 'uint64'
            ? narrowInt64(stored as Float64Array<ArrayBuffer>)
            : stored,
    shape,
    channels: layout.channels,
    affine: shiftOrigin(header.affine, region.start),
    kind,
    warnings,
  })
}

/** Inflates what follows the part that was asked for, up to the checksum, which the decompressor verifies; warns where that is far. */
async function passEnd(
  { bytes, compressed }: Inflated,
  part: 'header' | 'voxels' | 'region',
): Promise<readonly Warning[]> {
  if (!compressed || (await skip(bytes, slack)) < slack) return []
  const message = `more than ${slack} bytes follow the ${part}; they and the checksum behind them were not read.`
  return [{ code: 'checksum-unverified', message, path: '' }]
}

/** A decompressor's reader whose errors are ours. */
function checked(inflated: ByteReader): ByteReader {
  return {
    ...inflated,
    read: (target) => inflated.read(target).catch(damaged),
    skip: (count) => skip(inflated, count).catch(damaged),
  }
}

function damaged(cause: unknown): never {
  if (isVoxaugError(cause)) throw cause
  const message = 'the gzip stream is damaged or cut short: its codes, length or checksum do not hold.'
  throw new VoxaugError('invalid-gzip', message, { cause })
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
