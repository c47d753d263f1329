import { ascii, type Bytes, joined } from './bytes.ts'
import { extensions } from './corpus-sound.ts'
import { gzipMember } from './gzip-file.ts'
import { type NiftiFile, niftiFile } from './nifti-file.ts'

const voxels = Uint8Array.from({ length: 24 }, (_, n) => n)

/** The header of a pair: NIfTI's, or with no magic Analyze 7.5's, which ends at byte 348. */
function header({ analyze = false, ...file }: NiftiFile & { readonly analyze?: boolean } = {}): Bytes {
  const { version = 1, fields = {} } = file
  const magic = analyze
    ? [0, 0, 0, 0]
    : [...ascii(`ni${version}`), 0, ...(version === 2 ? [0x0d, 0x0a, 0x1a, 0x0a] : [])]
  // Where NIfTI has the forms' codes, Analyze has a letter for the orientation and an originator.
  const unset = analyze ? { sform_code: [0], srow: new Array(12).fill(0), scl_slope: [0] } : {}
  const whole = niftiFile({
    ...file,
    fields: { vox_offset: [0], magic, ...unset, ...fields },
    voxels: file.voxels ?? new Uint8Array(),
  })
  return analyze ? whole.slice(0, 348) : whole
}

/** .hdr/.img pairs, `null` where one of the two is missing. */
const pairs: Readonly<Record<string, readonly [hdr: Bytes | null, img: Bytes | null]>> = {
  'is-sound': [header(), voxels],
  'is-sound-big': [header({ littleEndian: false }), voxels],
  'is-sound-nifti2': [header({ version: 2 }), voxels],
  'has-an-offset': [header({ fields: { vox_offset: [16] } }), joined(new Uint8Array(16), voxels)],
  'has-an-offset-past-the-end': [header({ fields: { vox_offset: [4000] } }), voxels],
  'has-an-offset-that-is-negative': [header({ fields: { vox_offset: [-16] } }), voxels],
  'has-extensions': [header({ fields: { extension: [1] }, voxels: extensions([32, 16]) }), voxels],
  'has-a-header-of-348-bytes': [header().slice(0, 348), voxels],
  'has-a-header-that-is-cut': [header().slice(0, 300), voxels],
  'has-a-header-that-lies': [header({ fields: { dim: [8] } }), voxels],
  'has-too-few-voxels': [header(), voxels.slice(0, 23)],
  'has-no-voxels': [header(), new Uint8Array()],
  'has-trailing-data': [header(), joined(voxels, ascii('more'))],
  'has-a-gzip-stream-as-img': [header(), gzipMember(voxels, { level: 6 })],
  'has-a-whole-file-as-img': [header(), niftiFile()],
  'has-a-whole-file-as-hdr': [niftiFile(), voxels],
  'lacks-its-img': [header(), null],
  'lacks-its-hdr': [null, voxels],
  'is-analyze': [header({ analyze: true }), voxels],
  'is-analyze-big': [header({ analyze: true, littleEndian: false }), voxels],
  'is-analyze-without-sizeof-hdr': [header({ analyze: true, fields: { sizeof_hdr: [0] } }), voxels],
}

export function pairFiles(): Readonly<Record<string, Bytes>> {
  const files: Record<string, Bytes> = {}
  for (const [name, [hdr, img]] of Object.entries(pairs)) {
    if (hdr) files[`pair-${name}.hdr`] = hdr
    if (img) files[`pair-${name}.img`] = img
  }
  files['pair-is-gzipped.hdr.gz'] = gzipMember(header(), { level: 6 })
  files['pair-is-gzipped.img.gz'] = gzipMember(voxels, { level: 6 })
  return files
}
