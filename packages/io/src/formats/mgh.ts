import {
  type Affine,
  type DType,
  isInvertible,
  type Shape,
  show,
  type Vec3,
  VoxaugError,
  type Warning,
} from '@voxaug/core'
import { readUpTo } from '../byte-reader.ts'
import { reachChecksum } from '../compressed.ts'
import { invalid } from '../layout.ts'
import { encodeVoxels } from './encode-voxels.ts'
import type { Format } from './format.ts'
import { opened, readVoxels, type Stored } from './read-voxels.ts'
import { affineOf, columnOf, ras } from './world.ts'

const headerBytes = 284

/** mri.h, MRI_UCHAR … MRI_USHRT. */
const types: ReadonlyMap<number, DType> = /* @__PURE__ */ new Map<number, DType>([
  [0, 'uint8'],
  [4, 'int16'],
  [10, 'uint16'],
  [1, 'int32'],
  [3, 'float32'],
])

const refused: ReadonlyMap<number, string> = /* @__PURE__ */ new Map([
  [2, 'long'],
  [5, 'bitmap'],
  [6, 'tensor'],
  [7, 'complex float'],
  [8, 'complex double'],
  [9, 'RGB'],
])

/** FreeSurfer's axes where a file names none: those of its conformed volumes, left, inferior, anterior. */
const coronal: readonly [Vec3, Vec3, Vec3] = [
  [-1, 0, 0],
  [0, 0, -1],
  [0, 1, 0],
]

/**
 * FreeSurfer's MGH, and MGZ, which is MGH in gzip. Big-endian; frames are channels; what follows the voxels is not read.
 * @see FreeSurfer's mriio.cpp, mghRead; nibabel's freesurfer/mghformat.py
 */
export const mgh: Format = {
  name: 'MGH',
  endings: { '.mgh': 'nothing', '.mgz': 'everything', '.mgh.gz': 'everything' },
  matches: (head) => head.length >= 4 && head[0] === 0 && head[1] === 0 && head[2] === 0 && head[3] === 1,
  async open({ bytes, compressed, most }) {
    const head = await readUpTo(bytes, headerBytes)
    if (head.length < headerBytes)
      throw new VoxaugError('truncated', `header is truncated: expected ${headerBytes} bytes, got ${head.length}.`)
    const warnings: Warning[] = []
    const warn = (code: string, message: string) => void warnings.push({ code, message, path: '' })
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
    const stored = parseStored(view)
    const affine = parseAffine(view, stored.shape, warn)
    const left = most === undefined ? undefined : most - headerBytes
    return opened('MGH', { stored, affine, warnings }, async (options) => {
      const data = await readVoxels(bytes, left, stored, options, compressed)
      if (compressed) await reachChecksum(bytes, warn, options.region ? 'region' : 'voxels')
      return data
    })
  },
  async write(made, dtype) {
    const voxels = encodeVoxels(made, dtype, { format: 'MGH', held: [...types.values()] }, false)
    const header = new Uint8Array(headerBytes)
    const view = new DataView(header.buffer)
    const [code] = [...types].find(([, name]) => name === voxels.dtype)!
    const sizes = [1, ...made.shape, made.channels, code]
    for (const [n, value] of sizes.entries()) view.setInt32(4 * n, value)
    writeAffine(view, made.affine, made.shape, made.spacingMm)
    return { header, voxels }
  },
}

function parseStored(view: DataView): Stored {
  const [nx, ny, nz, frames] = ['width', 'height', 'depth', 'nframes'].map((name, n) => {
    const size = view.getInt32(4 + 4 * n)
    if (size < 1) invalid(`${name} must be at least 1`, size)
    return size
  }) as [number, number, number, number]
  const code = view.getInt32(20)
  const dtype = types.get(code)
  if (!dtype)
    throw new VoxaugError(
      'unsupported',
      `type must be one of ${[...types.values()].join(', ')}, got ${code} (${refused.get(code) ?? 'unknown'}).`,
      { received: code },
    )
  return { shape: [nx, ny, nz], inner: 1, outer: frames, dtype, littleEndian: false }
}

function parseAffine(view: DataView, shape: Shape, warn: (code: string, message: string) => void): Affine {
  const numbers = (at: number): Vec3 => [view.getFloat32(at), view.getFloat32(at + 4), view.getFloat32(at + 8)]
  const good = view.getInt16(28)
  if (good < 1) {
    warn(
      'orientation-unknown',
      `ras_good_flag is ${good}: left and right are unknown; the axes were taken as left, inferior, anterior about the centre with 1 mm, as FreeSurfer does.`,
    )
    return centred(coronal, [0, 0, 0], shape)
  }
  const delta = numbers(30)
  const steps = [42, 54, 66].map((at, axis) => numbers(at).map((cosine) => cosine * delta[axis]!))
  return centred(steps as unknown as readonly [Vec3, Vec3, Vec3], numbers(78), shape)
}

/** The affine whose index n / 2, and not (n − 1) / 2, is at `centre`. */
function centred(steps: readonly [Vec3, Vec3, Vec3], centre: Vec3, shape: Shape): Affine {
  const origin = centre.map(
    (value, row) => value - steps.reduce((sum, step, axis) => sum + step[row]! * (shape[axis]! / 2), 0),
  )
  return affineOf(steps, origin as unknown as Vec3, ras, 'delta, Mdc and Pxyz_c')
}

/** Spacings, unit vectors and the place of index n / 2, each as float32. */
function writeAffine(view: DataView, affine: Affine, shape: Shape, spacingMm: Vec3): void {
  const steps = [0, 1, 2].map((axis) => columnOf(affine, axis, ras))
  const centre = [3, 7, 11].map((at, row) =>
    steps.reduce((sum, step, axis) => sum + step[row]! * (shape[axis]! / 2), affine[at]!),
  )
  const delta = spacingMm.map(Math.fround)
  const cosines = steps.flatMap((step, axis) => step.map((value) => Math.fround(value / delta[axis]!)))
  const rounded = [...delta, ...cosines, ...centre.map(Math.fround)]
  const kept = cosines.map((value, n) => value * delta[Math.floor(n / 3)]!)
  const readBack = [0, 1, 2].flatMap((row) => [kept[row]!, kept[3 + row]!, kept[6 + row]!, 0])
  if (!rounded.every(Number.isFinite) || !isInvertible([...readBack, 0, 0, 0, 1]))
    throw new VoxaugError(
      'out-of-range',
      `affine must stay invertible in float32, as MGH stores it, got ${show(affine)}.`,
      {
        received: affine,
      },
    )
  view.setInt16(28, 1)
  for (const [n, value] of rounded.entries()) view.setFloat32(30 + 4 * n, value)
}
