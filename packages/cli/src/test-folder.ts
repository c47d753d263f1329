import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { type Volume, volume } from '@voxaug/core'
import { writeNifti } from '@voxaug/io/node'
import { main } from './main.ts'

/** For tests: a new folder that is the current one, with an image, its label map and some pipelines, and ways to look at it. */
export async function testFolder() {
  const before = process.cwd()
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'voxaug-cli-')))
  process.chdir(folder)
  await writeNifti('t1.nii.gz', image, { dtype: 'int16' })
  await writeNifti('seg.nii.gz', label)
  for (const [name, pipeline] of Object.entries(pipelines))
    writeFileSync(`${name}.json`, JSON.stringify({ voxaug: 1, pipeline }))
  return {
    folder,
    /** Every file, by its path from the folder. */
    files: () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .map((one) => relative(folder, join(one.parentPath, one.name)) + (one.isDirectory() ? '/' : ''))
        .sort(),
    remove() {
      process.chdir(before)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Oblique, left-handed, three spacings: a transposed or unflipped one fails. */
export const affine = [-1.2, 0.3, 0.4, 21.5, 0.2, 1.9, -0.5, -33.25, 0.1, 0.6, 2.7, 12.125, 0, 0, 0, 1].map(Math.fround)
export const shape = [6, 7, 8] as const
const voxels = 6 * 7 * 8

/** From -300 to 705: below what uint8 holds, and above. */
export const image: Volume = volume({ data: Int16Array.from({ length: voxels }, (_, n) => 3 * n - 300), shape, affine })
export const label: Volume = volume({
  data: Uint8Array.from({ length: voxels }, (_, n) => (n * 7) % 4),
  shape,
  affine,
  kind: 'label',
})

const pipelines = {
  nothing: [],
  flip: [{ transform: 'geometry/Flip', options: { axes: ['x', 'z'] } }],
  augment: [
    { transform: 'geometry/Flip', options: { axes: ['left-right'], probability: 0.5 } },
    { transform: 'geometry/Affine', options: { rotationDegrees: [-30, 30], scale: [0.8, 1.2] } },
    { transform: 'intensity/Noise', options: { std: [1, 20] } },
  ],
  fold: [{ transform: 'elastic/ElasticDeformation', options: { maxDisplacementMm: 40, lockedBorders: 0 } }],
  crop: [
    { transform: 'geometry/Flip', options: { axes: ['x'] } },
    { transform: 'geometry/Crop', options: { shape: [9, 9, 9] } },
  ],
  unknown: [{ transform: 'geometry/Bend' }],
  option: [
    {
      transform: 'core/OneOf',
      options: { transforms: [{ transform: 'intensity/Gamma', options: { logGamma: [0.3, -0.3] } }] },
    },
  ],
}

/** Runs the command line, and gives what it wrote. */
export async function voxaug(...args: readonly string[]) {
  const [out, error]: [string[], string[]] = [[], []]
  const status = await main(args, {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => error.push(text) },
  })
  return { status, stdout: out.join(''), stderr: error.join('') }
}

/** The inflated bytes of a .nii.gz: what must be equal everywhere. */
export const inflated = (path: string): Buffer => gunzipSync(readFileSync(path))
