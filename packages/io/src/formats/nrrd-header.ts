import { type Affine, VoxaugError } from '@voxaug/core'
import { type NiftiDType, widthOf } from '../datatypes.ts'
import { invalid, type Warn } from '../layout.ts'
import { axesOf, mostAxes } from './nrrd-axes.ts'
import type { Stored } from './read-voxels.ts'
import { nameBeside, quoted, sizesOf, warnOfLines, wholeOf, wordsOf } from './text-header.ts'

/** What the header of an NRRD file says, checked. */
export interface NrrdHeader {
  readonly stored: Stored
  readonly affine: Affine
  readonly encoding: 'raw' | 'gzip' | 'text'
  readonly lineSkip: number
  /** Bytes before the voxels, inflated ones where they are compressed; -1 where the voxels end the file. */
  readonly byteSkip: number
  /** The file that has the voxels, in the header's folder; undefined where they follow the header. */
  readonly dataFile: string | undefined
}

/** @see teem's format.html, section 5, "type" */
const types: ReadonlyMap<string, NiftiDType> = /* @__PURE__ */ new Map<string, NiftiDType>([
  ...['signed char', 'int8', 'int8_t'].map((name) => [name, 'int8'] as const),
  ...['uchar', 'unsigned char', 'uint8', 'uint8_t'].map((name) => [name, 'uint8'] as const),
  ...['short', 'short int', 'signed short', 'signed short int', 'int16', 'int16_t'].map(
    (name) => [name, 'int16'] as const,
  ),
  ...['ushort', 'unsigned short', 'unsigned short int', 'uint16', 'uint16_t'].map((name) => [name, 'uint16'] as const),
  ...['int', 'signed int', 'int32', 'int32_t'].map((name) => [name, 'int32'] as const),
  ...['uint', 'unsigned int', 'uint32', 'uint32_t'].map((name) => [name, 'uint32'] as const),
  ...['longlong', 'long long', 'long long int', 'signed long long', 'signed long long int', 'int64', 'int64_t'].map(
    (name) => [name, 'int64'] as const,
  ),
  ...['ulonglong', 'unsigned long long', 'unsigned long long int', 'uint64', 'uint64_t'].map(
    (name) => [name, 'uint64'] as const,
  ),
  ['float', 'float32'],
  ['double', 'float64'],
])

const encodings: ReadonlyMap<string, NrrdHeader['encoding']> = /* @__PURE__ */ new Map<string, NrrdHeader['encoding']>([
  ['raw', 'raw'],
  ['gzip', 'gzip'],
  ['gz', 'gzip'],
  ['txt', 'text'],
  ['text', 'text'],
  ['ascii', 'text'],
])

/** The header's lines, its first and the blank last one left out or not. */
export function parseNrrd(lines: readonly string[], warn: Warn): NrrdHeader {
  const fields = fieldsOf(lines, warn)
  const need = (name: string, spelt = name): string => {
    const text = fields.get(name)
    if (text === undefined) throw new VoxaugError('invalid-header', `the header must have the field "${spelt}".`)
    return text
  }
  const dimension = wholeOf('dimension', need('dimension'))
  if (dimension < 1 || dimension > mostAxes) invalid(`dimension must be 1 … ${mostAxes}`, dimension)
  const sizes = sizesOf('sizes', wordsOf(need('sizes')), dimension)
  const dtype = lookUp('type', types, need('type'))
  const encoding = lookUp('encoding', encodings, need('encoding'))
  const axes = axesOf(fields, sizes, warn)
  return {
    stored: { ...axes, dtype, littleEndian: endianOf(fields, widthOf(dtype) > 1 && encoding !== 'text') },
    affine: axes.affine,
    encoding,
    lineSkip: skipOf('line skip', fields.get('lineskip'), 0),
    byteSkip: skipOf('byte skip', fields.get('byteskip'), -1),
    dataFile: dataFileOf(fields.get('datafile')),
  }
}

/** Fields by their name without blanks, as `datafile` is written in both ways. Comments and key/value pairs are left out. */
function fieldsOf(lines: readonly string[], warn: Warn): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  const ignored: number[] = []
  for (const [n, line] of lines.entries()) {
    const colon = line.indexOf(':')
    if (n === 0 || line.startsWith('#') || line.trim() === '' || line[colon + 1] === '=') continue
    if (colon < 0) {
      ignored.push(n + 1)
      continue
    }
    const name = wordsOf(line.slice(0, colon)).join('').toLowerCase()
    if (fields.has(name)) invalid('fields must stand once', quoted(line.slice(0, colon)))
    fields.set(name, line.slice(colon + 1).trim())
  }
  warnOfLines(ignored, 'neither a field nor a comment', warn)
  return fields
}

function lookUp<T>(field: string, known: ReadonlyMap<string, T>, text: string): T {
  const found = known.get(wordsOf(text.toLowerCase()).join(' '))
  if (found !== undefined) return found
  const names = [...new Set(known.values())].join(', ')
  throw new VoxaugError('unsupported', `${field} must be one of ${names}, got ${quoted(text)}.`, { received: text })
}

function endianOf(fields: ReadonlyMap<string, string>, needed: boolean): boolean {
  const endian = fields.get('endian')?.toLowerCase()
  if (endian === 'little' || endian === 'big') return endian === 'little'
  if (needed) invalid('endian must be little or big', endian === undefined ? 'none' : quoted(endian))
  return true
}

function skipOf(field: string, text: string | undefined, least: number): number {
  const value = text === undefined ? 0 : wholeOf(field, text)
  if (value < least) invalid(`${field} must be at least ${least}`, value)
  return value
}

function dataFileOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  if (text.includes('%') || wordsOf(text)[0] === 'LIST')
    throw new VoxaugError('unsupported', `data file must be one file, got several: ${quoted(text)}.`, {
      received: text,
    })
  return nameBeside('data file', text)
}
