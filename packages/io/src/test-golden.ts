/** For tests: what nibabel said of a file; see tooling/goldens/io.py. */
import type { Volume } from '@voxaug/core'
import { expect } from 'vitest'
import type { NiftiHeader } from './header.ts'
import { crc32 } from './test-file.ts'

export interface Golden {
  readonly format: string
  readonly dim: readonly number[]
  readonly dtype: string
  readonly affine: readonly number[]
  readonly orientation: string
  readonly slope: number
  readonly intercept: number
  readonly extensions: readonly (readonly number[])[]
  readonly voxels: readonly (readonly (number | null)[])[]
  readonly sum: number
  readonly crc32: number
}

export function expectVolume(volume: Volume, golden: Golden) {
  const values = Float32Array.from(volume.data)
  expect(values.length).toBe(golden.dim.reduce((a, b) => a * b))
  for (const [index, value] of golden.voxels) expect(values[index!]).toBe(value ?? Number.NaN)
  // Relative to the sum: numpy adds pairwise, we in order.
  const finite = values.reduce((sum, value) => (Number.isFinite(value) ? sum + value : sum), 0)
  expect(Math.abs(finite - golden.sum)).toBeLessThanOrEqual(1e-9 * Math.abs(golden.sum))
  expect(crc32(values)).toBe(golden.crc32)
  expectAffine(volume.affine, golden.affine)
}

export function expectHeader(header: NiftiHeader, golden: Golden) {
  const { format, dim, dtype, slope, intercept, orientation } = golden
  expect(header).toMatchObject({ format, dim, dtype, slope, intercept, orientation })
  expectAffine(header.affine, golden.affine)
  expect(header.extensions.map(({ code, bytes }) => [code, bytes])).toEqual(golden.extensions)
}

/** nibabel computes quaternions in 80-bit floats, which near half turns leaves 1e-8 of a voxel to float64. */
function expectAffine(affine: readonly number[], golden: readonly number[]) {
  for (const [n, value] of affine.entries()) expect(Math.abs(value - golden[n]!)).toBeLessThanOrEqual(1e-7)
}
