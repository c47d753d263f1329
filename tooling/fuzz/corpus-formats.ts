import { deflate } from 'pako'
import { ascii, type Bytes, joined } from './bytes.ts'
import { gzipMember } from './gzip-file.ts'
import { encoded } from './nifti-file.ts'

const voxels = Uint8Array.from({ length: 24 }, (_, n) => n)

/** FreeSurfer's MGH, big-endian: a header of 284 bytes, voxels, and a footer of scan parameters. */
function mgh(type = 0, data: Uint8Array = voxels, [x, y, z, frames]: readonly number[] = [2, 3, 4, 1]): Bytes {
  const header = new Uint8Array(284)
  header.set(encoded('Int32', [1, x!, y!, z!, frames!, type, 0], false))
  header.set(encoded('Int16', [1], false), 28)
  header.set(encoded('Float32', [1.5, 2.5, 3.5, -1, 0, 0, 0, 0, -1, 0, 1, 0, 7, -8, 9], false), 30)
  return joined(header, data, encoded('Float32', [2300, 0.15, 2.9, 900, 256], false))
}

const nrrd = (lines: readonly string[], data: Uint8Array = voxels) =>
  joined(ascii(`NRRD0004\n${lines.join('\n')}\n\n`), data)

const nrrdLines = [
  'type: uint8',
  'dimension: 3',
  'space: left-posterior-superior',
  'sizes: 2 3 4',
  'space directions: (1.5,0,0) (0,2.5,0) (0,0.5,3.5)',
  'space origin: (7,-8,9)',
]

const mhd = [
  'ObjectType = Image',
  'NDims = 3',
  'BinaryData = True',
  'TransformMatrix = 1 0 0 0 1 0 0 0 1',
  'Offset = 7 -8 9',
  'ElementSpacing = 1.5 2.5 3.5',
  'DimSize = 2 3 4',
]

const meta = (lines: readonly string[], data: Uint8Array = voxels) =>
  joined(ascii(`${[...mhd, ...lines, 'ElementDataFile = LOCAL'].join('\n')}\n`), data)

/** Small sound files of formats that are not NIfTI: none may pass for one, and what reads them starts from here. */
export function formatFiles(): Readonly<Record<string, Bytes>> {
  const int16 = encoded(
    'Int16',
    Array.from(voxels, (value) => value - 7),
  )
  const swapped = encoded(
    'Int16',
    Array.from(voxels, (value) => value - 7),
    false,
  )
  return {
    'format-mgh-uint8.mgh': mgh(),
    'format-mgh-int16.mgh': mgh(4, swapped),
    'format-mgh-float32.mgh': mgh(3, encoded('Float32', [...voxels], false)),
    'format-mgh-four-frames.mgh': mgh(0, voxels, [2, 3, 1, 4]),
    'format-mgh-int32.mgh': mgh(1, encoded('Int32', [...voxels], false)),
    'format-mgh-without-ras.mgh': mgh().fill(0, 28, 30),
    'format-mgh-without-footer.mgh': mgh().slice(0, 284 + 24),
    'format-mgh-gzipped.mgz': gzipMember(mgh(), { level: 6 }),
    'format-nrrd-raw.nrrd': nrrd([...nrrdLines, 'encoding: raw']),
    'format-nrrd-int16-big.nrrd': nrrd(['type: short', ...nrrdLines.slice(1), 'endian: big', 'encoding: raw'], swapped),
    'format-nrrd-gzip.nrrd': nrrd([...nrrdLines, 'encoding: gzip'], gzipMember(voxels, { level: 6 })),
    'format-nrrd-text.nrrd': nrrd([...nrrdLines, 'encoding: ascii'], ascii([...voxels].join(' '))),
    'format-nrrd-vectors.nrrd': nrrd([
      'type: uchar',
      'dimension: 4',
      'space: RAS',
      'sizes: 3 2 2 2',
      'kinds: vector domain domain domain',
      'space directions: none (1.5,0,0) (0,2.5,0) (0,0,3.5)',
      'encoding: raw',
    ]),
    'format-nrrd-2d-spacings.nrrd': nrrd([
      'type: unsigned char',
      'dimension: 2',
      'sizes: 6 4',
      'spacings: 1.5 2.5',
      'key:=value',
      '# a comment',
      'encoding: raw',
    ]),
    'format-nrrd-detached.nhdr': nrrd(
      [...nrrdLines, 'encoding: raw', 'data file: format-nrrd-detached.raw'],
      new Uint8Array(),
    ),
    'format-nrrd-detached.raw': voxels,
    'format-nrrd-leaves-its-folder.nhdr': nrrd(
      [...nrrdLines, 'encoding: raw', 'data file: ../../package.json'],
      new Uint8Array(),
    ),
    'format-metaimage-local.mha': meta(['ElementType = MET_UCHAR']),
    'format-metaimage-int16.mha': meta(['ElementType = MET_SHORT', 'BinaryDataByteOrderMSB = False'], int16),
    'format-metaimage-zlib.mha': meta(['ElementType = MET_UCHAR', 'CompressedData = True'], deflate(voxels).slice()),
    'format-metaimage-rgb-big.mha': meta(
      ['ElementType = MET_SHORT', 'ElementNumberOfChannels = 2', 'ElementByteOrderMSB = True', 'HeaderSize = -1'],
      joined(swapped, swapped),
    ),
    'format-metaimage-detached.mhd': ascii(
      `${[...mhd, 'ElementType = MET_UCHAR', 'ElementDataFile = format-nrrd-detached.raw'].join('\n')}\n`,
    ),
    'format-metaimage-leaves-its-folder.mhd': ascii(
      `${[...mhd, 'ElementType = MET_UCHAR', 'ElementDataFile = ../../package.json'].join('\n')}\n`,
    ),
  }
}
