import { type Grid, shiftOrigin, type Transform, type Vec3 } from '@voxaug/core'
import { defineSpatial, type Place } from './define-spatial.ts'
import type { Fill } from './moves.ts'
import { latticeWarp, type Warp } from './warp.ts'

// Spatial steps for tests, each of a name of its own.

interface Settings {
  readonly interpolation?: 'linear' | 'nearest' | 'cubic'
  readonly labelInterpolation?: 'nearest' | 'vote'
  readonly fill?: Fill
  readonly labelFill?: Exclude<Fill, 'minimum' | 'mean'>
  readonly outsidePoints?: 'keep' | 'drop' | 'clamp'
  readonly include?: readonly string[]
}

let count = 0

/** A step that moves the anatomy. */
export function warpStep(warp: Warp | ((place: Place) => Warp), settings: Settings = {}): Transform {
  return defineSpatial({
    name: `test/Warp${count++}`,
    help: 'Moves the anatomy.',
    options: {},
    sample: () => ({}),
    resolve: (_, place) => ({ warp: typeof warp === 'function' ? warp(place) : warp }),
  })(settings)
}

/** A step that looks elsewhere, perhaps at smoothed images. */
export function gridStep(gridOf: (place: Place) => Grid, settings: Settings = {}, antialias = false): Transform {
  return defineSpatial({
    name: `test/Grid${count++}`,
    help: 'Looks elsewhere.',
    options: {},
    sample: () => ({}),
    resolve: (_, place) => ({ grid: gridOf(place), antialias }),
  })(settings)
}

/** A step that keeps `shape` voxels from `start` on, which may lie outside. */
export const boxStep = (start: Vec3, shape: Vec3, settings?: Settings): Transform =>
  gridStep(({ grid }) => ({ shape, affine: shiftOrigin(grid.affine, start) }), settings)

/** A push by an affine of the frame's indices: what was at voxel p is then at voxel matrix · p. */
export const shift = (x: number, y = 0, z = 0): readonly (readonly number[])[] => [
  [1, 0, 0, x],
  [0, 1, 0, y],
  [0, 0, 1, z],
  [0, 0, 0, 1],
]

/** Displacements of at most `mostMm` at 5 × 6 × 5 control points over a box of the world. */
export function waves(seed: number, mostMm: number, low: Vec3, high: Vec3): Warp {
  const shape = [5, 6, 5] as const
  const scale = low.map((from, axis) => (shape[axis as 0 | 1 | 2] - 1) / (high[axis]! - from))
  const [a, b, c] = scale as [number, number, number]
  // Not along the world's axes.
  // biome-ignore format: rows of a matrix
  const toLattice = [
    a, 0.1 * b, 0, -low[0] * a - 0.1 * b * (low[1] + high[1]) / 2,
    0, b, -0.05 * c, -low[1] * b + 0.05 * c * (low[2] + high[2]) / 2,
    0.1 * a, 0, c, -low[2] * c - 0.1 * a * (low[0] + high[0]) / 2,
    0, 0, 0, 1,
  ]
  const displacementsMm = Array.from({ length: 3 * 5 * 6 * 5 }, (_, n) => mostMm * (2 * noiseAt(seed, n) - 1))
  return latticeWarp({ shape, toLattice, displacementsMm })
}

/** A number in [0, 1) that is a function of two whole ones. */
export function noiseAt(seed: number, n: number): number {
  let t = Math.imul(n + 0x6d2b79f5, 0x9e3779b1) ^ Math.imul(seed + 1, 0x85ebca6b)
  t = Math.imul(t ^ (t >>> 15), t | 1)
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
