import {
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
import { checkedStream, isGzip, mostInflated, reachChecksum } from './compressed.ts'
import { readExtensions } from './extensions.ts'
import type { Gunzip } from './gunzip.ts'
import { type NiftiHeader, parseHeader } from './header.ts'
import { keptVoxels } from './kept-voxels.ts'
import { type Layout, parseLayout, type Warn } from './layout.ts'
import { checkInside, parseRegion, type Region, readRegion } from './region.ts'
import { isScaled } from './scaling.ts'
import { truncated } from './truncated.ts'
import { voxelSink } from './voxel-sink.ts'
import { voxelName } from './voxels.ts'
import { checkRecord } from './write-options.ts'

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

/** A file, inflated where it is compressed. */
export interface Inflated {
  readonly bytes: ByteReader
  readonly compressed: boolean
  /** Bytes in it at the very most, where that is known. */
  readonly atMost: number | undefined
}

/** Checks options before a file is touched, and fills in defaults. */
export function parseReadOptions(
  options: ReadNiftiOptions,
  defaultMaxBytes: number,
  reader: 'readNifti' | 'readVolume',
): ParsedReadOptions {
  checkRecord(options)
  const { kind = 'image', maxBytes = defaultMaxBytes, region, ...others } = options
  const unknown = Object.keys(others)[0]
  if (unknown !== undefined)
    throw new VoxaugError('invalid-option', `options of ${reader} are kind, maxBytes and region, got ${unknown}.`, {
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

/** A file whose header was read, and whose voxels can be read once. */
export interface OpenNifti {
  readonly header: NiftiHeader
  read(options: ParsedReadOptions): Promise<Volume>
}

/** Reads a volume from a file's bytes and closes them; of a pair, `reader` has the header and `openVoxels` the rest. */
export const readVolume = (
  reader: ByteReader,
  options: ParsedReadOptions,
  gunzip: Gunzip,
  openVoxels?: OpenVoxels,
): Promise<Volume> =>
  inflating(reader, undefined, gunzip, async (file) => (await openNifti(file, gunzip, openVoxels)).read(options))

/** Reads a file's header and closes it; that of a pair too where `openVoxels` is given, which is not called. */
export const readHeader = (reader: ByteReader, gunzip: Gunzip, openVoxels?: OpenVoxels): Promise<NiftiHeader> =>
  inflating(reader, undefined, gunzip, async (file) => (await openNifti(file, gunzip, openVoxels)).header)

/** Reads the header of a file that its caller closes. */
export async function openNifti(file: Inflated, gunzip: Gunzip, openVoxels?: OpenVoxels): Promise<OpenNifti> {
  const { header, layout, rest } = await parseHead(file.bytes, openVoxels !== undefined)
  return {
    header,
    async read(options) {
      checkSize(header, layout, options)
      if (!layout.apart || !openVoxels) return readVoxels({ ...file, bytes: rest }, header, layout, options)
      const warnings = [...header.warnings]
      if (file.compressed) await reachChecksum(rest, warnInto(warnings), 'header')
      const { reader: image, compressed } = await openVoxels()
      return inflating(image, compressed, gunzip, async (voxels) => {
        await skip(voxels.bytes, layout.voxelOffset)
        return readVoxels(voxels, { ...header, warnings }, layout, options)
      })
    },
  }
}

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
    const compressed = said ?? isGzip(start)
    bytes = withHead(start, bytes)
    if (compressed) bytes = checkedStream(gunzip(bytes), 'gzip')
    const atMost = compressed ? mostInflated(reader.size) : reader.size
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
  const warn = warnInto(warnings)
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
  const nameOf = (index: number) => voxelName(index, shape, region.start)
  const made = { ...layout, count: voxelsOf(shape) * layout.channels, kind, scaling: header, nameOf }
  const sink = voxelSink(made)
  const { at, whole } = await readRegion(file.bytes, sink, layout, region)
  if (!whole) truncated(declared, at)
  const warnings = [...header.warnings]
  const part = voxelsOf(shape) < voxelsOf(layout.shape) ? 'region' : 'voxels'
  if (file.compressed) await reachChecksum(file.bytes, warnInto(warnings), part)
  return volume({
    data: await keptVoxels(sink.voxels, made),
    shape,
    channels: layout.channels,
    affine: shiftOrigin(header.affine, region.start),
    kind,
    warnings,
  })
}

const warnInto =
  (warnings: Warning[]): Warn =>
  (code, message) =>
    void warnings.push({ code, message, path: '' })
