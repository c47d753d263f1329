import type { Picture } from '../engine/picture.ts'

/** A NIfTI-1 file of zeros on a grid: what NiiVue wants to know a grid from. */
export function niftiOf({ shape, affine }: Pick<Picture, 'shape' | 'affine'>): ArrayBuffer {
  const [nx, ny, nz] = shape
  const buffer = new ArrayBuffer(352 + nx * ny * nz)
  const view = new DataView(buffer)
  const put = {
    int16: (at: number, ...some: readonly number[]) => {
      for (const [n, x] of some.entries()) view.setInt16(at + 2 * n, x, true)
    },
    float32: (at: number, ...some: readonly number[]) => {
      for (const [n, x] of some.entries()) view.setFloat32(at + 4 * n, x, true)
    },
  }
  view.setInt32(0, 348, true)
  put.int16(40, 3, nx, ny, nz, 1, 1, 1, 1)
  // uint8, of 8 bits.
  put.int16(70, 2, 8)
  const spacing = [0, 1, 2].map((axis) => Math.hypot(affine[axis]!, affine[axis + 4]!, affine[axis + 8]!))
  put.float32(76, 1, ...spacing, 1, 1, 1, 1)
  // The voxels' place in the file, and their slope.
  put.float32(108, 352, 1)
  // Millimetres; sform_code 1, and the sform.
  view.setUint8(123, 2)
  put.float32(124, 255)
  put.int16(254, 1)
  put.float32(280, ...affine.slice(0, 12))
  new Uint8Array(buffer, 344).set(new TextEncoder().encode('n+1'))
  return buffer
}
