import { arrayOf, VoxaugError, type VoxelArray, voxelsOf } from '@voxaug/core'
import { breather } from '../breathe.ts'
import { type ByteReader, readerOf, readUpTo } from '../byte-reader.ts'
import { integerRange } from '../cast.ts'
import type { ParsedReadOptions } from '../read.ts'
import { hostIsLittleEndian } from '../voxels.ts'
import { byteLengthOf, readVoxels, type Stored } from './read-voxels.ts'
import { numberOf, quoted } from './text-header.ts'

const chunk = 65_536

/** Longest number in a text: %.17g takes 24 characters. */
const longestNumber = 64

/**
 * Reads voxels written as decimal numbers between blanks, commas or ends of lines.
 * @throws VoxaugError `truncated`, `too-large`, `unsupported`, `out-of-range`, `invalid-header`
 */
export async function readNumbers(bytes: ByteReader, stored: Stored, options: ParsedReadOptions): Promise<VoxelArray> {
  byteLengthOf(stored, options.maxBytes)
  const { dtype, shape, inner, outer } = stored
  if (dtype === 'int64' || dtype === 'uint64')
    throw new VoxaugError('unsupported', `text must be of types up to 32 bits or double, got ${dtype}.`, {
      received: dtype,
    })
  const range = integerRange(dtype)
  const voxels = voxelsOf(shape)
  const count = voxels * inner * outer
  const Voxels = arrayOf(dtype)
  const breathe = breather()
  let values = new Voxels(Math.min(count, chunk))
  let filled = 0
  let word = ''
  const put = () => {
    const value = numberOf(word)
    if (value === undefined) throw new VoxaugError('invalid-header', `voxels must be numbers, got ${quoted(word)}.`)
    if (range && !(Number.isInteger(value) && value >= range[0] && value <= range[1]))
      throw new VoxaugError('out-of-range', `voxels must be values that ${dtype} holds, got ${quoted(word)}.`, {
        received: value,
      })
    if (Number.isFinite(value) && !Number.isFinite(dtype === 'float32' ? Math.fround(value) : value))
      throw new VoxaugError('out-of-range', `voxels must be values that ${dtype} holds, got ${quoted(word)}.`, {
        received: value,
      })
    if (filled === values.length) {
      // As the text comes: a header must not take memory for numbers that are not there.
      const more = new Voxels(Math.min(count, 2 * filled))
      more.set(values)
      values = more
    }
    values[filled++] = value
    word = ''
  }
  while (filled < count) {
    await breathe()
    const part = await readUpTo(bytes, chunk)
    for (let n = 0; n < part.length && filled < count; n++) {
      const byte = part[n]!
      if (byte > 0x20 && byte !== 0x2c) word += String.fromCharCode(byte)
      else if (word !== '') put()
      if (word.length > longestNumber) put()
    }
    if (part.length > 0) continue
    if (word !== '' && filled < count) put()
    break
  }
  if (filled < count)
    throw new VoxaugError('truncated', `data is truncated: expected ${count} numbers, got ${filled}.`, {
      received: filled,
    })
  return readVoxels(readerOf(values), undefined, { ...stored, littleEndian: hostIsLittleEndian() }, options, false)
}
