import { show, VoxaugError } from './error.ts'
import { type Affine, type Grid, parseAffine, type Shape, spacingOf, type Vec3, voxelsOf } from './grid.ts'

/** Element types of volumes, by the name that numpy and the command line use. */
const arrays = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const

export type DType = keyof typeof arrays
export type VoxelArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
export type VolumeKind = 'image' | 'label'

/** Something worth knowing that stopped nothing. `path` is the step's place in the pipeline, or empty. */
export interface Warning {
  readonly code: string
  readonly message: string
  readonly path: string
}

/**
 * A three-dimensional image or label map, with any number of channels.
 *
 * A plain record: structuredClone copies it. Reading `data` of a volume whose voxels are pending computes and keeps them.
 */
export interface Volume extends Grid {
  readonly kind: VolumeKind
  /** Volumes of one shape, last in memory; time is one of them. */
  readonly channels: number
  readonly dtype: DType
  /** Millimetres between neighbours along each voxel axis. */
  readonly spacingMm: Vec3
  /** `channels · nz · ny · nx` voxels, `i` fastest. */
  readonly data: VoxelArray
  /** What the reader of the file had to say. */
  readonly warnings: readonly Warning[]
}

/**
 * What `volume` takes. Give `affine`, or `spacingMm` for an axis-aligned volume about the world's origin; or another volume
 * and new voxels: `volume({ ...image, data })`.
 */
export interface VolumeInit {
  readonly data: VoxelArray
  readonly shape: readonly number[]
  /** Four rows of four numbers, or sixteen in rows. */
  readonly affine?: readonly number[] | readonly (readonly number[])[] | Float64Array
  readonly spacingMm?: readonly number[]
  readonly channels?: number
  readonly kind?: VolumeKind
  readonly warnings?: readonly Warning[]
}

/** The constructor of a dtype's typed array. */
export const arrayOf = (dtype: DType): (typeof arrays)[DType] => arrays[dtype]

/** The dtype of a typed array, or undefined for what a volume cannot hold. */
export function dtypeOf(data: unknown): DType | undefined {
  return (Object.keys(arrays) as DType[]).find((name) => data instanceof arrays[name])
}

/**
 * Makes a volume over a typed array, which is not copied.
 *
 * With `spacingMm` in place of an affine the axes are the world's and the centre of the grid is its origin.
 * @throws VoxaugError `invalid-volume`, `invalid-affine` when a number is wrong or the array has another length
 */
export function volume(init: VolumeInit): Volume {
  const { data, channels = 1, kind = 'image', warnings = [] } = init
  const shape = parseShape(init.shape)
  const affine =
    init.affine === undefined ? centered(shape, init.spacingMm ?? [1, 1, 1]) : parseAffine(init.affine, 'affine')
  // Both may be given, so that `volume({ ...other, data })` takes the grid of another volume.
  const spacingMm = spacingOf(affine)
  if (init.spacingMm?.some((s, axis) => s !== spacingMm[axis]) && init.affine !== undefined)
    fail(`spacingMm must be that of the affine, ${show(spacingMm)}, or be left out`, init.spacingMm)
  if (!(Number.isSafeInteger(channels) && channels > 0)) fail('channels must be a whole number above 0', channels)
  if (kind !== 'image' && kind !== 'label') fail("kind must be 'image' or 'label'", kind)
  const dtype = dtypeOf(data)
  if (!dtype)
    fail(`data must be a typed array (${Object.keys(arrays).join(', ')})`, Object.prototype.toString.call(data))
  const made: Volume = { kind, shape, affine, channels, dtype, spacingMm, data, warnings }
  checkVolume(made)
  return made
}

/**
 * Makes a volume whose voxels `compute` gives when they are first read.
 *
 * `pending` is the plain description that `compute` works from; `pendingOf` returns it, so that a later step can compose
 * with it, or another executor run it. Name the fields of `like` one by one: `{ ...other }` reads, and so computes, `other.data`.
 */
export function pendingVolume<P extends Pending>(
  like: Pick<Volume, 'kind' | 'shape' | 'affine' | 'channels' | 'dtype' | 'warnings'>,
  pending: P,
  compute: (pending: P) => VoxelArray,
): Volume {
  let data: VoxelArray | undefined
  const fresh = () => {
    for (const observe of observers) observe(pending)
    return compute(pending)
  }
  const made = {
    kind: like.kind,
    shape: like.shape,
    affine: like.affine,
    channels: like.channels,
    dtype: like.dtype,
    spacingMm: spacingOf(like.affine),
    get data() {
      data ??= fresh()
      return data
    },
    warnings: like.warnings,
  }
  const take = () => (data ? { data, owned: false } : { data: fresh(), owned: true })
  // Hidden from structuredClone, which takes the voxels and not how they came about.
  return Object.defineProperty(made, pendingKey, { value: { pending, take } satisfies Hidden })
}

interface Hidden {
  readonly pending: Pending
  readonly take: () => Taken
}

/** Voxels, and whether they belong to whoever took them and may be overwritten. */
export interface Taken {
  readonly data: VoxelArray
  readonly owned: boolean
}

const hiddenOf = (volume: Volume) => (volume as { [pendingKey]?: Hidden })[pendingKey]

/** The voxels for a step that replaces them: pending ones that nobody has read are computed and handed over, not kept. */
export const takeData = (volume: Volume): Taken => hiddenOf(volume)?.take() ?? { data: volume.data, owned: false }

/** The volume with its voxels computed, and no memory of how. */
export function settled(volume: Volume): Volume {
  if (!hiddenOf(volume)) return volume
  const { kind, shape, affine, channels, dtype, spacingMm, data, warnings } = volume
  return { kind, shape, affine, channels, dtype, spacingMm, data, warnings }
}

/** How a volume's voxels are to be computed: from a source, by the package named in `by`. */
export interface Pending {
  readonly by: string
  readonly source: Volume
  /** Each time the voxels of this run of steps had to be computed, and why a new pass began. */
  readonly passes: readonly Pass[]
  /** Filled while computing: what the voxels themselves had to tell. */
  readonly warnings: Warning[]
}

/** One pass over the voxels of an entry. */
export interface Pass {
  readonly by: string
  readonly path: string
  readonly why: string
}

const pendingKey: unique symbol = Symbol('voxaug.pending')

/** The description that a volume's voxels are computed from, also after they were read; undefined where they were given. */
export const pendingOf = (volume: Volume): Pending | undefined => hiddenOf(volume)?.pending

const observers = new Set<(pending: Pending) => void>()

/** Calls `observe` each time pending voxels are computed, until the function that it returns is called. For tests. */
export function observeComputing(observe: (pending: Pending) => void): () => void {
  observers.add(observe)
  return () => void observers.delete(observe)
}

/** Throws unless a volume's array holds as many voxels as its shape and channels say; of pending voxels, their source's. */
export function checkVolume(given: Volume): void {
  let from = given
  for (let pending = pendingOf(from); pending; pending = pendingOf(from)) from = pending.source
  const { data, channels } = from
  const shape = parseShape(from.shape)
  const expected = voxelsOf(shape) * channels
  const held = data?.length
  if (held === expected) return
  const transferred = held === 0 ? ' (was its buffer transferred to a worker?)' : ''
  fail(`data must hold ${shape.join(' × ')} × ${channels} = ${expected} voxels${transferred}`, held)
}

function parseShape(shape: readonly number[]): Shape {
  const ok = Array.isArray(shape) && shape.length === 3 && shape.every((n) => Number.isSafeInteger(n) && n > 0)
  if (!ok || !Number.isSafeInteger(voxelsOf(shape as unknown as Shape)))
    fail('shape must be three whole numbers above 0', shape)
  return Object.freeze([...shape]) as unknown as Shape
}

function centered(shape: Shape, spacing: readonly number[]): Affine {
  if (!(spacing.length === 3 && spacing.every((s) => Number.isFinite(s) && s > 0)))
    fail('spacingMm must be three numbers above 0', spacing)
  const [x, y, z] = spacing as unknown as Vec3
  const origin = (axis: 0 | 1 | 2) => (-(shape[axis] - 1) / 2) * spacing[axis]!
  return Object.freeze([x, 0, 0, origin(0), 0, y, 0, origin(1), 0, 0, z, origin(2), 0, 0, 0, 1])
}

function fail(message: string, received: unknown): never {
  throw new VoxaugError('invalid-volume', `${message}, got ${show(received)}.`, { received })
}
