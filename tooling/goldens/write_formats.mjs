// Writes MGH, NRRD and MetaImage files with the built @voxaug/io, and what is in them as JSON lines, for check_formats.py:
//   node tooling/goldens/write_formats.mjs FOLDER
import { join } from 'node:path'
import { arrayOf, volume } from '../../packages/core/dist/index.js'
import { writeVolume } from '../../packages/io/dist/node.js'

const [folder] = process.argv.slice(2)
const held = {
  mgh: ['uint8', 'int16', 'uint16', 'int32', 'float32'],
  mgz: ['uint8', 'int16', 'uint16', 'int32', 'float32'],
  nrrd: ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'float32', 'float64'],
  mha: ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'float32', 'float64'],
}

/** A rotation, as ITK wants, with three spacings; left-handed too. */
function oblique(hand) {
  const [a, b, c, d] = [0.9, 0.1, -0.3, 0.2]
  const s = 2 / (a * a + b * b + c * c + d * d)
  const rows = [
    [1 - s * (c * c + d * d), s * (b * c - a * d), s * (b * d + a * c) * hand],
    [s * (b * c + a * d), 1 - s * (b * b + d * d), s * (c * d - a * b) * hand],
    [s * (b * d - a * c), s * (c * d + a * b), (1 - s * (b * b + c * c)) * hand],
  ]
  const [spacing, origin] = [
    [1.1, 1.9, 2.7],
    [-90.3, 126.7, -72.1],
  ]
  return [...rows.flatMap((row, n) => [...row.map((value, axis) => value * spacing[axis]), origin[n]]), 0, 0, 0, 1]
}

for (const [ending, dtypes] of Object.entries(held)) {
  for (const dtype of dtypes) {
    for (const [hand, channels] of [
      [1, 1],
      [-1, 2],
    ]) {
      const float = dtype.startsWith('float')
      const data = arrayOf(dtype).from(
        { length: 60 * channels },
        (_, n) => ((n * 2654435761) % 251) / (float ? 7 : 1) - (dtype.startsWith('uint') ? 0 : 100),
      )
      const made = volume({ data, shape: [3, 4, 5], channels, affine: oblique(hand) })
      const name = `${dtype}-${channels}.${ending}`
      await writeVolume(join(folder, name), made, { dtype })
      const bytes = Buffer.from(data.buffer).toString('base64')
      console.log(JSON.stringify({ name, ending, dtype, channels, affine: made.affine, data: bytes }))
    }
  }
}
