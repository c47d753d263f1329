/** For tests: DICOM files written element by element (PS3.5: explicit VR, little endian, uncompressed). */

/** Of a slice; k counts along the normal. */
export interface TestSlice {
  readonly series?: number
  readonly k: number
  /** Millimetres that each slice is shifted along its columns: the gantry's tilt. */
  readonly shiftMm?: number
  readonly samplesPerPixel?: 1 | 3
}

export const columns = 3
export const rows = 4
export const [betweenColumns, betweenRows, betweenSlices] = [0.9, 0.7, 2.5]
/** In DICOM's world, where x grows to the left and y to the back. */
export const alongRow = [0.8, 0.6, 0]
export const alongColumn = [-0.48, 0.64, -0.6]
export const normal = [-0.36, 0.48, 0.8]
export const first = [-10, -20, 30]
export const [slope, intercept] = [2, -1024]

/** The stored value of a voxel: no two alike. */
export const storedAt = (column: number, row: number, k: number) => 100 * k + 10 * row + column

const root = '1.2.826.0.1.3680043.8.498'
const ctImageStorage = '1.2.840.10008.5.1.4.1.1.2'
const explicitLittleEndian = '1.2.840.10008.1.2.1'

type Element = readonly [tag: number, vr: string, value: string | number | Uint8Array]

/** A slice as a file. */
export function testSlice({ series = 1, k, shiftMm = 0, samplesPerPixel = 1 }: TestSlice): Uint8Array<ArrayBuffer> {
  const instance = `${root}.${series}.3.${k + 1}`
  const position = first.map((x, axis) => x + betweenSlices * k * normal[axis]! + shiftMm * k * alongColumn[axis]!)
  const decimals = (values: readonly number[]) => values.map((x) => String(Number(x.toFixed(6)))).join('\\')
  const colour = samplesPerPixel === 3
  const meta = encode([
    [0x00020002, 'UI', ctImageStorage],
    [0x00020003, 'UI', instance],
    [0x00020010, 'UI', explicitLittleEndian],
  ])
  const data = encode([
    [0x00080008, 'CS', 'ORIGINAL\\PRIMARY\\AXIAL'],
    [0x00080016, 'UI', ctImageStorage],
    [0x00080018, 'UI', instance],
    [0x00080020, 'DA', '20200101'],
    [0x00080030, 'TM', '120000'],
    [0x00080060, 'CS', 'CT'],
    [0x00100010, 'PN', 'Nobody'],
    [0x00185100, 'CS', 'HFS'],
    [0x0020000d, 'UI', `${root}.1`],
    [0x0020000e, 'UI', `${root}.${series}.2`],
    [0x00200011, 'IS', String(series)],
    [0x00200012, 'IS', '1'],
    [0x00200013, 'IS', String(k + 1)],
    [0x00200032, 'DS', decimals(position)],
    [0x00200037, 'DS', decimals([...alongRow, ...alongColumn])],
    [0x00280002, 'US', samplesPerPixel],
    [0x00280004, 'CS', colour ? 'RGB' : 'MONOCHROME2'],
    ...(colour ? ([[0x00280006, 'US', 0]] as const) : []),
    [0x00280010, 'US', rows],
    [0x00280011, 'US', columns],
    [0x00280030, 'DS', decimals([betweenRows, betweenColumns])],
    [0x00280100, 'US', colour ? 8 : 16],
    [0x00280101, 'US', colour ? 8 : 16],
    [0x00280102, 'US', colour ? 7 : 15],
    [0x00280103, 'US', colour ? 0 : 1],
    ...(colour
      ? []
      : ([
          [0x00281052, 'DS', String(intercept)],
          [0x00281053, 'DS', String(slope)],
        ] as const)),
    [0x7fe00010, colour ? 'OB' : 'OW', colour ? new Uint8Array(3 * rows * columns).fill(7) : pixels(k)],
  ])
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, meta.length, true)
  return join([new Uint8Array(128), text('DICM'), encode([[0x00020000, 'UL', length]]), meta, data])
}

function pixels(k: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * rows * columns))
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++)
      view.setInt16(2 * (column + columns * row), storedAt(column, row, k), true)
  }
  return new Uint8Array(view.buffer)
}

function encode(elements: readonly Element[]): Uint8Array<ArrayBuffer> {
  return join(
    elements.flatMap(([tag, vr, value]) => {
      const bytes = padded(value, vr)
      const long = vr === 'OB' || vr === 'OW'
      const head = new DataView(new ArrayBuffer(long ? 12 : 8))
      head.setUint16(0, tag >>> 16, true)
      head.setUint16(2, tag & 0xffff, true)
      head.setUint8(4, vr.charCodeAt(0))
      head.setUint8(5, vr.charCodeAt(1))
      if (long) head.setUint32(8, bytes.length, true)
      else head.setUint16(6, bytes.length, true)
      return [new Uint8Array(head.buffer), bytes]
    }),
  )
}

/** A value of even length: names of objects end in a zero, other words in a space. */
function padded(value: Element[2], vr: string): Uint8Array {
  if (typeof value === 'number') return new Uint8Array([value & 0xff, value >> 8])
  if (typeof value !== 'string') return value
  return text(value.length % 2 === 0 ? value : value + (vr === 'UI' ? '\0' : ' '))
}

const text = (words: string) => new TextEncoder().encode(words)

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
