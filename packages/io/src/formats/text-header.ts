import { VoxaugError } from '@voxaug/core'
import { type ByteReader, readUpTo, withHead } from '../byte-reader.ts'
import { invalid, type Warn } from '../layout.ts'

/** Most bytes of a header: segmentations describe each of their labels in a kilobyte or two. */
const longestHeader = 1024 * 1024

/** A header of text lines, and the bytes behind it. */
export interface TextHeader {
  /** Without their ends. */
  readonly lines: readonly string[]
  /** Bytes of the header. */
  readonly length: number
  /** Stands behind the header. */
  readonly rest: ByteReader
}

/**
 * Reads lines up to the one that `isLast` is true of, or to the end of the file.
 * @throws VoxaugError `invalid-header` where none comes within a megabyte
 */
export async function readLines(bytes: ByteReader, isLast: (line: string) => boolean): Promise<TextHeader> {
  const decoder = new TextDecoder()
  const lines: string[] = []
  let held: Uint8Array = new Uint8Array()
  let start = 0
  const take = (end: number) => {
    const line = decoder.decode(held.subarray(start, held[end - 1] === 0x0d && end > start ? end - 1 : end))
    lines.push(line)
    start = Math.min(end + 1, held.length)
    return isLast(line)
  }
  for (let size = 4096; size <= longestHeader; size *= 2) {
    const more = await readUpTo(bytes, size - held.length)
    const over = more.length < size - held.length
    const both = new Uint8Array(held.length + more.length)
    both.set(held)
    both.set(more, held.length)
    held = both
    for (let end = held.indexOf(0x0a, start); end >= 0; end = held.indexOf(0x0a, start)) {
      if (take(end)) return { lines, length: start, rest: withHead(held.subarray(start), bytes) }
    }
    if (!over) continue
    if (start < held.length) take(held.length)
    return { lines, length: held.length, rest: bytes }
  }
  throw new VoxaugError('invalid-header', `the header must end within ${longestHeader} bytes.`)
}

/** The words of a text between blanks and the separators given. */
export function wordsOf(text: string, separators = ''): readonly string[] {
  const words: string[] = []
  let word = ''
  for (const char of text) {
    if (char !== ' ' && char !== '\t' && !separators.includes(char)) word += char
    else if (word !== '') {
      words.push(word)
      word = ''
    }
  }
  if (word !== '') words.push(word)
  return words
}

/** Warns of lines that say nothing, once for all; not what they say, which may name the patient. */
export function warnOfLines(numbers: readonly number[], what: string, warn: Warn): void {
  if (numbers.length === 0) return
  const more = numbers.length > 1 ? `, and ${numbers.length - 1} more,` : ''
  const [is, was] = numbers.length > 1 ? ['are', 'they were'] : ['is', 'it was']
  warn('header-line', `line ${numbers[0]} of the header${more} ${is} ${what}; ${was} ignored.`)
}

/** A decimal number, as C's strtod reads it; undefined for any other text. */
export function numberOf(word: string): number | undefined {
  if (word.length > 64) return undefined
  const lower = word.toLowerCase()
  const sign = lower.startsWith('-') ? -1 : 1
  const bare = lower.startsWith('-') || lower.startsWith('+') ? lower.slice(1) : lower
  if (bare === 'nan') return Number.NaN
  if (bare === 'inf' || bare === 'infinity') return sign * Number.POSITIVE_INFINITY
  if (bare.startsWith('-') || bare.startsWith('+')) return undefined
  for (const char of bare) if (!'0123456789.e+-'.includes(char)) return undefined
  const value = bare === '' ? Number.NaN : Number(bare)
  return Number.isNaN(value) ? undefined : sign * value
}

/** The numbers of a field, of which there must be `count`. */
export function numbersOf(field: string, words: readonly string[], count: number): readonly number[] {
  const numbers = words.map(numberOf)
  const bad = numbers.indexOf(undefined)
  if (bad >= 0) invalid(`${field} must be numbers`, quoted(words[bad]!))
  if (numbers.length !== count) invalid(`${field} must be ${count} numbers`, numbers.length)
  return numbers as number[]
}

/** A whole number that a field says. */
export function wholeOf(field: string, text: string): number {
  const value = numberOf(text)
  if (value === undefined || !Number.isSafeInteger(value)) invalid(`${field} must be a whole number`, quoted(text))
  return value
}

/** The sizes of axes: whole numbers above 0. */
export function sizesOf(field: string, words: readonly string[], count: number): readonly number[] {
  const sizes = numbersOf(field, words, count)
  const bad = sizes.find((size) => !(Number.isSafeInteger(size) && size > 0))
  if (bad !== undefined)
    invalid(`${field} must be ${count === 1 ? 'a whole number' : 'whole numbers'} above 0 and below 2^53`, bad)
  return sizes
}

/** A word of a header as a message may show it: short, and without what a terminal would obey. */
export const quoted = (text: string): string => {
  const shown = text.slice(0, 40).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '?')
  return `"${shown}${text.length > 40 ? '…' : ''}"`
}

/** Most characters of a file's name that systems take: 255 bytes or UTF-16 units. */
const longestName = 255

/**
 * The name of a data file, which must be in the header's own folder.
 * @throws VoxaugError `unsupported` for any path
 */
export function nameBeside(field: string, text: string): string {
  const name = text.startsWith('./') ? text.slice(2) : text
  const bad = /[\p{Cc}\p{Cf}\u2028\u2029/\\:]/u.test(name) || isReserved(name)
  if (name !== '' && name !== '.' && name !== '..' && !bad && name.length <= longestName) return name
  throw new VoxaugError('unsupported', `${field} must be the name of a file in the same folder, got ${quoted(text)}.`, {
    received: text,
  })
}

/** Whether Windows takes a name for a device, or drops its end. */
const isReserved = (name: string): boolean => /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name) || /[. ]$/.test(name)
