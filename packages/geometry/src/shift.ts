import { drawPerAxis, optional, type Params, perAxis, type Vec3 } from '@voxaug/core'
import { affineWarp, defineSpatial } from '@voxaug/spatial'
import { planeOf } from './plane.ts'

/**
 * Moves the anatomy.
 *
 * Formula: p′ = p + t
 *
 * t is given along the frame's voxel axes, as a `fraction` of its size or in `voxels`, or along the world axes in `mm`. Above 0 moves
 * towards larger indices or coordinates. Where the frame is one voxel thick, only what stays within its plane is kept.
 * Grid: unchanged. By whole voxels, images of any type are copied bit for bit; else they become float32.
 * Labels: move along, and gain no value.
 * Points: move along.
 * Inverse: exact but for interpolation, and for what left the grid.
 * @throws VoxaugError `invalid-option` unless exactly one of `fraction`, `voxels` and `mm` is given
 * @see scipy.ndimage.shift; TorchIO RandomAffine (translation)
 */
export const Shift = /* @__PURE__ */ defineSpatial({
  name: 'geometry/Shift',
  help: 'Moves the anatomy.',
  options: {
    fraction: optional(perAxis({ bounds: [-1, 1], help: 'Along the frame’s x, y and z, as a fraction of its size.' })),
    voxels: optional(perAxis({ bounds: [-65536, 65536], help: 'Along the frame’s x, y and z, in voxels.' })),
    mm: optional(perAxis({ bounds: [-1e6, 1e6], help: 'Along the world axes (right, anterior, superior), in mm.' })),
  },
  example: { fraction: [[-0.2, 0.2], [-0.2, 0.2], 0] },
  alternatives: ['fraction', 'voxels', 'mm'],
  sample: ({ fraction, voxels, mm }, random): Params & { readonly [unit in 'fraction' | 'voxels' | 'mm']?: Vec3 } => ({
    ...(fraction && { fraction: drawPerAxis(random, fraction) }),
    ...(voxels && { voxels: drawPerAxis(random, voxels) }),
    ...(mm && { mm: drawPerAxis(random, mm) }),
  }),
  resolve({ fraction, voxels, mm }, { frame }) {
    const { affine, shape } = frame
    const index = fraction?.map((part, axis) => part * shape[axis]!) ?? voxels
    const alongAxes = index?.map((x, axis) => (shape[axis] === 1 ? 0 : x))
    const [x, y, z] = alongAxes
      ? ([0, 4, 8].map((row) =>
          alongAxes.reduce((sum, d, axis) => sum + affine[row + axis]! * d, 0),
        ) as unknown as Vec3)
      : withinPlane(frame, mm!)
    return x === 0 && y === 0 && z === 0 ? {} : { warp: affineWarp([1, 0, 0, x, 0, 1, 0, y, 0, 0, 1, z, 0, 0, 0, 1]) }
  },
})

function withinPlane(frame: Parameters<typeof planeOf>[0], mm: Vec3): Vec3 {
  const plane = planeOf(frame)
  const { translationMm } = plane.keep({
    rotationDegrees: [0, 0, 0],
    scale: [1, 1, 1],
    shear: [0, 0, 0],
    translationMm: mm,
  })
  return plane.turnVector(translationMm)
}
