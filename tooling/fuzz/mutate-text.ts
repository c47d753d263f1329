import { ascii, type Bytes, joined } from './bytes.ts'
import type { Draw } from './draw.ts'

const starts = ['NRRD', 'ObjectType', 'NDims'].map(ascii)

/** Whether a file has a header of lines, as NRRD and MetaImage do. */
export const isText = (bytes: Bytes): boolean => starts.some((start) => start.every((byte, n) => bytes[n] === byte))

const values = [
  '',
  '0',
  '1',
  '-1',
  '3',
  '16',
  '24',
  '1.5',
  '-0',
  '1e999',
  'nan',
  'inf',
  'none',
  '2147483648',
  '4294967296',
  '9007199254740993',
  '18446744073709551616',
  '0x10',
  '()',
  '(',
  '(0,0,0)',
  '(1,0,0',
  'True',
  'gzip',
  'raw',
  'ascii',
  'hex',
  'bz2',
  'big',
  'LOCAL',
  'LIST',
  '../../etc/passwd',
  '/dev/zero',
  '.',
  'a\0b',
  'format-nrrd-detached.nhdr',
  'format-metaimage-detached.mhd',
  'pair-is-sound.img',
  'file%03d.raw 1 3 1',
  '__proto__',
  'constructor',
  '\x1b[2J',
  '\x9b2J',
  ' '.repeat(3000),
  'a'.repeat(300),
]

/** Changes a line, or a value in one, of a header of lines. */
export function changeText(bytes: Bytes, draw: Draw): Bytes {
  const text = String.fromCharCode(...bytes.subarray(0, 4096))
  const gap = text.indexOf('\n\n')
  const length = gap >= 0 ? gap : Math.max(0, text.lastIndexOf('\n'))
  const lines = text.slice(0, length).split('\n')
  const at = draw.below(lines.length)
  switch (draw.below(6)) {
    case 0:
      lines.splice(at, 1)
      break
    case 1:
      lines.splice(draw.below(lines.length), 0, lines[at]!)
      break
    case 2:
      lines[at] = lines[at]!.replace(/([:=] ?).*/, (_, sign: string) => `${sign}${draw.one(values)}`)
      break
    case 3:
      lines.splice(
        at,
        0,
        `${draw.one(['key', '__proto__', '#', 'sizes', 'DimSize', ''])}${draw.one([': ', ' = ', ':='])}${draw.one(values)}`,
      )
      break
    default: {
      const words = lines[at]!.split(/(?<=[ ,(=:])/)
      words[draw.below(words.length)] = draw.one(values) + draw.one(['', ' ', ',', ')'])
      lines[at] = words.join('')
    }
  }
  return joined(ascii(lines.join(draw.chance(0.05) ? '\r\n' : '\n')), bytes.subarray(length))
}
