import { type DType, VoxaugError, type VoxelArray, type Warning } from '@voxaug/core'
import { type ByteReader, skip } from '../byte-reader.ts'
import { mostInflated, reachChecksum } from '../compressed.ts'
import { invalid, type Warn } from '../layout.ts'
import type { ParsedReadOptions } from '../read.ts'
import { truncated } from '../truncated.ts'
import { encodeVoxels } from './encode-voxels.ts'
import type { Format, Platform, Source } from './format.ts'
import { isLastLine, type MetaHeader, parseMeta } from './meta-header.ts'
import { byteLengthOf, opened, readVoxels } from './read-voxels.ts'
import { inflated, limited } from './streams.ts'
import { readLines } from './text-header.ts'
import { columnOf, lps } from './world.ts'

const names: readonly (readonly [DType, string])[] = [
  ['int8', 'MET_CHAR'],
  ['uint8', 'MET_UCHAR'],
  ['int16', 'MET_SHORT'],
  ['uint16', 'MET_USHORT'],
  ['int32', 'MET_INT'],
  ['uint32', 'MET_UINT'],
  ['float32', 'MET_FLOAT'],
  ['float64', 'MET_DOUBLE'],
]

/** Keys that a header may begin with. */
const firstKeys = ['ObjectType', 'ObjectSubType', 'NDims', 'Comment', 'BinaryData', 'TransformType']

/**
 * ITK's MetaImage, with its voxels behind the header (`.mha`) or, where there are folders, in a file beside it (`.mhd`). Written as
 * `.mha`, not compressed.
 * @see https://itk.org/Wiki/MetaIO/Documentation; what it leaves open is as ITK 5.4 reads
 */
export const metaImage: Format = {
  name: 'MetaImage',
  endings: { '.mha': 'nothing' },
  readEndings: ['.mhd'],
  matches(head) {
    const start = new TextDecoder('latin1').decode(head.slice(0, 64)).trimStart()
    return firstKeys.some((key) => start.startsWith(key) && start.slice(key.length).trimStart().startsWith('='))
  },
  async open(source, platform) {
    const warnings: Warning[] = []
    const warn: Warn = (code, message) => void warnings.push({ code, message, path: '' })
    const { lines, length, rest } = await readLines(source.bytes, isLastLine)
    const header = parseMeta(lines, warn)
    const attached: Data = { bytes: rest, at: length, size: source.most }
    return opened('MetaImage', { ...header, warnings }, (options) =>
      header.dataFile === undefined
        ? readData(attached, header, source.compressed, options, platform, warn)
        : readBeside(header.dataFile, header, options, platform, warn),
    )
  },
  async write(made, dtype) {
    const {
      dtype: written,
      littleEndian,
      byteLength,
      parts,
    } = encodeVoxels(made, dtype, {
      format: 'MetaImage',
      held: names.map(([name]) => name),
    })
    const { shape, channels, affine, spacingMm } = made
    const directions = [0, 1, 2].map((axis) => columnOf(affine, axis, lps).map((value) => value / spacingMm[axis]!))
    const last = channels > 1
    const header = [
      'ObjectType = Image',
      `NDims = ${last ? 4 : 3}`,
      'BinaryData = True',
      `BinaryDataByteOrderMSB = ${littleEndian ? 'False' : 'True'}`,
      'CompressedData = False',
      `TransformMatrix = ${(last ? [...directions.map((one) => [...one, 0]), [0, 0, 0, 1]] : directions).flat().join(' ')}`,
      `Offset = ${[...columnOf(affine, 3, lps), ...(last ? [0] : [])].join(' ')}`,
      `CenterOfRotation = 0 0 0${last ? ' 0' : ''}`,
      `ElementSpacing = ${spacingMm.join(' ')}${last ? ' 1' : ''}`,
      `DimSize = ${shape.join(' ')}${last ? ` ${channels}` : ''}`,
      `ElementType = ${names.find(([name]) => name === written)![1]}`,
      'ElementDataFile = LOCAL',
      '',
    ]
    return { header: new TextEncoder().encode(header.join('\n')), voxels: { byteLength, parts } }
  },
}

/** A file that has voxels. */
interface Data {
  readonly bytes: ByteReader
  /** Byte at which `bytes` stands. */
  readonly at: number
  /** Bytes of the file at the very most, where that is known. */
  readonly size: number | undefined
}

async function readBeside(
  name: string,
  header: MetaHeader,
  options: ParsedReadOptions,
  platform: Platform,
  warn: Warn,
): Promise<VoxelArray> {
  if (!platform.beside)
    throw new VoxaugError(
      'unsupported',
      'this is a header whose voxels are in another file, which can be read from a path in Node alone. Save it as a single .mha file.',
    )
  const bytes = await platform.beside(name)
  try {
    return await readData({ bytes, at: 0, size: bytes.size }, header, false, options, platform, warn)
  } finally {
    await bytes.close()
  }
}

async function readData(
  { bytes, at, size }: Data,
  { stored, compressed, compressedSize, headerSize }: MetaHeader,
  inGzip: Source['compressed'],
  options: ParsedReadOptions,
  platform: Platform,
  warn: Warn,
): Promise<VoxelArray> {
  const length = compressed ? compressedSize : byteLengthOf(stored)
  const start = headerSize === 0 ? at : headerSize > 0 ? headerSize : fromEnd(inGzip ? undefined : size, length)
  if (start < at) invalid(`HeaderSize must be at least the header's ${at} bytes where the voxels follow it`, start)
  await skip(bytes, start - at)
  const left = size === undefined ? undefined : Math.max(0, size - start)
  if (!compressed) {
    const voxels = await readVoxels(bytes, left, stored, options, inGzip)
    if (inGzip) await reachChecksum(bytes, warn, options.region ? 'region' : 'voxels')
    return voxels
  }
  if (inGzip) throw new VoxaugError('unsupported', 'a file must be compressed once, got zlib inside gzip.')
  if (length !== undefined && left !== undefined && left < length) truncated(length, left)
  // Not again: that would start at the file's first byte.
  const part = limited(bytes, length ?? Number.POSITIVE_INFINITY)
  const stream = await inflated(part, platform)
  try {
    const voxels = await readVoxels(stream, mostInflated(length ?? left), stored, options, true)
    await reachChecksum(stream, warn, options.region ? 'region' : 'voxels')
    return voxels
  } finally {
    await stream.close()
  }
}

/** Where voxels begin that end the file. */
function fromEnd(size: number | undefined, length: number | undefined): number {
  if (size !== undefined && length !== undefined) return Math.max(0, size - length)
  throw new VoxaugError(
    'unsupported',
    'HeaderSize must be at least 0 where the length of the file or of its compressed voxels is not known, got -1.',
  )
}
