import type { Volume } from '@voxaug/core'
import { expect } from 'vitest'
import { crc32 } from '../test-file.ts'

/** For tests: what an independent library read from a file; see tooling/goldens/formats.py. */
export interface Golden {
  readonly format: string
  readonly shape: readonly number[]
  readonly channels: number
  readonly affine: readonly number[]
  readonly voxels: readonly (number | string | null)[]
  readonly crc32: number
  /** base64 */
  readonly file: string
  /** The file that the header names, and its bytes in base64. */
  readonly name?: string
  readonly beside?: string
}

export function expectGolden(volume: Volume, golden: Golden): void {
  expect(volume.shape).toEqual(golden.shape)
  expect(volume.channels).toBe(golden.channels)
  const values = Float64Array.from(volume.data)
  for (const [n, value] of golden.voxels.entries()) expect(values[n]).toBe(value === null ? Number.NaN : Number(value))
  expect(crc32(values)).toBe(golden.crc32)
  // nibabel computes MGH's affine in float32; ITK normalises directions, which moves the last digits of float64.
  const tolerance = golden.format === 'MGH' ? 3e-5 : 1e-9
  for (const [n, value] of volume.affine.entries())
    expect(Math.abs(value - golden.affine[n]!)).toBeLessThanOrEqual(tolerance)
}
