import { readFileSync } from 'node:fs'
import type { Volume } from '@voxaug/core'
import { describe, expect, it } from 'vitest'
import real from './goldens/real.json' with { type: 'json' }
import synthetic from './goldens/synthetic.json' with { type: 'json' }
import { readNifti, readNiftiHeader } from './index.ts'
import { readNifti as readNiftiFile, readNiftiHeader as readNiftiFileHeader } from './node.ts'
import { crc32, fromBase64 } from './test-file.ts'

/** What nibabel said of a file; see tooling/goldens/io.py. */
interface Golden {
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

const data = process.env['VOXAUG_DATA']

function expectVolume(volume: Volume, golden: Golden) {
  const values = Float32Array.from(volume.data)
  expect(values.length).toBe(golden.dim.reduce((a, b) => a * b))
  for (const [index, value] of golden.voxels) expect(values[index!]).toBe(value ?? Number.NaN)
  // Relative to the sum: numpy adds pairwise, we in order.
  const finite = values.reduce((sum, value) => (Number.isFinite(value) ? sum + value : sum), 0)
  expect(Math.abs(finite - golden.sum)).toBeLessThanOrEqual(1e-9 * Math.abs(golden.sum))
  expect(crc32(values)).toBe(golden.crc32)
  expectAffine(volume.affine, golden.affine)
}

/** nibabel computes quaternions in 80-bit floats, which near half turns leaves 1e-8 of a voxel to float64. */
function expectAffine(affine: readonly number[], golden: readonly number[]) {
  for (const [n, value] of affine.entries()) expect(Math.abs(value - golden[n]!)).toBeLessThanOrEqual(1e-7)
}

describe('synthetic files, as nibabel reads them', () => {
  it.each(Object.entries(synthetic))('%s', async (_, { file, ...golden }) => {
    const bytes = fromBase64(file)
    for (const read of [readNifti, readNiftiFile]) expectVolume(await read(bytes), golden)
    for (const read of [readNiftiHeader, readNiftiFileHeader]) {
      const header = await read(bytes)
      expect(header).toMatchObject({
        format: golden.format,
        dim: golden.dim,
        dtype: golden.dtype,
        slope: golden.slope,
        intercept: golden.intercept,
        orientation: golden.orientation,
      })
      expectAffine(header.affine, golden.affine)
      expect(header.extensions.map(({ code, bytes }) => [code, bytes])).toEqual(golden.extensions)
    }
  })
})

describe.runIf(data)('real files, as nibabel reads them (left out where VOXAUG_DATA is not set)', () => {
  it.each(Object.entries(real))('%s', async (name, golden) => {
    const path = `${data}/${name}`
    const bytes = readFileSync(path)
    for (const volume of [await readNiftiFile(path), await readNifti(bytes)]) expectVolume(volume, golden)
    const header = await readNiftiFileHeader(path)
    expect(header).toMatchObject({
      format: golden.format,
      dim: golden.dim,
      dtype: golden.dtype,
      slope: golden.slope,
      intercept: golden.intercept,
      orientation: golden.orientation,
    })
    expectAffine(header.affine, golden.affine)
    expect(header.extensions.map(({ code, bytes }) => [code, bytes])).toEqual(golden.extensions)
    expect(header.warnings).toEqual([])
  })
})
