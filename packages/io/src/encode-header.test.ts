import { type Volume, volume } from '@voxaug/core'
import { describe, expect, it } from 'vitest'
import { readNifti, readNiftiHeader, writeNifti } from './index.ts'
import { oblique } from './test-file.ts'

const affine = [...oblique, 0, 0, 0, 1]
const image = (init = {}) =>
  volume({ data: Int16Array.from({ length: 60 }, (_, n) => n - 20), shape: [3, 4, 5], affine, ...init })
const write = (made: Volume, options: Parameters<typeof writeNifti>[1] = {}) =>
  writeNifti(made, { gzip: false, ...options })

/** A left-handed rotation; spacing 1.5, 2, 3; an origin of numbers that no float32 holds. */
const rotated = [0, -1.6, 1.8, 0.1, 0, 1.2, 2.4, 1 / 3, 1.5, 0, 0, 1e6 + 0.1, 0, 0, 0, 1]

describe('NIfTI-2', () => {
  it('has every field, and zeros elsewhere', async () => {
    const bytes = await write(image({ affine: rotated }), { version: 2, dtype: 'int16' })
    const view = new DataView(bytes.buffer)
    const doubles = (at: number, count: number) =>
      Array.from({ length: count }, (_, n) => view.getFloat64(at + 8 * n, true))
    expect(view.getInt32(0, true)).toBe(540)
    expect(Array.from(bytes.subarray(4, 12))).toEqual([0x6e, 0x2b, 0x32, 0, 0x0d, 0x0a, 0x1a, 0x0a])
    expect([view.getInt16(12, true), view.getInt16(14, true)]).toEqual([4, 16])
    expect(Array.from(new BigInt64Array(bytes.slice(16, 80).buffer))).toEqual([3n, 3n, 4n, 5n, 1n, 1n, 1n, 1n])
    expect(doubles(104, 8)).toEqual([-1, 1.5, 2, 3, 1, 1, 1, 1])
    expect(view.getBigInt64(168, true)).toBe(544n)
    expect(doubles(176, 2)).toEqual([1, 0])
    expect([view.getInt32(344, true), view.getInt32(348, true)]).toEqual([2, 2])
    expect(doubles(376, 3)).toEqual([0.1, 1 / 3, 1e6 + 0.1])
    expect(doubles(400, 12)).toEqual(rotated.slice(0, 12))
    expect(view.getInt32(500, true)).toBe(2)
    for (const [start, end] of [
      [80, 104],
      [192, 344],
      [496, 500],
      [504, 544],
    ] as const)
      expect(bytes.slice(start, end).every((byte) => byte === 0)).toBe(true)
    expect(bytes.length).toBe(544 + 120)
    expect(new Int16Array(bytes.slice(544).buffer)).toEqual(image().data)
  })

  it('keeps an affine that float32 would round, in both forms', async () => {
    const { format, sform, qform, warnings } = await readNiftiHeader(
      await write(image({ affine: rotated }), { version: 2 }),
    )
    expect([format, warnings]).toEqual(['NIfTI-2', []])
    expect(sform).toEqual({ code: 2, affine: rotated })
    expect(qform!.code).toBe(2)
    // A quaternion of float64: sixteen digits of numbers up to 3.
    for (const [n, value] of qform!.affine.entries()) expect(Math.abs(value - rotated[n]!)).toBeLessThan(1e-14)
  })

  it('comes by itself where NIfTI-1 cannot count the axes or the channels, or hold the affine', async () => {
    const formatOf = async (made: Volume) => (await readNiftiHeader(await write(made))).format
    const row = (length: number, init = {}) => volume({ data: new Uint8Array(length), shape: [length, 1, 1], ...init })
    expect(await formatOf(row(32767))).toBe('NIfTI-1')
    expect(await formatOf(row(32768))).toBe('NIfTI-2')
    expect(await formatOf(row(32767, { shape: [1, 1, 1], channels: 32767 }))).toBe('NIfTI-1')
    expect(await formatOf(row(32768, { shape: [1, 1, 1], channels: 32768 }))).toBe('NIfTI-2')
    const diagonal = (x: number, y: number) => image({ affine: [x, 0, 0, 0, 0, y, 0, 0, 0, 0, y, 0, 0, 0, 0, 1] })
    expect(await formatOf(diagonal(1e30, 1))).toBe('NIfTI-1')
    for (const made of [diagonal(1e60, 1), diagonal(1e-60, 1), image({ affine: affine.with(3, 1e39) })]) {
      const read = await readNifti(await write(made))
      expect(read.affine).toEqual(made.affine)
      expect(await formatOf(made)).toBe('NIfTI-2')
    }
    // Each number fits float32, but not the length of the column, which pixdim holds.
    const long = image({ affine: [3e38, 0, 0, 0, 3e38, 3e38, 0, 0, 3e38, 0, 3e38, 0, 0, 0, 0, 1] })
    expect(await formatOf(long)).toBe('NIfTI-2')
  })

  it('counts more channels than NIfTI-1', async () => {
    const data = Uint8Array.from({ length: 40_000 }, (_, n) => n % 251)
    const made = volume({ data, shape: [1, 1, 1], channels: 40_000, kind: 'label' })
    expect(await readNifti(await writeNifti(made), { kind: 'label' })).toMatchObject({ channels: 40_000, data })
  })
})
