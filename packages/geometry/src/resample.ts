import {
  cornerIndices,
  drawPerAxis,
  flag,
  type Grid,
  perAxis,
  type Shape,
  spacingOf,
  transformPoint,
  type Vec3,
  word,
} from '@voxaug/core'
import { defineSpatial } from '@voxaug/spatial'
import { edgeAligned, regrid, roundHalfEven } from './rescale.ts'

/**
 * Brings each volume to a spacing in millimetres.
 *
 * Formula: n′ = max(1, round(n · s / s′)), i = (i′ + ½) · s′ / s − ½ along each axis
 *
 * s is a volume's spacing and s′ the new one; halves are rounded to the even number. So it is with `axes: 'own'`, which keeps the
 * directions of its axes and the outer edges of its first voxels. `axes: 'world'` gives axes along the world's, from the least to the
 * greatest coordinate among the corner voxels' centres: n′ = ⌈extent / s′⌉ + 1, as nibabel's resample_to_output.
 * With CropOrPad after it, all volumes of a batch have one shape.
 * Grid: n′ voxels of the spacing; each entry by its own grid. By whole voxels, images of any type are copied bit for bit;
 * else they become float32. Only with `antialias` are they smoothed before they get coarser, as in Resize.
 * Labels: gain no value.
 * Points: stay where they are.
 * Inverse: the grid before, by interpolation.
 * @see nibabel.processing.resample_to_output; TorchIO Resample, MONAI Spacing
 */
export const Resample = /* @__PURE__ */ defineSpatial({
  name: 'geometry/Resample',
  help: 'Brings volumes to a spacing in mm.',
  options: {
    spacingMm: perAxis({
      bounds: [0.001, 1000],
      shared: true,
      help: 'Between neighbouring voxels, along the axes after the step, in mm. One range is drawn once and shared by the axes.',
    }),
    axes: word({
      words: ['own', 'world'],
      default: 'own',
      help: 'The directions of the axes: those that a volume has, or the world’s.',
    }),
    antialias: flag({ default: false, help: 'Smooth images before they get coarser.' }),
  },
  example: { spacingMm: 8, antialias: true },
  sample: ({ spacingMm, axes, antialias }, random) => ({ spacingMm: drawPerAxis(random, spacingMm), axes, antialias }),
  resolve: ({ spacingMm, axes, antialias }, { grid }) => ({
    grid: axes === 'own' ? alongOwnAxes(grid, spacingMm) : alongWorldAxes(grid, spacingMm),
    antialias,
  }),
})

function alongOwnAxes(grid: Grid, spacingMm: Vec3): Grid {
  const step = spacingOf(grid.affine).map((s, axis) => spacingMm[axis]! / s) as unknown as Vec3
  const shape = grid.shape.map((n, axis) => Math.max(1, roundHalfEven(n / step[axis]!))) as unknown as Shape
  return regrid(grid, shape, step, step.map(edgeAligned) as unknown as Vec3)
}

function alongWorldAxes(grid: Grid, [sx, sy, sz]: Vec3): Grid {
  const corners = cornerIndices(grid).map((corner) => transformPoint(grid.affine, corner))
  const least = (axis: 0 | 1 | 2) => Math.min(...corners.map((p) => p[axis]))
  const extent = (axis: 0 | 1 | 2) => Math.max(...corners.map((p) => p[axis])) - least(axis)
  return {
    shape: [Math.ceil(extent(0) / sx) + 1, Math.ceil(extent(1) / sy) + 1, Math.ceil(extent(2) / sz) + 1],
    affine: [sx, 0, 0, least(0), 0, sy, 0, least(1), 0, 0, sz, least(2), 0, 0, 0, 1],
  }
}
