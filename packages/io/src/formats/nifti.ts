import { encodeNifti } from '../encode.ts'
import { openNifti } from '../read.ts'
import { parseContentOptions } from '../write-options.ts'
import type { Format } from './format.ts'

/** NIfTI-1 and NIfTI-2, as `readNifti` and `writeNifti` have them. */
export const nifti: Format = {
  name: 'NIfTI',
  endings: { '.nii': 'nothing', '.nii.gz': 'everything' },
  readEndings: ['.hdr', '.hdr.gz', '.img', '.img.gz'],
  matches(head) {
    if (head.length < 4) return false
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
    const sizes = [view.getInt32(0, true), view.getInt32(0, false)]
    return sizes.includes(348) || sizes.includes(540) || isMagic(head, 344, 0x31) || isMagic(head, 4, 0x32)
  },
  open: ({ bytes, compressed, most }, { gunzip }) => openNifti({ bytes, compressed, atMost: most }, gunzip),
  async write(volume, dtype) {
    const options = parseContentOptions(dtype === undefined ? {} : { dtype }, [])
    return { header: new Uint8Array(), voxels: await encodeNifti(volume, options) }
  },
}

/** `n+1` or `ni1` (`n+2`, `ni2`) and a NUL. */
const isMagic = (head: Uint8Array, at: number, version: number): boolean =>
  head[at] === 0x6e &&
  (head[at + 1] === 0x2b || head[at + 1] === 0x69) &&
  head[at + 2] === version &&
  head[at + 3] === 0
