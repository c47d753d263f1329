import { type Points, points, type Subject, type Volume, type VolumeInit, volume } from '@voxaug/core'

/** A rotation about no axis of the grid, three spacings, one axis mirrored, and an origin far from 0. */
const oblique = [
  [-0.9, 0.312, 0.21, 91.25],
  [0.288, 1.1, -0.4, -126.5],
  [0.25, 0.36, 1.75, 1003.5],
  [0, 0, 0, 1],
]
/** Another grid over about the same place: whole-voxel maps on the one are not on the other. */
const coarser = [
  [2.1, 0, 0.1, 60],
  [0, 1.9, 0, -130],
  [-0.1, 0, 2.2, 1000],
  [0, 0, 0, 1],
]

/** Whole numbers from 0 to 65535 by a linear congruence, exact in doubles: no code of ours, so that it cannot hide a change. */
function scatter(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 16807) % 2147483647
    return state & 0xffff
  }
}

type Kinds = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array

/** Blobs with noise on them: smooth enough to be like anatomy, with every voxel different from its neighbours. */
function fill<A extends Kinds>(data: A, [nx, ny]: readonly number[], scale: number, seed: number): A {
  const next = scatter(seed)
  for (let n = 0; n < data.length; n += 1) {
    const [i, j, k] = [n % nx!, Math.floor(n / nx!) % ny!, Math.floor(n / (nx! * ny!))]
    const blob = (i * 7 + j * 3 + k * 5) % 61 < 30 ? 1 : 0
    data[n] = (blob * 0.5 + next() / 131072) * scale
  }
  return data
}

function image(data: (length: number) => Kinds, init: Omit<VolumeInit, 'data'>, scale: number, seed: number): Volume {
  const { shape, channels = 1 } = init
  const length = shape.reduce((product, n) => product * n, channels)
  return volume({ ...init, data: fill(data(length), shape, scale, seed) })
}

function labels(data: (length: number) => Kinds, init: Omit<VolumeInit, 'data'>): Volume {
  const { shape } = init
  const [nx, ny, nz] = shape as [number, number, number]
  const made = data(nx * ny * nz)
  for (let n = 0; n < made.length; n += 1) {
    const [i, j, k] = [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))]
    made[n] = (Math.floor(i / 4) + 2 * Math.floor(j / 5) + 3 * Math.floor(k / 3)) % 7
  }
  return volume({ ...init, data: made, kind: 'label' })
}

const landmarks = (): Points =>
  points([
    [75, -110, 1018],
    [80.125, -101.5, 1023.75],
    [84, -118, 1011.0625],
  ])

/** What the pipelines run on: made anew for each, since nothing may leave a mark on its input. */
export const subjects: Readonly<Record<string, () => Subject>> = {
  'odd shape, oblique, int16 with uint8 labels and points': () => ({
    image: image((n) => new Int16Array(n), { shape: [29, 23, 17], affine: oblique }, 4000, 1),
    label: labels((n) => new Uint8Array(n), { shape: [29, 23, 17], affine: oblique }),
    landmarks: landmarks(),
  }),
  'two channels of float32 with labels on another grid': () => ({
    image: image((n) => new Float32Array(n), { shape: [19, 26, 15], affine: oblique, channels: 2 }, 1, 2),
    label: labels((n) => new Int32Array(n), { shape: [14, 16, 13], affine: coarser }),
  }),
  'one slice of uint16': () => ({
    image: image((n) => new Uint16Array(n), { shape: [31, 27, 1], spacingMm: [0.7, 1.3, 5] }, 60000, 3),
    label: labels((n) => new Uint16Array(n), { shape: [31, 27, 1], spacingMm: [0.7, 1.3, 5] }),
  }),
  'float64 beside int8': () => ({
    image: image((n) => new Float64Array(n), { shape: [17, 18, 21], affine: oblique }, 1e-3, 4),
    other: image((n) => new Int8Array(n), { shape: [17, 18, 21], affine: oblique }, 127, 5),
  }),
  'a field of displacements, up to 0.6 mm': () => ({
    image: image((n) => new Int16Array(n), { shape: [29, 23, 17], affine: oblique }, 4000, 1),
    label: labels((n) => new Uint8Array(n), { shape: [29, 23, 17], affine: oblique }),
    field: image((n) => new Float32Array(n), { shape: [20, 18, 16], affine: coarser, channels: 3 }, 0.6, 6),
    landmarks: landmarks(),
  }),
}
