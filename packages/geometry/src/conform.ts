import {
  drawPerAxis,
  flag,
  type Grid,
  type Params,
  perAxis,
  type Shape,
  size,
  spacingOf,
  transformPoint,
  type Vec3,
  word,
} from '@voxaug/core'
import { defineSpatial } from '@voxaug/spatial'
import { middleVoxel, orientationForm, orientations, reoriented } from './orientation.ts'

/**
 * Brings all entries to one grid of a shape, spacing and orientation, as FreeSurfer's conform does.
 *
 * Formula: A′ · i′ = m + D · diag(spacingMm) · (i′ − ⌊(n′ − 1) / 2⌋)
 *
 * D are the directions of the frame's axes, brought into the order and directions of `orientation`, their obliqueness kept; m is the
 * place of its middle voxel ⌊(n − 1) / 2⌋, which becomes the middle voxel ⌊(n′ − 1) / 2⌋. What lies outside the shape is cut away; what
 * was not there is the fill.
 * Grid: `shape` voxels of `spacingMm`, the same for every entry, with the affine A′. By whole voxels, images of any type are copied
 * bit for bit; else they become float32. Only with `antialias` are they smoothed before they get coarser, as in Resize.
 * Labels: gain no value.
 * Points: stay where they are in the world.
 * Inverse: the grid before, by interpolation.
 * @see nibabel.processing.conform (interpolation cubic, fill 0); FreeSurfer mri_convert --conform (orientation LIA)
 */
export const Conform = /* @__PURE__ */ defineSpatial({
  name: 'geometry/Conform',
  help: 'Brings all entries to one shape, spacing and orientation.',
  options: {
    shape: size({ least: 1, default: [256, 256, 256], help: 'Voxels along the axes after the step.' }),
    spacingMm: perAxis({
      default: 1,
      bounds: [0.001, 1000],
      shared: true,
      help: 'Between neighbouring voxels, along the axes after the step, in mm.',
    }),
    orientation: word({
      words: orientations,
      accepts: orientationForm,
      default: 'RAS',
      help: 'The direction of each voxel axis, as in RAS or LIA.',
    }),
    antialias: flag({ default: false, help: 'Smooth images before they get coarser.' }),
  },
  example: { shape: [64, 64, 64], spacingMm: 3.5, orientation: 'LIA' },
  sample: ({ shape, spacingMm, orientation, antialias }, random): Params & Sampled => ({
    shape: shape as Shape,
    spacingMm: drawPerAxis(random, spacingMm),
    orientation,
    antialias,
  }),
  resolve: (params, { frame }) => ({ grid: conformed(frame, params), antialias: params.antialias }),
})

interface Sampled {
  readonly shape: Shape
  readonly spacingMm: Vec3
  readonly orientation: string
  readonly antialias: boolean
}

function conformed(frame: Grid, { shape, spacingMm, orientation }: Sampled): Grid {
  const before = reoriented(frame, orientation)
  const spacing = spacingOf(before.affine)
  const rows = [0, 4, 8].map((row) =>
    [0, 1, 2].map((axis) => (before.affine[row + axis]! * spacingMm[axis]!) / spacing[axis]!),
  )
  const center = transformPoint(before.affine, middleVoxel(before.shape))
  const middle = middleVoxel(shape)
  const affine = rows.flatMap((row, axis) => [
    ...row,
    center[axis]! - (row[0]! * middle[0] + row[1]! * middle[1] + row[2]! * middle[2]),
  ])
  return { shape, affine: [...affine, 0, 0, 0, 1] }
}
