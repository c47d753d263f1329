import { arrayOf, type DType, isInvertible, type VoxelArray, volume } from '@voxaug/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readNifti, readNiftiHeader, writeNifti } from './index.ts'

const integers = ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32'] as const
const dtypes: fc.Arbitrary<DType> = fc.constantFrom(...integers, 'float32', 'float64')
const versions = fc.constantFrom(1, 2)
const size = fc.integer({ min: 1, max: 7 })

/** Numbers that float32 would round, none of them tiny. */
const entry = (most: number) =>
  fc.double({ min: -most, max: most, noNaN: true }).map((value) => (Math.abs(value) < 1e-6 ? 0 : value))

/** Rows of numbers of any size from 1e-3 to 1e4, with an origin a kilometre away at most. */
const affines = fc
  .tuple(
    fc.array(entry(10), { minLength: 9, maxLength: 9 }),
    fc.array(entry(1e6), { minLength: 3, maxLength: 3 }),
    fc.constantFrom(1e-3, 1, 1000),
  )
  .map(([m, origin, scale]) =>
    // + 0: a negative zero is read back as zero.
    [
      ...[0, 1, 2].flatMap((row) => [
        ...m.slice(3 * row, 3 * row + 3).map((value) => value * scale + 0),
        origin[row]! + 0,
      ]),
      0,
      0,
      0,
      1,
    ],
  )
  .filter((affine) => isInvertible(affine) && isInvertible(affine.map(Math.fround)))

/** Bytes that say nothing. */
function noise(length: number, seed: number): Uint8Array<ArrayBuffer> {
  let state = seed | 1
  return Uint8Array.from({ length }, () => {
    state = Math.imul(state, 1664525) + 1013904223
    return state >>> 24
  })
}

const almostMost = Math.fround(3.4e38)

describe('what is written is read back', () => {
  it('bit for bit, of every type, shape, affine, version and compression', () =>
    fc.assert(
      fc.asyncProperty(
        dtypes,
        fc.tuple(size, size, size),
        fc.integer({ min: 1, max: 3 }),
        affines,
        fc.integer(),
        versions,
        fc.constantFrom({ gzip: false }, {}, { gzipLevel: 1 }, { gzipLevel: 9 }),
        fc.array(fc.record({ code: fc.nat(2 ** 31 - 1), content: fc.uint8Array({ maxLength: 40 }) }), { maxLength: 3 }),
        async (dtype, shape, channels, affine, seed, version, compression, extensions) => {
          const Kind = arrayOf(dtype)
          const count = shape[0] * shape[1] * shape[2] * channels
          const bytes = noise(count * Kind.BYTES_PER_ELEMENT, seed)
          const made = volume({ data: new Kind(bytes.buffer), shape, channels, affine })
          const file = await writeNifti(made, { dtype, version, extensions, ...compression })
          const read = await readNifti(file)
          expect(read).toMatchObject({ shape, channels, dtype, warnings: [] })
          expect(read.affine).toEqual(version === 1 ? affine.map((value) => Math.fround(value) + 0) : affine)
          expect(new Uint8Array(read.data.buffer)).toEqual(bytes)
          const header = await readNiftiHeader(file)
          expect(header.format).toBe(`NIfTI-${version}`)
          expect(header.voxelOffset % 16).toBe(0)
          expect(header.extensions.map(({ code }) => code)).toEqual(extensions.map(({ code }) => code))
          for (const [n, { content }] of header.extensions.entries()) {
            expect(content.length % 16).toBe(8)
            const given = extensions[n]!.content
            expect(Array.from(content)).toEqual([...given, ...new Array(content.length - given.length).fill(0)])
          }
        },
      ),
      { numRuns: 400 },
    ))

  it('within half a step, scaled to any integer type', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...integers),
        versions,
        fc.oneof(
          // At the last float32 itself the slope cannot be rounded up, and the other end may err by a whole step.
          fc.float32Array({ minLength: 1, maxLength: 40, noNaN: true, min: -almostMost, max: almostMost }),
          // Values that are close together and far from 0.
          fc
            .tuple(fc.float({ noNaN: true, min: -1e6, max: 1e6 }), fc.array(fc.double({ min: 0, max: 1, noNaN: true })))
            .map(([offset, values]) => Float64Array.from([0, ...values], (value) => offset + value)),
        ),
        async (dtype, version, data: VoxelArray) => {
          const made = volume({ data, shape: [data.length, 1, 1] })
          const file = await writeNifti(made, { dtype, version, scaled: true, gzip: false })
          const { slope, intercept } = await readNiftiHeader(file)
          const read = await readNifti(file)
          for (const [n, value] of read.data.entries()) {
            // Half a step, half a step of the float32 that is read (2^-24 of it, or half of 2^-149), and the float64 sum's rounding.
            const read32 = Math.max(Math.abs(value), Math.abs(data[n]!)) * 2 ** -24 + 2 ** -150
            const bound = slope / 2 + read32 + Math.abs(intercept) * 2 ** -51
            expect(Math.abs(value - data[n]!)).toBeLessThanOrEqual(bound * (1 + 1e-9))
          }
        },
      ),
      { numRuns: 1000 },
    ))

  it('a label map as the same labels', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -70_000, max: 70_000 }), { minLength: 1, maxLength: 50 }),
        versions,
        async (labels, version) => {
          const made = volume({ data: Int32Array.from(labels), shape: [labels.length, 1, 1], kind: 'label' })
          const read = await readNifti(await writeNifti(made, { version }), { kind: 'label' })
          expect(Array.from(read.data)).toEqual(labels)
        },
      ),
    ))
})
