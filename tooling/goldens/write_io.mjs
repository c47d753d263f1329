// Writes NIfTI files with the built @voxaug/io, and what is in them as JSON lines, for check_written.py:
//   node tooling/goldens/write_io.mjs FOLDER [REAL_FILE…]
import { basename, join } from 'node:path'
import { volume } from '../../packages/core/dist/index.js'
import { readNifti, writeNifti } from '../../packages/io/dist/node.js'

const [folder, ...real] = process.argv.slice(2)
const arrays = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float32: Float32Array,
  float64: Float64Array,
}

/** Rows of an affine from a quaternion, spacings and an origin; `hand` is -1 for a left-handed grid. */
function rotated([a, b, c, d], [x, y, z], origin, hand = 1) {
  const s = 2 / (a * a + b * b + c * c + d * d)
  return [
    (1 - s * (c * c + d * d)) * x,
    s * (b * c - a * d) * y,
    s * (b * d + a * c) * z * hand,
    origin[0],
    s * (b * c + a * d) * x,
    (1 - s * (b * b + d * d)) * y,
    s * (c * d - a * b) * z * hand,
    origin[1],
    s * (b * d - a * c) * x,
    s * (c * d + a * b) * y,
    (1 - s * (b * b + c * c)) * z * hand,
    origin[2],
    0,
    0,
    0,
    1,
  ]
}

const affines = {
  oblique: rotated([0.9, 0.1, -0.3, 0.2], [1.1, 1.9, 2.7], [-90.3, 126.7, -72.1]),
  left: rotated([0.9, 0.1, -0.3, 0.2], [1.1, 1.9, 2.7], [-90.3, 126.7, -72.1], -1),
  'half-turn': rotated([0, 0.48, 0.6, 0.64], [0.7, 2, 3], [1000.5, -2000.25, 3]),
  'half-turn-left': rotated([0, 0, 0, 1], [0.7, 2, 3], [90, 126, -72], -1),
  axes: rotated([1, 0, 0, 0], [0.9375, 0.9375, 1.2], [-120, -110, -90]),
  'near-half-turn': rotated([2e-3, 0.6, 0.8, 0.1], [1, 1, 1], [5, 6, 7]),
  sheared: [1.2, 0.3, 0.4, 21.5, 0.2, 1.9, -0.5, -33.25, 0.1, 0.6, 2.7, 12.125, 0, 0, 0, 1],
}

async function put(name, made, options) {
  await writeNifti(join(folder, name), made, options)
  const dtype = options.dtype ?? (made.kind === 'label' ? made.dtype : 'float32')
  const text = {
    name,
    shape: made.shape,
    channels: made.channels,
    dtype,
    affine: made.affine,
    data: Buffer.from(arrays[dtype].from(made.data).buffer).toString('base64'),
  }
  console.log(JSON.stringify(text))
}

for (const [dtype, Kind] of Object.entries(arrays)) {
  for (const [where, affine] of Object.entries(affines)) {
    const channels = where === 'left' ? 3 : 1
    const data = Kind.from(
      { length: 60 * channels },
      (_, n) => ((n * 2654435761) % 251) / (dtype.startsWith('float') ? 7 : 1) - (dtype.startsWith('uint') ? 0 : 100),
    )
    await put(
      `${dtype}-${where}.nii${where === 'axes' ? '' : '.gz'}`,
      volume({ data, shape: [3, 4, 5], channels, affine }),
      { dtype },
    )
  }
}
for (const path of real) {
  const read = await readNifti(path)
  await put(`real-${basename(path)}`, read, { dtype: read.dtype })
}
