import { ascii, type Bytes, joined } from './bytes.ts'
import { gzipMember } from './gzip-file.ts'
import { encoded, type NiftiFile, niftiFile, startOf } from './nifti-file.ts'

const types = [
  ['uint8', 2, 'Uint8', 1],
  ['int16', 4, 'Int16', 2],
  ['int32', 8, 'Int32', 4],
  ['float32', 16, 'Float32', 4],
  ['float64', 64, 'Float64', 8],
  ['int8', 256, 'Int8', 1],
  ['uint16', 512, 'Uint16', 2],
  ['uint32', 768, 'Uint32', 4],
  ['int64', 1024, 'BigInt64', 8],
  ['uint64', 1280, 'BigUint64', 8],
] as const

/** Header extensions: a comment of 32 bytes and one of AFNI's of 16, or as many bytes as they claim. */
export function extensions(sizes: readonly number[], littleEndian = true): Bytes {
  return joined(
    ...sizes.map((size, n) =>
      joined(encoded('Int32', [size, n === 0 ? 6 : 4], littleEndian), new Uint8Array(Math.max(0, size - 8))),
    ),
  )
}

/** A file whose header announces extensions, with `room` bytes between header and voxels that begin with `content`. */
export function extended(content: Uint8Array, room: number, file: NiftiFile = {}): Bytes {
  const { version = 1, fields = {} } = file
  const between = new Uint8Array(room)
  between.set(content.subarray(0, room))
  return niftiFile({
    ...file,
    fields: { vox_offset: [startOf[version] + room], extension: [1], ...fields },
    voxels: joined(between, file.voxels ?? Uint8Array.from({ length: 24 }, (_, n) => n)),
  })
}

/** Files that every reader should read without a word: each type, byte order, version, number of axes. */
export function soundFiles(): Readonly<Record<string, Bytes>> {
  const files: Record<string, Bytes> = {}
  for (const [name, code, type, width] of types) {
    for (const [version, littleEndian] of [
      [1, true],
      [1, false],
      [2, true],
    ] as const) {
      const values = Array.from({ length: 24 }, (_, n) => (/^u/i.test(name) ? n : n - 7))
      files[`sound-${name}-nifti${version}-${littleEndian ? 'little' : 'big'}.nii`] = niftiFile({
        version,
        littleEndian,
        fields: { datatype: [code], bitpix: [8 * width] },
        voxels: encoded(type, type.startsWith('Big') ? values.map(BigInt) : values, littleEndian),
      })
    }
  }
  const axes = {
    '1d': [1, 24],
    '2d': [2, 6, 4],
    '2d-as-3d': [3, 6, 4, 1],
    '3d-trailing-ones': [7, 2, 3, 4, 1, 1, 1, 1],
    '4d': [4, 2, 3, 2, 2],
    '4d-one-time': [4, 2, 3, 4, 1],
    '5d-vector': [5, 2, 2, 2, 1, 3],
    '6d': [6, 2, 1, 3, 1, 2, 2],
    '7d': [7, 2, 1, 1, 2, 3, 1, 2],
  }
  for (const [name, dim] of Object.entries(axes)) files[`sound-${name}.nii`] = niftiFile({ fields: { dim } })
  files['sound-nifti2-uint8-big.nii'] = niftiFile({ version: 2, littleEndian: false })
  files['sound-qform.nii'] = niftiFile({
    fields: {
      sform_code: [0],
      qform_code: [1],
      pixdim: [-1, 1.5, 2.5, 3.5],
      quatern: [0.5, -0.25, 0.125],
      qoffset: [7, -8, 9],
    },
  })
  files['sound-both-forms.nii'] = niftiFile({
    fields: { qform_code: [1], srow: [1.5, 0, 0, 7, 0, 2.5, 0, -8, 0, 0, 3.5, 9], qoffset: [7, -8, 9] },
  })
  files['sound-scaled.nii'] = niftiFile({ fields: { scl_slope: [0.5], scl_inter: [-3] } })
  files['sound-scaled-labels.nii'] = niftiFile({ fields: { scl_slope: [2], scl_inter: [-3] } })
  files['sound-extensions.nii'] = extended(extensions([32, 16]), 48)
  files['sound-extensions-nifti2-big.nii'] = extended(extensions([32, 16], false), 48, {
    version: 2,
    littleEndian: false,
  })
  files['sound-extensions-announced-none.nii'] = niftiFile({ fields: { extension: [1] } })
  files['sound-padding-before-voxels.nii'] = extended(new Uint8Array(), 48, { fields: { extension: [0] } })
  files['sound-trailing-data.nii'] = joined(niftiFile(), ascii('and more'))
  files['sound-text-in-header.nii'] = niftiFile({
    fields: { descrip: [...ascii('a description')], intent_name: [...ascii('an intent')] },
  })
  const nii = niftiFile()
  files['sound-stored.nii.gz'] = gzipMember(nii)
  files['sound-deflated.nii.gz'] = gzipMember(nii, { level: 6 })
  files['sound-deflated-nifti2-big.nii.gz'] = gzipMember(niftiFile({ version: 2, littleEndian: false }), { level: 9 })
  files['sound-deflated-extensions.nii.gz'] = gzipMember(extended(extensions([32, 16]), 48), { level: 6 })
  return files
}
