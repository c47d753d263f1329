// Writes the head that the explorer opens with: 1.6 × 1.6 × 1.7 mm, fine enough to look at, and computed anew while a slider moves.
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { volume } from '@voxaug/core'
import { writeVolume } from '@voxaug/io'
import { headPhantom, labels } from '@voxaug/phantom'

const folder = fileURLToPath(new URL('public/', import.meta.url))
/** The structures that keep their labels: where all do, nothing of the image shows through. */
const kept = new Set([labels.lesion, labels.ventricles, labels.deepGrey, labels.brainStem])

const { image, label } = headPhantom({ shape: [112, 144, 112] })
const some = volume({ ...label, data: Uint8Array.from(label.data, (value) => (kept.has(value) ? value : 0)) })
mkdirSync(folder, { recursive: true })
for (const [name, made] of [
  ['head', image],
  ['head_label', some],
])
  writeFileSync(`${folder}${name}.nii.gz`, await writeVolume(made, { format: 'nii.gz', dtype: made.dtype }))
