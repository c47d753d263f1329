import {
  type Grid,
  isVolume,
  type Mask,
  margins,
  mask,
  number,
  optional,
  type Params,
  type Shape,
  type Subject,
  show,
  type Vec3,
  type Volume,
  VoxaugError,
  voxelsOf,
} from '@voxaug/core'
import { defineSpatial } from '@voxaug/spatial'
import { type Box, boxOn, toBox, within } from './box.ts'
import { volumeOf } from './draw-voxel.ts'

const name = 'geometry/CropToForeground'

/**
 * Keeps the smallest box that holds the foreground, and a margin. World points keep their place.
 *
 * Formula: out(i) = in(start + i), start = max(0, min F − before), end = min(n − 1, max F + after)
 *
 * F are the indices, along an axis, of the foreground: the voxels, of any channel, of the subject's first image that are not 0, or
 * above a value, or the voxels of a label map that are not 0; a label map may lie on any grid. The margin ends where the frame does.
 * Grid: smaller. An entry on another grid keeps those of its own whole voxels that cover the same box in the world. Images, of any
 * type, are copied bit for bit.
 * Labels: copied bit for bit.
 * Points: stay where they are.
 * Inverse: exact; what was cut away is the fill.
 * @throws VoxaugError `empty-mask` where there is no foreground, `unknown-entry`; `crop-outside` where the box misses an entry;
 * `invalid-option` for `above` beside a label map
 * @see MONAI CropForeground; nnU-Net crop_to_nonzero
 */
export const CropToForeground = /* @__PURE__ */ defineSpatial({
  name,
  help: 'Keeps the box that holds the foreground.',
  options: {
    over: mask({ default: 'nonzero', help: 'The foreground.' }),
    above: optional(
      number({ help: 'Voxels above this value, in the image’s own unit, are foreground instead; as for CT.' }),
    ),
    marginVoxels: margins({ default: 0, help: 'Voxels to keep around it.' }),
  },
  example: { over: { label: 'label' }, marginVoxels: 1 },
  relate: ({ over, above }) =>
    above !== undefined && typeof over === 'object'
      ? 'above goes by the image, and over by a label map; give one.'
      : undefined,
  sample({ over, above, marginVoxels }, _, frame, { subject }): Params & { start: Vec3; shape: Shape } {
    const volume = typeof over === 'object' ? volumeOf(subject, over.label, 'label', name) : frameVolume(subject)
    const found = bounds(volume, foreground(over, above))
    if (!found) throw new VoxaugError('empty-mask', 'there is no foreground to crop to.', { transform: name })
    const box = boxOn(frame, volume, found)
    const grown: Box = {
      start: box.start.map((x, axis) => x - marginVoxels[axis]![0]) as unknown as Vec3,
      size: box.size.map((n, axis) => n + marginVoxels[axis]![0] + marginVoxels[axis]![1]) as unknown as Shape,
    }
    const { start, size } = inside(frame, grown)
    return { start, shape: size }
  },
  resolve: ({ start, shape }, place) =>
    toBox(place, inside(place.frame, { start, size: shape }), (box) => inside(place.grid, box)),
})

function inside(grid: Grid, box: Box): Box {
  const found = within(grid, box)
  if (found) return found
  const message = `the foreground's box must overlap every entry; it misses one of ${show(grid.shape)} voxels.`
  throw new VoxaugError('crop-outside', message, { transform: name })
}

const frameVolume = (subject: Subject): Volume => {
  const volumes = Object.values(subject).filter(isVolume)
  return volumes.find(({ kind }) => kind === 'image') ?? volumes[0]!
}

function foreground(over: Mask, above: number | undefined): (value: number) => boolean {
  if (above !== undefined) return (value) => value > above
  return over === 'all' ? () => true : (value) => value !== 0
}

/** The smallest box of voxels that count. */
function bounds({ data, shape }: Volume, counts: (value: number) => boolean): Box | undefined {
  const [nx, ny, nz] = shape
  const low: [number, number, number] = [nx, ny, nz]
  const high: [number, number, number] = [-1, -1, -1]
  const size = voxelsOf(shape)
  for (let row = 0; row < data.length; row += nx) {
    let first = 0
    while (first < nx && !counts(data[row + first]!)) first++
    if (first === nx) continue
    let last = nx - 1
    while (!counts(data[row + last]!)) last--
    const line = (row % size) / nx
    const found = [first, line % ny, Math.floor(line / ny)]
    const ends = [last, found[1]!, found[2]!]
    for (const axis of [0, 1, 2] as const) {
      low[axis] = Math.min(low[axis], found[axis]!)
      high[axis] = Math.max(high[axis], ends[axis]!)
    }
  }
  if (high[0] < 0) return undefined
  return { start: low, size: high.map((x, axis) => x - low[axis]! + 1) as unknown as Shape }
}
