// Writes NIfTI files with the built @voxaug/io, and what is in them as JSON lines, for check_written.py:
//   node tooling/goldens/write_io.mjs FOLDER [REAL_FILE…]
import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { volume } from '../../packages/core/dist/index.js'
import { writeNifti as writeBytes } from '../../packages/io/dist/index.js'
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
const integers = Object.keys(arrays).filter((name) => name.includes('int'))

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
  far: rotated([0.5, -0.5, 0.3, 0.7], [0.1, 0.2, 0.3], [12345.678, -98765.4321, 1e6]),
  tiny: rotated([0.2, 0.9, 0.1, -0.3], [1e-3, 2e-3, 3e-3], [0.1, 0.2, 0.3]),
  sheared: [1.2, 0.3, 0.4, 21.5, 0.2, 1.9, -0.5, -33.25, 0.1, 0.6, 2.7, 12.125, 0, 0, 0, 1],
}
const names = Object.keys(affines)

/** Writes a volume and says what must be read of it; bytes made for the browser are written as they come. */
async function put(name, made, options, { browser = false } = {}) {
  const path = join(folder, name)
  const gzip = name.endsWith('.gz')
  if (browser) await writeFile(path, await writeBytes(made, { ...options, gzip }))
  else await writeNifti(path, made, options)
  const dtype = options.dtype ?? (made.kind === 'label' ? made.dtype : 'float32')
  const scaled = options.scaled ?? false
  const text = {
    name,
    version: options.version ?? null,
    shape: made.shape,
    channels: made.channels,
    dtype,
    scaled,
    affine: made.affine,
    extensions: (options.extensions ?? []).map(({ code, content }) => [code, Buffer.from(content).toString('base64')]),
    data: Buffer.from((scaled ? Float64Array : arrays[dtype]).from(made.data).buffer).toString('base64'),
  }
  console.log(JSON.stringify(text))
}

const text = (words) => new TextEncoder().encode(words)
const extensions = [
  { code: 6, content: text('a comment of 23 letters') },
  { code: 4, content: text('<?xml version="1.0"?>\n<AFNI_attributes></AFNI_attributes>') },
  { code: 40, content: Uint8Array.from({ length: 24 }, (_, n) => 255 - n) },
]

// Every type, version and affine; one and three channels, with and without extensions, in turn.
let turn = 0
for (const [dtype, Kind] of Object.entries(arrays)) {
  for (const version of [1, 2]) {
    for (const where of names) {
      const channels = turn % 2 ? 3 : 1
      const data = Kind.from(
        { length: 60 * channels },
        (_, n) => ((n * 2654435761) % 251) / (dtype.startsWith('float') ? 7 : 1) - (dtype.startsWith('uint') ? 0 : 100),
      )
      await put(
        `${dtype}-${version}-${where}.nii${turn % 3 ? '.gz' : ''}`,
        volume({ data, shape: [3, 4, 5], channels, affine: affines[where] }),
        { dtype, version, ...(turn % 5 < 2 ? { extensions: extensions.slice(0, 1 + (turn % 3)) } : {}) },
        { browser: turn % 7 === 0 },
      )
      turn++
    }
  }
}

// Scaled: floats of several kinds, in every integer type and both versions.
const floats = {
  signed: Float32Array.from({ length: 60 }, (_, n) => Math.fround((n * n) / 7 - 123.4)),
  positive: Float32Array.from({ length: 60 }, (_, n) => n / 59),
  far: Float64Array.from({ length: 60 }, (_, n) => 123456.7 + n / 177),
  small: Float32Array.from({ length: 60 }, (_, n) => (n - 20) * 1e-30),
  large: Float32Array.from({ length: 60 }, (_, n) => (n - 30) * 1e37),
  whole: Float32Array.from({ length: 60 }, (_, n) => n * 2 + 1000),
  constant: new Float32Array(60).fill(0.1),
}
for (const dtype of integers) {
  for (const version of [1, 2]) {
    for (const [kind, data] of Object.entries(floats)) {
      const affine = affines[names[turn++ % names.length]]
      await put(`scaled-${dtype}-${version}-${kind}.nii.gz`, volume({ data, shape: [3, 4, 5], affine }), {
        dtype,
        version,
        scaled: true,
      })
    }
  }
}

// NIfTI-2 by itself: an axis, the channels, the affine.
const long = Uint8Array.from({ length: 40_000 }, (_, n) => n % 251)
await put('long-axis.nii.gz', volume({ data: long, shape: [1, 40_000, 1], affine: affines.axes, kind: 'label' }), {})
await put('channels.nii.gz', volume({ data: long, shape: [1, 1, 1], channels: 40_000, kind: 'label' }), {})
await put(
  'huge-affine.nii',
  volume({ data: new Int16Array(60), shape: [3, 4, 5], affine: affines.axes.with(3, 1e40) }),
  {
    dtype: 'int16',
  },
)

for (const path of real) {
  const read = await readNifti(path)
  for (const version of [1, 2]) await put(`${version}-${basename(path)}`, read, { dtype: read.dtype, version })
}
