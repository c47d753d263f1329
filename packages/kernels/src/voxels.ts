/** The typed arrays that kernels read; all of their numbers but large 32-bit and 64-bit ones fit a float32. */
export type Voxels =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array

/**
 * Voxels in one call of a voxel-wise kernel: a block stays in the first-level cache on its way through.
 * Sums are combined block by block, so that another number would give other last bits.
 */
export const blockLength = 4096

/** A way to name voxels of an array: those that are not 0 (NaN is not), or those whose number in an array of as many is not 0. */
export type Where = 'nonzero' | Uint8Array

/** A `Where` as kernels take it; assembly/where.ts has the same numbers. */
export const whereCode = (where: Where | 'all'): number => (where === 'all' ? 0 : where === 'nonzero' ? 1 : 2)
