import type { MemoryBox } from './blur.ts'
import type { Shape } from './stage.ts'
import type { Kernels } from './wasm.generated.ts'

// The numbers of assembly/plan.ts.
const ends = { reflect: 2, mirror: 3, wrap: 4 } as const

/** The scratch memory, in bytes, that `prefilterBox` needs. */
export const prefilterScratchBytes = ([nx]: Shape): number => 32 * nx + 96

/** Turns the samples of a box, in place, into the coefficients of the cubic B-spline through them; along x and y alone on demand. */
export function prefilterBox(
  kernels: Kernels,
  { data, shape: [nx, ny, nz], rowBytes, planeBytes }: MemoryBox,
  extension: keyof typeof ends,
  unfilteredZ: boolean,
  scratch: number,
): void {
  kernels.prefilter(data, nx, ny, nz, rowBytes, planeBytes, ends[extension], unfilteredZ ? 0 : 1, scratch)
}
