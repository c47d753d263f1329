import type { Vec3, Volume } from '@voxaug/core'

/** A part of a grid that begins and ends inside it where it can. */
export function insideOf(shape: Vec3): { readonly start: Vec3; readonly size: Vec3 } {
  const [nx, ny, nz] = shape.map((n) => ({ start: n > 1 ? 1 : 0, size: Math.max(1, n - 2) })) as [Span, Span, Span]
  return { start: [nx.start, ny.start, nz.start], size: [nx.size, ny.size, nz.size] }
}

interface Span {
  readonly start: number
  readonly size: number
}

/** What is wrong with a part that was read alone, against the whole. */
export function flawOfRegion(part: Volume, whole: Volume): string | undefined {
  const { start, size } = insideOf(whole.shape)
  if (String(part.shape) !== String(size)) return `the region has the shape ${part.shape} instead of ${size}`
  const [nx, ny, nz] = whole.shape
  let n = 0
  for (let c = 0; c < whole.channels; c++)
    for (let k = start[2]; k < start[2] + size[2]; k++)
      for (let j = start[1]; j < start[1] + size[1]; j++)
        for (let i = start[0]; i < start[0] + size[0]; i++, n++) {
          const value = whole.data[i + nx * (j + ny * (k + nz * c))]!
          if (!Object.is(part.data[n], value))
            return `voxel ${n} of the region is ${part.data[n]}, in the whole ${value}`
        }
  return undefined
}
