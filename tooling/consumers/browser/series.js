/** What a volume is, in a line. */
export const describe = ({ shape, spacingMm, orientation, dtype, data }) =>
  JSON.stringify({ shape, spacing: spacingMm.map((mm) => mm.toFixed(3)), orientation, dtype, data: [...data] })

const root = '1.2.826.0.1.3680043.8.498'

function slice(k) {
  const meta = elements([
    [0x00020002, 'UI', '1.2.840.10008.5.1.4.1.1.2'],
    [0x00020003, 'UI', `${root}.3.${k + 1}`],
    [0x00020010, 'UI', '1.2.840.10008.1.2.1'],
  ])
  const length = Uint8Array.of(meta.length, 0, 0, 0)
  const voxels = Uint8Array.from({ length: 24 }, (_, n) => (n % 2 ? 0 : 20 * k + n))
  const data = elements([
    [0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.2'],
    [0x00080018, 'UI', `${root}.3.${k + 1}`],
    [0x00080060, 'CS', 'CT'],
    [0x0020000d, 'UI', `${root}.1`],
    [0x0020000e, 'UI', `${root}.2`],
    [0x00200011, 'IS', '1'],
    [0x00200013, 'IS', String(k + 1)],
    [0x00200032, 'DS', `-10\\-20\\${30 + 2.5 * k}`],
    [0x00200037, 'DS', '1\\0\\0\\0\\1\\0'],
    [0x00280002, 'US', Uint8Array.of(1, 0)],
    [0x00280004, 'CS', 'MONOCHROME2'],
    [0x00280010, 'US', Uint8Array.of(4, 0)],
    [0x00280011, 'US', Uint8Array.of(3, 0)],
    [0x00280030, 'DS', '0.7\\0.9'],
    [0x00280100, 'US', Uint8Array.of(16, 0)],
    [0x00280101, 'US', Uint8Array.of(16, 0)],
    [0x00280102, 'US', Uint8Array.of(15, 0)],
    [0x00280103, 'US', Uint8Array.of(1, 0)],
    [0x00281052, 'DS', '-1024'],
    [0x00281053, 'DS', '1'],
    [0x7fe00010, 'OW', voxels],
  ])
  return joined([new Uint8Array(128), words('DICM'), elements([[0x00020000, 'UL', length]]), meta, data])
}

/** Data elements; a value of odd length gets a zero (names of objects) or a space behind. */
const elements = (all) =>
  joined(
    all.flatMap(([tag, vr, value]) => {
      const bytes =
        typeof value !== 'string' ? value : words(value.length % 2 ? value + (vr === 'UI' ? '\0' : ' ') : value)
      const head = new DataView(new ArrayBuffer(vr === 'OW' ? 12 : 8))
      head.setUint16(0, tag >>> 16, true)
      head.setUint16(2, tag & 0xffff, true)
      head.setUint8(4, vr.charCodeAt(0))
      head.setUint8(5, vr.charCodeAt(1))
      if (vr === 'OW') head.setUint32(8, bytes.length, true)
      else head.setUint16(6, bytes.length, true)
      return [new Uint8Array(head.buffer), bytes]
    }),
  )

const words = (text) => new TextEncoder().encode(text)

const joined = (parts) => Uint8Array.from(parts.flatMap((part) => [...part]))

/** A CT series of three slices of 3 × 4 voxels, written by hand: explicit VR, little endian (DICOM PS3.5). */
export const series = [0, 1, 2].map(slice)
