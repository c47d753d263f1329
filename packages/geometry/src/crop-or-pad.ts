import { type Grid, type Params, type Shape, size, type Vec3, word } from '@voxaug/core'
import { defineSpatial } from '@voxaug/spatial'
import { type Box, toBox } from './box.ts'

/**
 * Brings the frame to a shape: crops the axes that are longer and pads those that are shorter. World points keep their place.
 *
 * Formula: out(i) = in(start + i), 0 ≤ i < m along each axis, start = ⌊(n − m) / 2⌋
 *
 * `at` says where what is kept lies in what there was, or what there was in what is kept. Of n voxels, m are asked for: they
 * start at index ⌊(n − m) / 2⌋ for `'center'`; for `'random'` at one of the |n − m| + 1 places there are, each as likely, so that
 * what is added before and after is always m − n.
 * Grid: `shape`. After it every frame of a batch has one shape. An entry on another grid gets those of its own whole voxels,
 * continued, that cover the same box in the world. Images, of any type, are copied bit for bit; one of integers that does not hold
 * the fill becomes float32.
 * Labels: copied bit for bit.
 * Points: stay where they are.
 * Inverse: exact; what was cut away is the fill.
 * @see TorchIO CropOrPad, which pads as this does, and crops an odd difference one voxel further on; MONAI ResizeWithPadOrCrop
 */
export const CropOrPad = /* @__PURE__ */ defineSpatial({
  name: 'geometry/CropOrPad',
  help: 'Crops or pads each axis to a shape.',
  options: {
    shape: size({
      least: 1,
      nullable: true,
      help: 'Voxels along the frame’s x, y and z; null keeps an axis as it is.',
    }),
    at: word({ words: ['center', 'random'], default: 'center', help: 'Where what is kept lies.' }),
  },
  example: { shape: [80, 64, 48], fill: 'mean' },
  sample: ({ shape, at }, random): Params & { shape: typeof shape; fraction: Vec3 | null } => ({
    shape,
    fraction: at === 'center' ? null : [random.uniform(), random.uniform(), random.uniform()],
  }),
  resolve: ({ shape, fraction }, place) => toBox(place, boxOf(place.frame, shape, fraction)),
})

/** The voxels that a frame is brought to; `fraction` of the way between the places there are, or in the middle. */
export function boxOf(frame: Grid, shape: readonly (number | null)[], fraction: Vec3 | null): Box {
  const size = frame.shape.map((n, axis) => shape[axis] ?? n) as unknown as Shape
  const start = frame.shape.map((n, axis) => {
    const free = n - size[axis]!
    if (!fraction) return Math.floor(free / 2)
    const place = Math.floor(fraction[axis]! * (Math.abs(free) + 1))
    return free < 0 ? 0 - place : place
  })
  return { start: start as unknown as Vec3, size }
}
