import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { Volume } from '@voxaug/core'
import { readVolume, readVolumeHeader, type VolumeHeader } from '@voxaug/io/node'
import type { Given } from './arguments.ts'
import { table } from './help.ts'
import type { Output } from './main.ts'
import { oneLine } from './one-line.ts'
import { printJson } from './print-json.ts'
import { printWarnings } from './warnings.ts'

/** `voxaug info`: reads the header and, unless told otherwise, every voxel up to the checksum. */
export async function info(given: Given, { stdout, stderr }: Output): Promise<void> {
  const file = given.positionals[0]!
  const [first, second] = await twice(file)
  const header = await readVolumeHeader(first)
  const volume = given.has('header') ? undefined : await readVolume(second)
  const { warnings } = volume ?? header
  printWarnings(stderr, file, warnings)
  const { format, shape, channels, dtype, orientation, spacingMm } = header
  if (given.has('json')) {
    const plain = warnings.map(({ code, message }) => ({ code, message }))
    const affine = rowsOf(header)
    const json = { file, format, shape, channels, dtype, affine, orientation, spacingMm, warnings: plain }
    return void stdout.write(`${printJson(json)}\n`)
  }
  stdout.write(
    `${oneLine(file)}\n${describe(header, volume)
      .map((line) => `  ${line}\n`)
      .join('')}`,
  )
}

/** A file to be read twice: a pipe gives its bytes once. */
async function twice(
  path: string,
): Promise<readonly [string | ReadableStream<Uint8Array>, string | ReadableStream<Uint8Array>]> {
  const found = await stat(path).catch(() => undefined)
  return found?.isFIFO() ? (Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>).tee() : [path, path]
}

function describe(header: VolumeHeader, volume: Volume | undefined): readonly string[] {
  const { format, byteOrder, shape, channels, dtype, slope, intercept, orientation, spacingMm } = header
  const shift = intercept === 0 ? '' : ` ${intercept < 0 ? '-' : '+'} ${short(Math.abs(intercept))}`
  const scaled = slope !== 1 || intercept !== 0 ? `, value = stored × ${short(slope)}${shift}` : ''
  const size = spacingMm.map((mm, axis) => short(mm * shape[axis]!))
  const columns = [0, 1, 2, 3].map((column) => rowsOf(header).map((row) => element(row[column]!)))
  const widths = columns.map((column) => Math.max(...column.map((text) => text.length)))
  const affine = [0, 1, 2, 3].map((row) => columns.map((column, n) => column[row]!.padStart(widths[n]!)).join('  '))
  const lines = table([
    ['format', `${format}, ${byteOrder}-endian`],
    ['shape', `${shape.join(' × ')} voxels${channels > 1 ? `, ${channels} channels` : ''}`],
    ['spacing', `${spacingMm.map(short).join(' × ')} mm`],
    ['size', `${size.join(' × ')} mm`],
    ['orientation', orientation],
    ['dtype', `${dtype}${scaled}`],
    ...(volume ? [['values', valuesOf(volume)] as const] : []),
    ['affine', 'affineFrom' in header ? `from ${header.affineFrom}` : 'to RAS+ millimetres'],
  ])
  return [...lines, ...affine.map((row) => `  ${row}`)]
}

const rowsOf = ({ affine }: VolumeHeader): readonly (readonly number[])[] =>
  [0, 4, 8, 12].map((at) => affine.slice(at, at + 4))

/** The range of the finite values, and how many others there are. */
function valuesOf({ data }: Volume): string {
  let [min, max, others] = [Infinity, -Infinity, 0]
  for (let n = 0; n < data.length; n++) {
    const value = data[n]!
    if (value - value !== 0) others++
    else {
      if (value < min) min = value
      if (value > max) max = value
    }
  }
  const range = others === data.length ? 'none finite' : `${short(min)} … ${short(max)}`
  return others > 0 ? `${range}; NaN or infinite: ${others}` : range
}

/** Six digits, which tell spacings of float32 apart from their rounding. */
const short = (value: number): string => String(Number(value.toPrecision(6)))

/** An element of an affine: as `short`, but without a rotation's residue of 1e-17. */
const element = (value: number): string => short(Number(value.toFixed(5)) || 0)
