import {
  arrayOf,
  createRegistry,
  type DType,
  pipelineFromJson,
  run,
  type Shape,
  type Subject,
  type Volume,
  type VolumeKind,
  volume,
  voxelsOf,
} from '@voxaug/core'
import elastic from '@voxaug/elastic/plugin'
import geometry from '@voxaug/geometry/plugin'
import intensity from '@voxaug/intensity/plugin'
import { expect } from 'vitest'

// The other side of volumes.py.

/** A grid as it stands in JSON. */
export interface GridJson {
  readonly shape: readonly number[]
  readonly affine: readonly number[]
}

/** What a reference gives for one way to interpolate: a value for each place, null where the two mean to differ. */
export interface Sample {
  readonly of: 'image' | 'label'
  readonly interpolation: string
  readonly fill: string | number
  readonly values: readonly (number | null)[]
}

/** A step, the grid before and after it, and what comes of the volumes made by formula on the grid before. */
export interface Golden {
  readonly name: string
  readonly transform: string
  readonly options: object
  readonly before: GridJson
  readonly after: GridJson
  readonly samples: readonly Sample[]
  /** The grid of an image before the others, where the frame is to be another than the grid before. */
  readonly frame?: GridJson
}

const formulas = {
  image: (i: number, j: number, k: number) =>
    (73 * i + 151 * j + 283 * k + 17 * ((i * j) % 29) + 31 * ((j * k) % 23)) % 1009,
  label: (i: number, j: number, k: number) => Math.floor((5 * i + 3 * j + 7 * k + ((i * k) % 4)) / 8) % 13,
}

/** The largest value of an image less the smallest. */
export const imageRange = 1008

/** The values of a volume by formula; each further channel is the formula's volume from elsewhere on. */
export function valuesOf(kind: VolumeKind, [nx, ny, nz]: Shape, channels = 1): Float64Array {
  const out = new Float64Array(nx * ny * nz * channels)
  let n = 0
  for (let c = 0; c < channels; c++)
    for (let k = 0; k < nz; k++)
      for (let j = 0; j < ny; j++)
        for (let i = 0; i < nx; i++) out[n++] = formulas[kind](i + 4 * c, j + 7 * c, k + 2 * c)
  return out
}

/** The volume of a kind on a grid, in an element type. */
export function make(
  kind: VolumeKind,
  { shape, affine }: GridJson,
  dtype: DType = kind === 'image' ? 'float32' : 'uint8',
): Volume {
  const data = arrayOf(dtype).from(valuesOf(kind, shape as unknown as Shape))
  return volume({ data, shape, affine, kind })
}

/** How the image of an element type is made of the formula: see `typed` in volumes.py. */
export interface Typed {
  readonly dtype: DType
  readonly modulo: number
  readonly factor: number
  readonly offset: number
  readonly fine?: boolean
  readonly holes?: boolean
}

/** The image of an element type, of some channels. */
export function makeTyped(
  { dtype, modulo, factor, offset, fine, holes }: Typed,
  grid: GridJson,
  channels: number,
): Volume {
  const shape = grid.shape as unknown as Shape
  // With a channel more, whose values are the last one's 1024ths.
  const whole = valuesOf('image', shape, channels + 1)
  const regions = valuesOf('label', shape, channels)
  const size = voxelsOf(shape)
  const values = regions.map((region, n) => {
    if (holes && region % 4 === 0) return 0
    const value = whole[n]! + (fine ? whole[n + size]! / 1024 : 0)
    return (value % modulo) * factor + offset
  })
  return volume({ ...grid, data: arrayOf(dtype).from(values), channels })
}

export const registry = createRegistry(geometry, elastic, intensity)

/** The transform of a golden, with further options. */
export const step = ({ transform, options }: Pick<Golden, 'transform' | 'options'>, more: object = {}) =>
  pipelineFromJson({ voxaug: 1, pipeline: [{ transform, options: { ...options, ...more } }] }, registry)

/** A golden's options for one of its samples. */
export const settingsOf = ({ of, interpolation, fill }: Sample) =>
  of === 'image' ? { interpolation, fill } : { labelInterpolation: interpolation, labelFill: fill }

/** The image or label map after a golden's step, interpolated as one of its samples says, beside other entries. */
export function after(golden: Golden, sample: Sample, others: Subject = {}): Volume {
  const frame = golden.frame && { frame: make('image', golden.frame) }
  const subject: Subject = { ...frame, [sample.of]: make(sample.of, golden.before), ...others }
  return run(step(golden, settingsOf(sample)), subject, { seed: 1 }).output[sample.of] as Volume
}

/** Which voxel the n-th of a sample's values is: all in turn if they are few, else some from all over. */
const placeOf = (n: number, length: number, size: number): number =>
  length === size ? n : Math.floor((((n * 2654435761) % 2 ** 32) * size) / 2 ** 32)

/** Where a volume's channel is furthest from a sample's values, and how many were compared. */
export function compare(
  { data, shape }: Pick<Volume, 'data' | 'shape'>,
  { values }: Pick<Sample, 'values'>,
  channel = 0,
): { readonly compared: number; readonly worst: number } {
  const size = voxelsOf(shape)
  let [compared, worst] = [0, 0]
  for (const [n, wanted] of values.entries()) {
    if (wanted === null) continue
    compared++
    const off = Math.abs(data[channel * size + placeOf(n, values.length, size)]! - wanted)
    // NaN is as far off as can be.
    worst = off <= worst ? worst : Number.isNaN(off) ? Infinity : off
  }
  return { compared, worst }
}

/** Expects a volume to have a sample's values, of which at least a fraction can be compared. */
export function expectValues(volume: Pick<Volume, 'data' | 'shape'>, sample: Sample, fraction: number): void {
  const { compared, worst } = compare(volume, sample)
  expect(compared).toBeGreaterThan(fraction * sample.values.length)
  // Labels are what they are. Voxels and weights are float32: each of the few products of a sum errs by some 1e-7 of the range.
  expect(worst).toBeLessThanOrEqual(sample.of === 'label' || sample.interpolation === 'nearest' ? 0 : 1e-5 * imageRange)
}

/** Expects the grid after a golden's step: its shape, and its affine to 1e-9 mm; float64 errs by some 1e-13 of what is there. */
export function expectGrid({ shape, affine }: GridJson, { after }: Pick<Golden, 'after'>): void {
  expect(shape).toEqual(after.shape)
  for (const [n, x] of affine.entries()) expect(Math.abs(x - after.affine[n]!)).toBeLessThan(1e-9)
}
