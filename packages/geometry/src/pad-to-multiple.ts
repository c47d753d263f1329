import { either, number, type Params, type Shape, size } from '@voxaug/core'
import { defineSpatial } from '@voxaug/spatial'
import { toBox } from './box.ts'
import { boxOf } from './crop-or-pad.ts'

/**
 * Pads each axis of the frame to a multiple of a number, as networks want that halve their input several times.
 *
 * Formula: n′ = ⌈n / multiple⌉ · multiple along each axis
 *
 * Of n′ − n voxels to add, ⌈(n′ − n) / 2⌉ go before. World points keep their place.
 * Grid: n′ voxels along each axis. An entry on another grid gets those of its own whole voxels, continued, that cover the same box in
 * the world. Images, of any type, are copied bit for bit; one of integers that does not hold the fill becomes float32.
 * Labels: copied bit for bit, with `labelFill` around them.
 * Points: stay where they are.
 * Inverse: exact.
 * @see MONAI DivisiblePad; TorchIO EnsureShapeMultiple
 */
export const PadToMultiple = /* @__PURE__ */ defineSpatial({
  name: 'geometry/PadToMultiple',
  help: 'Pads each axis to a multiple of a number.',
  options: {
    multiple: either({
      of: [number({ bounds: [1, 65536], whole: true, help: '' }), size({ least: 1, help: '' })],
      help: 'What the number of voxels along each axis is to be a multiple of: one number, or one for each axis.',
    }),
  },
  example: { multiple: 32, fill: 'mean' },
  sample: ({ multiple }): Params & { multiple: Shape } => ({
    multiple: typeof multiple === 'number' ? [multiple, multiple, multiple] : (multiple as Shape),
  }),
  resolve({ multiple }, place) {
    const shape = place.frame.shape.map((n, axis) => Math.ceil(n / multiple[axis]!) * multiple[axis]!)
    return toBox(place, boxOf(place.frame, shape, null))
  },
})
