// Writes the head that the explorer opens with, and what some transforms read beside: 1.6 × 1.6 × 1.7 mm, fine enough to look at, and computed anew while a slider moves.
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { exp, transformPoint, volume } from '@voxaug/core'
import { writeVolume } from '@voxaug/io'
import { headPhantom, labels } from '@voxaug/phantom'

const folder = fileURLToPath(new URL('public/', import.meta.url))
/** The structures that keep their labels: where all do, nothing of the image shows through. */
const kept = new Set([labels.lesion, labels.ventricles, labels.deepGrey, labels.brainStem])

/** Displacements in mm that enlarge what lies about a place: they look towards it, most some way beside it. */
function bulge({ shape: [nx, ny, nz], affine }) {
  const place = transformPoint(affine, [0.35 * nx, 0.62 * ny, 0.55 * nz])
  const [strength, widthMm] = [0.7, 32]
  const size = nx * ny * nz
  const data = new Float32Array(3 * size)
  for (let n = 0; n < size; n++) {
    const at = transformPoint(affine, [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))])
    const way = at.map((x, axis) => x - place[axis])
    const towards = -strength * exp(-(way[0] ** 2 + way[1] ** 2 + way[2] ** 2) / (2 * widthMm * widthMm))
    for (let axis = 0; axis < 3; axis++) data[n + axis * size] = towards * way[axis]
  }
  return volume({ data, shape: [nx, ny, nz], affine, channels: 3 })
}

const { image, label } = headPhantom({ shape: [112, 144, 112] })
const pet = headPhantom({ shape: [32, 40, 32] }).image
const volumes = {
  head: image,
  head_label: volume({ ...label, data: Uint8Array.from(label.data, (value) => (kept.has(value) ? value : 0)) }),
  // What some transforms read beside.
  pet,
  field: bulge(pet),
}
mkdirSync(folder, { recursive: true })
for (const [name, made] of Object.entries(volumes))
  writeFileSync(`${folder}${name}.nii.gz`, await writeVolume(made, { format: 'nii.gz', dtype: made.dtype }))
