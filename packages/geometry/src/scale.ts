import { drawPerAxis, type Params, perAxis, transformPoint, type Vec3, word } from '@voxaug/core'
import { affineWarp, defineSpatial } from '@voxaug/spatial'
import { aboutPoint, centerOf, linearPart } from './linear.ts'
import { planeOf } from './plane.ts'

/**
 * Makes the anatomy larger or smaller along the world axes.
 *
 * Formula: p′ = c + diag(factor) · (p − c)
 *
 * c is the frame's centre, or with `anchor: 'corner'` the centre of its first voxel. Where the frame is one voxel thick, only what
 * stays within its plane is kept.
 * Grid: unchanged. By whole voxels, images of any type are copied bit for bit; else they become float32.
 * Labels: move along, and gain no value.
 * Points: move along.
 * Inverse: exact but for interpolation.
 * @see scipy.ndimage.affine_transform with diag(1 / factor), which is anchored at the corner; MONAI RandZoom
 */
export const Scale = /* @__PURE__ */ defineSpatial({
  name: 'geometry/Scale',
  help: 'Makes the anatomy larger or smaller.',
  options: {
    factor: perAxis({
      default: [0.7, 1.2],
      bounds: [0.001, 1000],
      shared: true,
      help: 'Above 1 makes the anatomy larger. One range is drawn once and shared by the axes.',
    }),
    anchor: word({
      words: ['center', 'corner'],
      default: 'center',
      help: 'What stays where it is: the frame’s centre, or its first voxel.',
    }),
  },
  example: { factor: [0.7, 1.2] },
  sample: ({ factor, anchor }, random): Params & { factor: Vec3; anchor: typeof anchor } => ({
    factor: drawPerAxis(random, factor),
    anchor,
  }),
  resolve({ factor, anchor }, { frame }) {
    const plane = planeOf(frame)
    const { scale } = plane.keep({
      rotationDegrees: [0, 0, 0],
      scale: factor,
      shear: [0, 0, 0],
      translationMm: [0, 0, 0],
    })
    if (scale.every((s) => s === 1)) return {}
    const fixed = anchor === 'corner' ? transformPoint(frame.affine, [0, 0, 0]) : centerOf(frame)
    return { warp: affineWarp(aboutPoint(fixed, plane.turn(linearPart([0, 0, 0], [0, 0, 0], scale)), [0, 0, 0])) }
  },
})
