// scan.mjs FOLDER [NX NY NZ]: makes a CT-like int16 scan of 512 × 512 × 300: scan.nii and scan.nii.gz, whose slope and intercept make it
// float32, and stored.nii.gz without. Prints its number of voxels.
import { open, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { volume } from '@voxaug/core'
import { writeNifti } from '@voxaug/io/node'
import { headPhantom } from '@voxaug/phantom'

/** The head of half the size, each voxel eight times, with fresh noise in each: gzip halves it, as it does a CT. */
function scan([nx, ny, nz]) {
  const half = [nx, ny, nz].map((n) => Math.ceil(n / 2))
  const { data: head } = headPhantom({ shape: half }).image
  const data = new Int16Array(nx * ny * nz)
  let state = 1
  const noise = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state >>> 26) + ((state >>> 20) & 63) - 63
  }
  const reach = (Math.min(nx, ny) / 2) ** 2
  for (let k = 0, n = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      const row = half[0] * ((j >> 1) + half[1] * (k >> 1))
      for (let i = 0; i < nx; i++, n++) {
        // Beyond the round field of view a scanner writes one value.
        const inside = (i - nx / 2) ** 2 + (j - ny / 2) ** 2 < reach
        data[n] = inside ? Math.max(0, head[row + (i >> 1)] + noise()) : 0
      }
    }
  }
  return volume({ data, shape: [nx, ny, nz], spacingMm: [0.7, 0.7, 1] })
}

const [folder, ...given] = process.argv.slice(2)
const shape = given.length > 0 ? given.map(Number) : [512, 512, 300]
const at = (name) => join(folder, name)
await writeNifti(at('scan.nii'), scan(shape), { dtype: 'int16' })
const level1 = async (name) => writeFile(at(name), await promisify(gzip)(await readFile(at('scan.nii')), { level: 1 }))
await level1('stored.nii.gz')
const file = await open(at('scan.nii'), 'r+')
// scl_slope and scl_inter: Hounsfield units.
await file.write(new Uint8Array(new Float32Array([1, -1024]).buffer), 0, 8, 112)
await file.close()
await level1('scan.nii.gz')
console.log(JSON.stringify({ voxels: shape[0] * shape[1] * shape[2] }))
