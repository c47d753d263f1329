import { type Affine, type Shape, volume } from '@voxaug/core'
import { readVolume, readVolumeHeader } from '@voxaug/io'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { niftiOf } from './nifti-of.ts'

const oblique: Affine = [-0.2, 0.1, -3.3, 40.7, -2, 0.3, 0.4, 50, 0.1, -4, 0.5, 1e-3, 0, 0, 0, 1]

const read = (bytes: ArrayBuffer) => readVolume(new Uint8Array(bytes), { kind: 'image' })

test('a file of a grid is read as zeros on that grid, in float32', async () => {
  const found = await read(niftiOf({ shape: [3, 4, 5], affine: oblique }))
  expect([found.shape, found.dtype, found.channels]).toEqual([[3, 4, 5], 'uint8', 1])
  expect(found.affine).toEqual(oblique.map(Math.fround))
  expect(found.data).toEqual(new Uint8Array(60))
  expect(found.warnings).toEqual([])
})

test('a file has its header, its place and one byte for each voxel', async () => {
  const bytes = niftiOf({ shape: [2, 3, 7], affine: oblique })
  expect(bytes.byteLength).toBe(352 + 42)
  const header = await readVolumeHeader(new Uint8Array(bytes))
  expect(header.shape).toEqual([2, 3, 7])
  const { spacingMm } = volume({ data: new Uint8Array(42), shape: [2, 3, 7], affine: oblique })
  const pixdim = new DataView(bytes)
  for (const [axis, mm] of spacingMm.entries()) expect(pixdim.getFloat32(80 + 4 * axis, true)).toBe(Math.fround(mm))
})

test('any grid comes back', async () => {
  const entry = fc.double({ min: -2, max: 2, noNaN: true })
  const side = fc.integer({ min: 1, max: 9 })
  await fc.assert(
    fc.asyncProperty(
      fc.array(entry, { minLength: 12, maxLength: 12 }),
      fc.tuple(side, side, side),
      async (rows, shape: Shape) => {
        // Diagonally dominant: it can be inverted.
        const affine = [...rows, 0, 0, 0, 1].map((x, n) => (n % 5 === 0 && n < 12 ? x + (x < 0 ? -6 : 6) : x)) as Affine
        const found = await read(niftiOf({ shape, affine }))
        expect(found.shape).toEqual(shape)
        expect(found.affine.map((x) => x + 0)).toEqual(affine.map((x) => Math.fround(x) + 0))
      },
    ),
  )
})
