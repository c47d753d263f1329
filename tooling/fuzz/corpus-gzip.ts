import { ascii, type Bytes, joined } from './bytes.ts'
import { gzipMember } from './gzip-file.ts'
import { niftiFile } from './nifti-file.ts'

/** A file for each row and case of what a gzip container can get wrong, and of what is odd but sound. */
export function gzipFiles(): Readonly<Record<string, Bytes>> {
  const nii = niftiFile()
  const stored = gzipMember(nii)
  const deflated = gzipMember(nii, { level: 6 })
  const whole = { name: 'scan.nii', comment: 'a comment', extra: Uint8Array.of(65, 66, 2, 0, 1, 2), text: true }
  const set = (file: Bytes, at: number, ...values: readonly number[]) => {
    const changed = file.slice()
    changed.set(values, at < 0 ? file.length + at : at)
    return changed
  }
  const files: Record<string, Bytes> = {
    'has-two-members': joined(gzipMember(nii.slice(0, 360)), gzipMember(nii.slice(360), { level: 6 })),
    'has-a-member-that-ends-in-the-header': joined(gzipMember(nii.slice(0, 100)), gzipMember(nii.slice(100))),
    'has-a-member-for-each-voxel': joined(
      gzipMember(nii.slice(0, 352), { level: 6 }),
      ...Array.from({ length: 24 }, (_, n) => gzipMember(nii.slice(352 + n, 353 + n))),
    ),
    'has-an-empty-first-member': joined(gzipMember(new Uint8Array()), stored),
    'has-an-empty-last-member': joined(stored, gzipMember(new Uint8Array())),
    'has-an-empty-member-in-the-middle': joined(
      gzipMember(nii.slice(0, 360)),
      gzipMember(new Uint8Array(), { level: 6 }),
      gzipMember(nii.slice(360)),
    ),
    'has-many-stored-blocks': gzipMember(nii, { block: 2 }),
    'has-small-stored-blocks': gzipMember(nii, { block: 7 }),
    'has-trailing-zeros': joined(stored, new Uint8Array(700)),
    'has-one-trailing-zero': joined(deflated, [0]),
    'has-trailing-junk': joined(stored, ascii('junk')),
    'has-zeros-then-junk-behind': joined(stored, [0, 0, 0], ascii('junk')),
    'has-zeros-then-a-member-behind': joined(stored, [0, 0, 0], gzipMember(ascii('more'))),
    'has-a-member-that-is-cut-behind': joined(stored, [0x1f, 0x8b, 8]),
    'has-one-byte-of-a-magic-behind': joined(stored, [0x1f]),
    'has-a-damaged-second-member': joined(
      gzipMember(nii.slice(0, 360)),
      set(gzipMember(nii.slice(360)), -8, 1, 2, 3, 4),
    ),
    'has-a-tail-of-half-a-mebibyte': gzipMember(joined(nii, new Uint8Array(2 ** 19)), { level: 9 }),
    'has-a-tail-of-more-than-a-mebibyte': gzipMember(joined(nii, new Uint8Array(2 ** 20 + 2 ** 16)), { level: 9 }),
    'has-a-damaged-tail': set(gzipMember(joined(nii, new Uint8Array(2 ** 19)), { level: 9 }), -6, 1, 2),
    'has-all-header-fields': gzipMember(nii, { ...whole, headerCrc: true }),
    'has-a-file-name': gzipMember(nii, { level: 6, name: 'scan.nii' }),
    'has-a-hostile-file-name': gzipMember(nii, { level: 6, name: '../../\x1b[2J/etc/passwd' }),
    'has-a-wrong-header-crc': set(gzipMember(nii, { headerCrc: true }), 10, 1, 2),
    'has-a-name-without-end': set(deflated, 3, 8).slice(0, 200).fill(65, 10),
    'has-an-extra-field-past-the-end': joined([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 255, 255, 255], ascii('short')),
    'has-reserved-flags': set(deflated, 3, 0xe0),
    'has-another-method': set(deflated, 2, 7),
    'crc-is-wrong': set(stored, -8, 1, 2, 3, 4),
    'crc-is-wrong-deflated': set(deflated, -8, 1, 2, 3, 4),
    'isize-is-wrong': gzipMember(nii, { size: 100 }),
    'isize-is-4-gibibytes': gzipMember(nii, { size: 2 ** 32 - 1 }),
    'isize-is-0': gzipMember(nii, { level: 6, size: 0 }),
    'trailer-is-missing': stored.slice(0, -8),
    'trailer-is-cut': deflated.slice(0, -3),
    'stream-is-cut-in-the-voxels': stored.slice(0, -20),
    'stream-is-cut-in-the-header': deflated.slice(0, 40),
    'stream-is-a-magic-alone': Uint8Array.of(0x1f, 0x8b),
    'stream-is-a-header-alone': deflated.slice(0, 10),
    'stream-has-a-bit-flipped-in-a-voxel': set(stored, 15 + 360, nii[360]! ^ 4),
    'stream-has-a-bit-flipped-in-the-header': set(stored, 15 + 42, nii[42]! ^ 1),
    'stream-has-a-damaged-huffman-block': set(deflated, 60, 0xff, 0xff, 0xff),
    'stream-has-a-block-of-type-3': set(deflated, 10, 7),
    'stream-has-a-stored-length-that-lies': set(stored, 13, 0, 0),
    // Fixed codes: a match of length 3 at distance 1 with nothing before it.
    'stream-reaches-back-too-far': joined([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 0x03, 0x02, 0, 0], new Uint8Array(8)),
    'holds-nothing': gzipMember(new Uint8Array()),
    'holds-one-byte': gzipMember(Uint8Array.of(0x5c)),
    'holds-gzip': gzipMember(gzipMember(nii, { level: 6 })),
    'holds-text': gzipMember(ascii('# a text, not an image\n'), { level: 6 }),
    'holds-a-cut-header': gzipMember(nii.slice(0, 200), { level: 6 }),
    'holds-one-voxel-too-few': gzipMember(nii.slice(0, -1), { level: 6 }),
    'holds-trailing-data': gzipMember(joined(nii, ascii('more')), { level: 6 }),
    'holds-what-claims-2-terabytes': gzipMember(
      niftiFile({ version: 2, fields: { dim: [3, 2 ** 14, 2 ** 14, 2 ** 13] } }),
      { level: 9 },
    ),
    'holds-what-claims-more-than-it-can': gzipMember(niftiFile({ fields: { dim: [3, 1000, 1000, 1000] } }), {
      level: 9,
    }),
    // 100 bytes could inflate to this much, and do not.
    'holds-what-claims-more-than-it-does': gzipMember(niftiFile({ fields: { dim: [3, 40, 50, 50] } }), { level: 9 }),
    'holds-a-header-that-lies': gzipMember(niftiFile({ fields: { dim: [8] } }), { level: 6 }),
    'holds-an-offset-past-the-end': gzipMember(niftiFile({ fields: { vox_offset: [4000] } }), { level: 6 }),
    'is-zlib': joined([0x78, 0x9c], deflated.slice(10, -8), [0, 0, 0, 0]),
  }
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`gzip-${name}.nii.gz`, bytes]))
}
