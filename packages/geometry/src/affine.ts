import { drawPerAxis, perAxis } from '@voxaug/core'
import { affineWarp, defineSpatial } from '@voxaug/spatial'
import { aboutPoint, centerOf, linearPart } from './linear.ts'
import { planeOf } from './plane.ts'

/**
 * Rotates, scales, shears and shifts the anatomy about the frame's centre.
 *
 * Formula: p′ = c + t + R · H · S · (p − c)
 *
 * In world mm, c is the frame's centre; R = Rz · Ry · Rx, right-handed; S = diag(scale), above 1 makes the anatomy larger; H is unit
 * upper triangular, `shear` its [xy, xz, yz]; t is how far the anatomy moves. Being in millimetres, a rotation is rigid whatever the
 * spacing. Where the frame is one voxel thick, only motion within its plane is kept.
 * Grid: unchanged. By whole voxels, images of any type are copied bit for bit; else they become float32.
 * Labels: move along, and gain no value.
 * Points: move along.
 * Inverse: exact but for interpolation.
 * @see TorchIO RandomAffine (there in the same direction); MONAI RandAffine pulls, in voxels
 */
export const Affine = /* @__PURE__ */ defineSpatial({
  name: 'geometry/Affine',
  help: 'Rotates, scales, shears and shifts the anatomy.',
  options: {
    rotationDegrees: perAxis({
      default: 0,
      bounds: [-360, 360],
      help: 'Right-handed turns about the world axes, in degrees: x first, z last.',
    }),
    scale: perAxis({
      default: 1,
      bounds: [0.001, 1000],
      shared: true,
      help: 'Above 1 makes the anatomy larger. One range is drawn once and shared by the axes.',
    }),
    shear: perAxis({
      default: 0,
      bounds: [-10, 10],
      help: 'How far x goes with y, x with z, and y with z, as ratios.',
    }),
    translationMm: perAxis({
      default: 0,
      bounds: [-1e6, 1e6],
      help: 'How far the anatomy moves along the world axes (right, anterior, superior), in mm.',
    }),
  },
  example: { rotationDegrees: [0, 0, [-25, 25]], scale: [0.75, 1.2], translationMm: [[-15, 15], [-15, 15], 0] },
  sample: ({ rotationDegrees, scale, shear, translationMm }, random) => ({
    rotationDegrees: drawPerAxis(random, rotationDegrees),
    scale: drawPerAxis(random, scale),
    shear: drawPerAxis(random, shear),
    translationMm: drawPerAxis(random, translationMm),
  }),
  resolve(params, { frame }) {
    const { rotationDegrees, scale, shear, translationMm } = planeOf(frame).keep(params)
    const linear = planeOf(frame).turn(linearPart(rotationDegrees, shear, scale))
    const identity = linear.every((value, n) => value === (n % 4 === 0 ? 1 : 0)) && translationMm.every((t) => t === 0)
    return identity
      ? {}
      : { warp: affineWarp(aboutPoint(centerOf(frame), linear, planeOf(frame).turnVector(translationMm))) }
  },
})
