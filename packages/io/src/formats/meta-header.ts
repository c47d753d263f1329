import { type Affine, type Shape, type Vec3, VoxaugError } from '@voxaug/core'
import type { NiftiDType } from '../datatypes.ts'
import { widthOf } from '../datatypes.ts'
import { invalid, type Warn } from '../layout.ts'
import type { Stored } from './read-voxels.ts'
import { nameBeside, numberOf, numbersOf, quoted, sizesOf, warnOfLines, wholeOf, wordsOf } from './text-header.ts'
import { affineOf, lps } from './world.ts'

/** What the header of a MetaImage says, checked. */
export interface MetaHeader {
  readonly stored: Stored
  readonly affine: Affine
  readonly compressed: boolean
  /** Bytes of the compressed voxels, where the header tells. */
  readonly compressedSize: number | undefined
  /** Byte of the first voxel in its file; 0 is where the header ends, -1 where the voxels end the file. */
  readonly headerSize: number
  /** The file that has the voxels, in the header's folder; undefined where they follow the header. */
  readonly dataFile: string | undefined
}

/** @see ITK's metaTypes.h; MET_LONG is of 4 bytes on every machine */
const types: ReadonlyMap<string, NiftiDType> = /* @__PURE__ */ new Map<string, NiftiDType>([
  ['MET_CHAR', 'int8'],
  ['MET_UCHAR', 'uint8'],
  ['MET_SHORT', 'int16'],
  ['MET_USHORT', 'uint16'],
  ['MET_INT', 'int32'],
  ['MET_UINT', 'uint32'],
  ['MET_LONG', 'int32'],
  ['MET_ULONG', 'uint32'],
  ['MET_LONG_LONG', 'int64'],
  ['MET_ULONG_LONG', 'uint64'],
  ['MET_FLOAT', 'float32'],
  ['MET_DOUBLE', 'float64'],
])

/** Whether a line is the header's last. */
export const isLastLine = (line: string): boolean => keyOf(line) === 'ElementDataFile'

const keyOf = (line: string): string | undefined => {
  const at = line.indexOf('=')
  return at < 0 ? undefined : line.slice(0, at).trim()
}

export function parseMeta(lines: readonly string[], warn: Warn): MetaHeader {
  const fields = fieldsOf(lines, warn)
  const need = (name: string): string => {
    const text = fields.get(name)
    if (text === undefined) throw new VoxaugError('invalid-header', `the header must have the field ${name}.`)
    return text
  }
  const type = fields.get('ObjectType')
  if (type !== undefined && type !== 'Image')
    throw new VoxaugError('unsupported', `ObjectType must be Image, got ${quoted(type)}.`, { received: type })
  if (!flagOf(fields, 'BinaryData', true))
    throw new VoxaugError('unsupported', 'BinaryData must be True, got False (voxels as text).')
  const dimensions = wholeOf('NDims', need('NDims'))
  if (dimensions < 2 || dimensions > 4) invalid('NDims must be 2 … 4', dimensions)
  const [nx = 1, ny = 1, nz = 1, outer = 1] = sizesOf('DimSize', wordsOf(need('DimSize')), dimensions)
  const channels = fields.get('ElementNumberOfChannels') ?? '1'
  const [inner = 1] = sizesOf('ElementNumberOfChannels', wordsOf(channels), 1)
  const dtype = typeOf(need('ElementType'))
  const size = fields.get('CompressedDataSize')
  for (const name of ['ElementToIntensityFunctionSlope', 'ElementToIntensityFunctionOffset']) {
    const text = fields.get(name)
    if (text !== undefined && numberOf(text) !== Number(name.endsWith('Slope')))
      warn('intensity-function', `${name} says ${quoted(text)}; voxels were taken as stored, as ITK does.`)
  }
  return {
    stored: {
      shape: [nx, ny, nz] as Shape,
      inner,
      outer,
      dtype,
      littleEndian: !isBigEndian(fields, widthOf(dtype) > 1, warn),
    },
    affine: placeOf(fields, dimensions, warn),
    compressed: flagOf(fields, 'CompressedData', false),
    compressedSize: size === undefined ? undefined : sizesOf('CompressedDataSize', wordsOf(size), 1)[0],
    headerSize: headerSizeOf(fields.get('HeaderSize')),
    dataFile: dataFileOf(need('ElementDataFile')),
  }
}

function fieldsOf(lines: readonly string[], warn: Warn): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  const ignored: number[] = []
  for (const [n, line] of lines.entries()) {
    const key = keyOf(line)
    if (line.trim() === '' || line.startsWith('#')) continue
    if (key === undefined) {
      ignored.push(n + 1)
      continue
    }
    if (fields.has(key) && key !== 'Comment') invalid('fields must stand once', quoted(key))
    fields.set(key, line.slice(line.indexOf('=') + 1).trim())
  }
  warnOfLines(ignored, 'no field', warn)
  return fields
}

/** As MetaIO: what begins with T, t or 1 is true. */
function flagOf(fields: ReadonlyMap<string, string>, name: string, otherwise: boolean): boolean {
  const text = fields.get(name)
  return text === undefined || text === '' ? otherwise : 'Tt1'.includes(text[0]!)
}

function isBigEndian(fields: ReadonlyMap<string, string>, matters: boolean, warn: Warn): boolean {
  const names = ['BinaryDataByteOrderMSB', 'ElementByteOrderMSB']
  const name = names.find((one) => fields.has(one))
  if (name !== undefined) return flagOf(fields, name, false)
  if (matters) warn('byte-order', `the header has no ${names[0]}; the voxels were taken as little-endian.`)
  return false
}

function typeOf(text: string): NiftiDType {
  // MET_FLOAT_ARRAY is MET_FLOAT with several channels.
  const name = text.endsWith('_ARRAY') ? text.slice(0, -'_ARRAY'.length) : text
  const dtype = types.get(name)
  if (dtype) return dtype
  throw new VoxaugError(
    'unsupported',
    `ElementType must be one of ${[...types.keys()].join(', ')}, got ${quoted(text)}.`,
    {
      received: text,
    },
  )
}

function headerSizeOf(text: string | undefined): number {
  const size = text === undefined ? 0 : wholeOf('HeaderSize', text)
  if (size < -1) invalid('HeaderSize must be at least -1', size)
  return size
}

function dataFileOf(text: string): string | undefined {
  if (['LOCAL', 'Local', 'local'].includes(text)) return undefined
  if (text.includes('%') || wordsOf(text)[0]?.startsWith('LIST'))
    throw new VoxaugError('unsupported', `ElementDataFile must be one file, got several: ${quoted(text)}.`, {
      received: text,
    })
  return nameBeside('ElementDataFile', text)
}

/** The affine, from LPS. The numbers of TransformMatrix are the directions of the axes, one after the other. */
function placeOf(fields: ReadonlyMap<string, string>, dimensions: number, warn: Warn): Affine {
  const first = (names: readonly string[]) => names.find((one) => fields.has(one))
  const matrix = first(['TransformMatrix', 'Rotation', 'Orientation'])
  const offset = first(['Offset', 'Position', 'Origin'])
  const spacing = first(['ElementSpacing', 'ElementSize'])
  const numbers = (name: string | undefined, count: number): readonly number[] | undefined =>
    name === undefined ? undefined : numbersOf(name, wordsOf(fields.get(name)!), count)
  const directions = numbers(matrix, dimensions * dimensions)
  const sizes = numbers(spacing, dimensions)
  const place = numbers(offset, dimensions)
  const unit = fields.get('DistanceUnits')
  if (unit !== undefined && !['mm', '?', ''].includes(unit))
    warn('units', `DistanceUnits says ${quoted(unit)}; the numbers were taken as millimetres.`)
  if (!directions)
    warn(
      'orientation-unknown',
      'the header has no TransformMatrix: left and right are unknown; the axes were taken as left, posterior, superior, as ITK does.',
    )
  const world = Math.min(dimensions, 3)
  const vector = (make: (axis: number) => number): Vec3 => [make(0), make(1), make(2)]
  const step = (axis: number): Vec3 =>
    vector((row) => {
      const direction =
        directions && axis < world && row < world ? directions[axis * dimensions + row]! : Number(axis === row)
      return direction * (axis < world ? (sizes?.[axis] ?? 1) : 1)
    })
  return affineOf(
    [step(0), step(1), step(2)],
    vector((row) => (row < world ? (place?.[row] ?? 0) : 0)),
    lps,
    'TransformMatrix, ElementSpacing and Offset',
  )
}
