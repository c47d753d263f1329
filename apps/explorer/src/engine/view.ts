import { orientationOf, run, type Shape, sameSpace, type Volume, volume, voxelsOf } from '@voxaug/core'
import { Reorient, ResampleTo, Resize } from '@voxaug/geometry'

/** The most voxels that a viewer gets. */
const most = 20_000_000
/** The longest side that every graphics card takes. */
const longest = 1024

/** One channel of a volume, RAS and small enough to be shown. */
export function viewOf(whole: Volume, channel: number): Volume {
  const size = voxelsOf(whole.shape)
  const { kind, affine } = whole
  const data = whole.data.subarray(channel * size, (channel + 1) * size)
  const one = volume({ data, shape: whole.shape, affine, kind })
  const reduced = reducedShape(whole.shape)
  const small = reduced === whole.shape ? one : run(Resize({ shape: [...reduced] }), one).output
  return orientationOf(affine) === 'RAS' ? small : run(Reorient({ to: 'RAS' }), small).output
}

/** The shape itself, or its longest sides halved until it is small enough. */
export function reducedShape(shape: Shape): Shape {
  let now = shape
  while (voxelsOf(now) > most || Math.max(...now) > longest) {
    const side = now.indexOf(Math.max(...now))
    now = now.map((n, axis) => (axis === side ? Math.ceil(n / 2) : n)) as unknown as Shape
  }
  return now
}

/** A volume on the grid of another, which stays as it is where it is there already. Beyond its edges is its least value, or label 0. */
export function onGridOf(grid: Volume, one: Volume): Volume {
  if (sameSpace(grid, one)) return one
  const { output } = run(ResampleTo({ entry: 'grid' }), { one, grid }, { compute: false })
  return output.one
}

/** A view on another grid, with NaN wherever that lies beyond the edges of what it is a view of. */
export function onlyWithin(original: Volume, view: Volume): Volume {
  if (sameSpace(original, view)) return view
  const { shape, affine } = original
  const all = volume({ data: new Uint8Array(voxelsOf(shape)).fill(1), shape, affine, kind: 'label' })
  const within = onGridOf(view, all).data
  return volume({ ...view, data: Float32Array.from(view.data, (value, n) => (within[n] === 0 ? Number.NaN : value)) })
}
