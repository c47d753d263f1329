import { createRandom, multiply, show, type Vec3, type Volume, VoxaugError, volume } from '@voxaug/core'
import { createAnatomy } from './anatomy.ts'
import { addNoise } from './noise.ts'
import { toWorld } from './placement.ts'
import { scan } from './scan.ts'
import { createWaves } from './waves.ts'

/** What can be chosen about the head. */
export interface HeadPhantomOptions {
  /** Voxels along each axis over a fixed field of view of 176 × 224 × 193.6 mm: [176, 224, 176] unless given, 1 × 1 × 1.1 mm. */
  readonly shape?: readonly [number, number, number] | undefined
  /** Another seed folds another brain, and draws other noise: 0 unless given. */
  readonly seed?: number | undefined
  /** Standard deviation of the noise where white matter is about 820: 20 unless given. */
  readonly noiseStd?: number | undefined
  /** Standard deviation of the smooth, multiplicative bias field: 0.08 unless given. */
  readonly bias?: number | undefined
  /** Radius of the lesion in the left hemisphere's white matter, 0 for none: 9 unless given. */
  readonly lesionRadiusMm?: number | undefined
}

/** Millimetres covered along each axis. */
const fieldOfView = [176, 224, 193.6] as const
/** The grid's centre, in anatomical millimetres. */
const center = [2.4, 0, 4] as const

/**
 * Makes a T1-weighted head and its label map, both on one oblique grid, RAS.
 *
 * The image is int16, as scanners write it; the label map is uint8 with the values of `labels`. The same options give the
 * same bytes on every engine.
 * @throws VoxaugError `invalid-option`, `invalid-seed`
 */
export function headPhantom(options: HeadPhantomOptions = {}): { readonly image: Volume; readonly label: Volume } {
  const { shape = [176, 224, 176], seed = 0, noiseStd = 20, bias = 0.08, lesionRadiusMm = 9 } = options
  check('shape', shape, isShape(shape), 'must be three whole numbers from 8 to 1024')
  check('noiseStd', noiseStd, noiseStd >= 0 && noiseStd <= 1000, 'must be a number from 0 to 1000')
  check('bias', bias, bias >= 0 && bias <= 0.3, 'must be a number from 0 to 0.3')
  check('lesionRadiusMm', lesionRadiusMm, lesionRadiusMm >= 0 && lesionRadiusMm <= 15, 'must be a number from 0 to 15')
  const random = createRandom(seed)

  const spacing = shape.map((n, axis) => fieldOfView[axis]! / n) as unknown as Vec3
  const origin = shape.map((n, axis) => center[axis]! - ((n - 1) / 2) * spacing[axis]!) as unknown as Vec3
  // Tissues pass into each other over 1.7 mm, or a voxel where that is longer: sharper edges look drawn.
  const anatomy = createAnatomy(random, Math.max(0.85, 0.5 * Math.max(...spacing)), lesionRadiusMm)
  const field = createWaves(random.fork('bias'), { count: 5, wavelengthMm: [350, 600] })
  const { signal, label } = scan(anatomy, shape, origin, spacing, field, bias)
  addNoise(signal, random.fork('noise').stream(), noiseStd)
  const image = new Int16Array(signal.length)
  for (let n = 0; n < image.length; n++) image[n] = Math.floor(signal[n]! + 0.5)

  const [sx, sy, sz] = spacing
  const affine = multiply(toWorld, [sx, 0, 0, origin[0], 0, sy, 0, origin[1], 0, 0, sz, origin[2], 0, 0, 0, 1])
  return { image: volume({ data: image, shape, affine }), label: volume({ data: label, shape, affine, kind: 'label' }) }
}

const isShape = (shape: readonly number[]) =>
  Array.isArray(shape) && shape.length === 3 && shape.every((n) => Number.isInteger(n) && n >= 8 && n <= 1024)

function check(option: string, value: unknown, holds: boolean, expected: string): void {
  if (holds) return
  throw new VoxaugError('invalid-option', `headPhantom: ${option} ${expected}, got ${show(value)}.`, {
    option,
    received: value,
  })
}
