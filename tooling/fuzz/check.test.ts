import { type Volume, VoxaugError, volume } from '@voxaug/core'
import { expect, it } from 'vitest'
import { browserReader } from './browser-reader.ts'
import type { Bytes } from './bytes.ts'
import { checkBytes, type Reader } from './check.ts'
import { niftiFile } from './nifti-file.ts'

const file = niftiFile()

/** What is found wrong with a reader that differs from a good one. */
const flawOf = async (differing: Partial<Reader>): Promise<string | undefined> =>
  (await checkBytes(file.slice(), [{ ...browserReader, ...differing }, browserReader])).flaw

const changed =
  (change: (read: Volume, source: Bytes) => Partial<Volume>): Reader['readNifti'] =>
  async (source, asked) => {
    const read = await browserReader.readNifti(source, asked)
    return { ...read, ...change(read, source) }
  }

const throwing = (error: unknown) => () => Promise.reject(error)

it('finds nothing wrong with a good reader', async () => expect(await flawOf({})).toBe(undefined))

it.each<[string, Partial<Reader>, RegExp]>([
  ['an error that is not ours', { readNifti: throwing(new TypeError('x')) }, /foreign error: TypeError: x/],
  ['a code that nobody knows', { readVolume: throwing(new VoxaugError('odd', 'x.')) }, /unknown code odd: x\./],
  ['two lines', { readNiftiHeader: throwing(new VoxaugError('truncated', 'a\nb.')) }, /header: message "a\\nb\."/],
  [
    'a refusal of the header alone',
    { readNiftiHeader: throwing(new VoxaugError('truncated', 'x.')) },
    /the header says/,
  ],
  [
    'another header of any format',
    {
      readVolumeHeader: async (source) => ({ ...(await browserReader.readVolumeHeader(source)), shape: [4, 3, 2] }),
    },
    /the header says .*4,3,2/,
  ],
  [
    'a region from another place',
    {
      readVolume: (source, { region, ...asked }) =>
        browserReader.readVolume(source, region ? { ...asked, region: { ...region, start: [0, 0, 0] } } : asked),
    },
    /voxel 0 of the region is/,
  ],
  [
    'a refused region',
    {
      readVolume: (source, asked) =>
        'region' in asked
          ? Promise.reject(new VoxaugError('truncated', 'x.'))
          : browserReader.readVolume(source, asked),
    },
    /the region is refused: truncated: x\./,
  ],
  ['too few voxels', { readNifti: changed(({ data }) => ({ data: data.slice(1) })) }, /23 voxels for 2,3,4 × 1/],
  ['another value', { readNifti: changed(({ data }) => ({ data: data.map((x) => x + 1) })) }, /@voxaug\/io says read/],
  ['the source as voxels', { readVolume: changed((_, s) => ({ data: s.subarray(352) })) }, /share the memory/],
  ['a singular affine', { readNifti: changed(() => ({ affine: new Array(16).fill(0) })) }, /affine 0,0/],
  ['NaN', { readNifti: changed(() => ({ affine: new Array(16).fill(Number.NaN) })) }, /affine NaN/],
  ['a broken shape', { readNifti: changed(() => ({ shape: [24, 1, 0.5] })) }, /shape 24,1,0\.5/],
  ['the wrong kind', { readNifti: changed(() => ({ kind: 'label' })) }, /kind label for image/],
  [
    'a warning of two lines',
    { readNifti: changed(() => ({ warnings: [{ code: 'a', message: 'b\n.', path: '' }] })) },
    /warning/,
  ],
  [
    'a changed source',
    {
      readNifti: async (source) => {
        source[300]!++
        return volume({ data: new Uint8Array(24), shape: [2, 3, 4] })
      },
    },
    /the source was changed/,
  ],
])('finds %s', async (_, reader, flaw) => expect(await flawOf(reader)).toMatch(flaw))
