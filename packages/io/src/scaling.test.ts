import { type DType, type VoxelArray, volume } from '@voxaug/core'
import { describe, expect, it } from 'vitest'
import { readNifti, readNiftiHeader, writeNifti } from './index.ts'

const write = (data: VoxelArray, dtype: DType, version: 1 | 2 = 1) =>
  writeNifti(volume({ data, shape: [data.length, 1, 1], spacingMm: [1, 2, 3] }), {
    dtype,
    version,
    scaled: true,
    gzip: false,
  })

const scalingOf = async (bytes: Uint8Array<ArrayBuffer>) => {
  const { dtype, slope, intercept } = await readNiftiHeader(bytes)
  return { dtype, slope, intercept }
}

/** Slope, intercept and the voxels as read. */
const scaled = async (data: VoxelArray, dtype: DType, version: 1 | 2 = 1) => {
  const bytes = await write(data, dtype, version)
  return { ...(await scalingOf(bytes)), read: Array.from((await readNifti(bytes)).data) }
}

describe('scaled', () => {
  it('puts the ends of the voxels at the ends of the type', async () => {
    const bytes = await write(Float32Array.of(0, 0.5, 63.75), 'uint8')
    expect(await scalingOf(bytes)).toEqual({ dtype: 'uint8', slope: 0.25, intercept: 0 })
    expect(Array.from(bytes.subarray(352))).toEqual([0, 2, 255])
    const signed = await write(Float32Array.of(-32, 0.125, 31.75), 'int8')
    expect(await scalingOf(signed)).toEqual({ dtype: 'int8', slope: 0.25, intercept: 0 })
    // 0.125 is half a step: up, as ⌊x + ½⌋.
    expect(Array.from(new Int8Array(signed.buffer, 352))).toEqual([-128, 1, 127])
  })

  it('is not done unless asked', async () => {
    const bytes = await writeNifti(volume({ data: Float32Array.of(0.25, 2.5), shape: [2, 1, 1] }), { dtype: 'int16' })
    expect(await scalingOf(bytes)).toEqual({ dtype: 'int16', slope: 1, intercept: 0 })
    expect(Array.from((await readNifti(bytes)).data)).toEqual([0, 3])
  })

  it.each([
    ['whole numbers that fit as they are', Float32Array.of(-7, 0, 200), 'int16', 1, 0],
    ['whole numbers that fit when moved', Float32Array.of(1000, 1255), 'uint8', 1, 1000],
    ['whole numbers of a wider type', Int32Array.of(-70_000, -69_990), 'int8', 1, -69_872],
    ['one value over and over', Float32Array.of(0.1, 0.1, 0.1), 'uint8', 1, Math.fround(0.1)],
    ['zeros', new Float32Array(5), 'uint16', 1, 0],
    ['a single negative zero', Float32Array.of(-0), 'uint8', 1, 0],
  ] as const)('keeps %s', async (_, data, dtype, slope, intercept) =>
    expect(await scaled(data, dtype)).toEqual({
      dtype,
      slope,
      intercept,
      read: Array.from(data, (value) => value + 0),
    }),
  )

  it('leaves infinities out of the range, and saturates them', async () => {
    const { read, slope } = await scaled(Float32Array.of(-Infinity, -16, 0.5, 15.875, Infinity), 'uint8')
    expect(slope).toBe(0.125)
    expect(read).toEqual([-16, -16, 0.5, 15.875, 15.875])
  })

  it('takes no step that would be read as 0', async () => {
    const least = 2 ** -149
    const steps = { slope: least, intercept: 0, read: [0, least, 3 * least] }
    expect(await scaled(Float64Array.of(0, least, 3 * least), 'uint16', 2)).toMatchObject(steps)
    expect(await scaled(Float64Array.of(0, 1e-50, 1e-319), 'uint16', 2)).toMatchObject({ ...steps, read: [0, 0, 0] })
    expect(await scaled(Float64Array.of(-1e-319, 1e-319), 'int8', 2)).toMatchObject({ read: [0, 0] })
  })

  it('takes no slope from voxels of which none is finite', async () =>
    expect(await scaled(Float32Array.of(Infinity, -Infinity), 'int8')).toMatchObject({
      slope: 1,
      intercept: 0,
      read: [127, -128],
    }))

  it.each(['uint8', 'int8', 'uint16', 'int16', 'uint32', 'int32'] as const)(
    'errs by half a step in %s, though float32 rounds slope and intercept',
    async (dtype) => {
      // A far offset and a small range: nearest float32s would cut the ends.
      for (const data of [
        Float64Array.from({ length: 1000 }, (_, n) => 123456.7 + n / 999 / 3),
        Float32Array.from({ length: 1000 }, (_, n) => n * n * 1e-9 - 1e-4),
        Float32Array.from({ length: 10 }, (_, n) => (n - 3) * 1e-45),
        Float32Array.of(-3.4e38, 1, 3.4e38),
      ]) {
        for (const version of [1, 2] as const) {
          const { slope, intercept, read } = await scaled(data, dtype, version)
          for (const [n, value] of read.entries()) {
            // Half a step, half a step of the float32 that is read (2^-24 of it, or half of 2^-149), and the float64 sum's rounding.
            const read32 = Math.max(Math.abs(value), Math.abs(data[n]!)) * 2 ** -24 + 2 ** -150
            const bound = slope / 2 + read32 + Math.abs(intercept) * 2 ** -51
            expect(Math.abs(value - data[n]!)).toBeLessThanOrEqual(bound * (1 + 1e-9))
          }
        }
      }
    },
  )

  it.each([
    ['NaN', Float32Array.of(0.5, Number.NaN), 'voxel (1, 0, 0) must be a value that int16 holds, got NaN.'],
    [
      'numbers that no reader gives back',
      Float64Array.of(0.5, 1e39),
      'where scaled is true, voxels must be numbers that float32 holds, as readers give them, got 0.5 … 1e+39.',
    ],
  ])('refuses %s', async (_, data, message) =>
    expect(write(data, 'int16')).rejects.toThrow(
      expect.objectContaining({ code: 'out-of-range', name: 'VoxaugError', message }),
    ),
  )
})
