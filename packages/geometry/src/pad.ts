import { margins, type Shape, type Vec3 } from '@voxaug/core'
import { defineSpatial } from '@voxaug/spatial'
import { toBox } from './box.ts'

/**
 * Adds voxels on each side of the frame. World points keep their place.
 *
 * Formula: out(i) = in(i − before), n′ = before + n + after along each axis
 *
 * What stands there is the step's `fill`: a statistic, a number, or the image extended as numpy.pad does it (edge; reflect,
 * numpy's symmetric; mirror, numpy's reflect; wrap), as often as it takes.
 * Grid: larger. An entry on another grid gets those of its own whole voxels, continued, that cover the same box in the world.
 * Images, of any type, are copied bit for bit; one of integers that does not hold the fill becomes float32.
 * Labels: copied bit for bit, with `labelFill` around them.
 * Points: stay where they are.
 * Inverse: exact.
 * @see numpy.pad; TorchIO Pad
 */
export const Pad = /* @__PURE__ */ defineSpatial({
  name: 'geometry/Pad',
  help: 'Adds voxels on each side.',
  options: {
    voxels: margins({
      help: 'Voxels to add: on every side, on both sides of each axis, or [before, after] for each axis.',
    }),
  },
  example: { voxels: [[12, 4], [8, 8], 0], fill: 'mirror', labelFill: 'mirror' },
  sample: ({ voxels }) => ({ voxels }),
  resolve({ voxels }, place) {
    const start = voxels.map(([before]) => 0 - before) as unknown as Vec3
    const size = place.frame.shape.map((n, axis) => n + voxels[axis]![0] + voxels[axis]![1]) as unknown as Shape
    return toBox(place, { start, size })
  },
})
