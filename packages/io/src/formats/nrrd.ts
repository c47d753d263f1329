import { type DType, VoxaugError, type VoxelArray, type Warning } from '@voxaug/core'
import { type ByteReader, skip } from '../byte-reader.ts'
import { mostInflated, reachChecksum } from '../compressed.ts'
import { maxExtensionBytes } from '../layout.ts'
import type { ParsedReadOptions } from '../read.ts'
import { encodeVoxels } from './encode-voxels.ts'
import type { Format, Platform, Source } from './format.ts'
import { type NrrdHeader, parseNrrd } from './nrrd-header.ts'
import { readNumbers } from './nrrd-text.ts'
import { byteLengthOf, opened, readVoxels } from './read-voxels.ts'
import { from, inflated } from './streams.ts'
import { readLines } from './text-header.ts'
import { columnOf, lps } from './world.ts'

const names: readonly (readonly [DType, string])[] = [
  ['int8', 'signed char'],
  ['uint8', 'unsigned char'],
  ['int16', 'short'],
  ['uint16', 'unsigned short'],
  ['int32', 'int'],
  ['uint32', 'unsigned int'],
  ['float32', 'float'],
  ['float64', 'double'],
]

/** A place from which voxels are read. */
interface Data {
  readonly bytes: ByteReader
  /** Bytes left, where that is known. */
  readonly left: number | undefined
}

/**
 * NRRD, with its voxels behind the header or, where there are folders, in one file beside it. Written with its voxels in gzip, in
 * left, posterior, superior.
 * @see https://teem.sourceforge.net/nrrd/format.html
 */
export const nrrd: Format = {
  name: 'NRRD',
  endings: { '.nrrd': 'voxels' },
  readEndings: ['.nhdr'],
  // NRRD0001 … NRRD0005, and NRRD00.01 before those.
  matches: (head) => [0x4e, 0x52, 0x52, 0x44, 0x30, 0x30].every((byte, n) => head[n] === byte),
  async open(source, platform) {
    const warnings: Warning[] = []
    const warn = (code: string, message: string) => void warnings.push({ code, message, path: '' })
    const { lines, length, rest } = await readLines(source.bytes, (line) => line === '')
    const magic = lines[0]!.trim()
    if (!['NRRD0001', 'NRRD0002', 'NRRD0003', 'NRRD0004', 'NRRD0005', 'NRRD00.01'].includes(magic))
      throw new VoxaugError('unsupported', 'the version must be NRRD0001 … NRRD0005, got another.')
    const header = parseNrrd(lines, warn)
    const most = source.most === undefined ? undefined : source.most - length
    const attached: Data = { bytes: from(length, rest), left: most }
    return opened('NRRD', { ...header, warnings }, (options) =>
      header.dataFile === undefined
        ? readData(attached, header, source, options, platform, warn)
        : readBeside(header.dataFile, header, source, options, platform, warn),
    )
  },
  async write(made, dtype) {
    const voxels = encodeVoxels(made, dtype, { format: 'NRRD', held: names.map(([name]) => name) })
    const { shape, channels, affine } = made
    const last = channels > 1
    const vector = (column: number) => `(${columnOf(affine, column, lps).join(',')})`
    const header = [
      'NRRD0004',
      `type: ${names.find(([name]) => name === voxels.dtype)![1]}`,
      `dimension: ${last ? 4 : 3}`,
      'space: left-posterior-superior',
      `sizes: ${shape.join(' ')}${last ? ` ${channels}` : ''}`,
      `space directions: ${[0, 1, 2].map(vector).join(' ')}${last ? ' none' : ''}`,
      `kinds: domain domain domain${last ? ' list' : ''}`,
      `endian: ${voxels.littleEndian ? 'little' : 'big'}`,
      'encoding: gzip',
      `space origin: ${vector(3)}`,
      '',
      '',
    ]
    return { header: new TextEncoder().encode(header.join('\n')), voxels }
  },
}

async function readBeside(
  name: string,
  header: NrrdHeader,
  source: Source,
  options: ParsedReadOptions,
  platform: Platform,
  warn: (code: string, message: string) => void,
): Promise<VoxelArray> {
  if (!platform.beside)
    throw new VoxaugError(
      'unsupported',
      'this is a header whose voxels are in another file, which can be read from a path in Node alone. Save it as a single .nrrd file.',
    )
  const bytes = await platform.beside(name)
  try {
    return await readData(
      { bytes, left: bytes.size },
      header,
      { ...source, compressed: false },
      options,
      platform,
      warn,
    )
  } finally {
    await bytes.close()
  }
}

async function readData(
  data: Data,
  { stored, encoding, lineSkip, byteSkip }: NrrdHeader,
  { compressed }: Source,
  options: ParsedReadOptions,
  platform: Platform,
  warn: (code: string, message: string) => void,
): Promise<VoxelArray> {
  const lines = await skipLines(data, lineSkip)
  if (encoding === 'gzip') {
    if (compressed) throw new VoxaugError('unsupported', 'a file must be compressed once, got gzip inside gzip.')
    if (byteSkip < 0 || byteSkip > maxExtensionBytes)
      throw new VoxaugError('unsupported', `byte skip must be 0 … ${maxExtensionBytes} in gzip, got ${byteSkip}.`)
    const bytes = await inflated(lines.bytes, platform)
    try {
      await skip(bytes, byteSkip)
      const voxels = await readVoxels(bytes, mostInflated(lines.left), stored, options, true)
      await reachChecksum(bytes, warn, options.region ? 'region' : 'voxels')
      return voxels
    } finally {
      await bytes.close()
    }
  }
  const length = byteLengthOf(stored)
  if (byteSkip < 0 && (compressed || lines.left === undefined))
    throw new VoxaugError(
      'unsupported',
      'byte skip must be at least 0 where the length of the file is not known, got -1.',
    )
  const passed = byteSkip < 0 ? Math.max(0, lines.left! - length) : byteSkip
  await skip(lines.bytes, passed)
  const left = lines.left === undefined ? undefined : lines.left - passed
  const voxels =
    encoding === 'text'
      ? await readNumbers(lines.bytes, stored, options)
      : await readVoxels(lines.bytes, left, stored, options, compressed)
  if (compressed) await reachChecksum(lines.bytes, warn, options.region ? 'region' : 'voxels')
  return voxels
}

/** Passes over lines. */
async function skipLines({ bytes, left }: Data, count: number): Promise<Data> {
  if (count === 0) return { bytes, left }
  let lines = 0
  const { length, rest } = await readLines(bytes, () => ++lines === count)
  return { bytes: from(length, rest), left: left === undefined ? undefined : left - length }
}
