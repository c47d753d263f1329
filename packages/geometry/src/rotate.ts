import {
  drawPerAxis,
  flag,
  type Grid,
  inverse,
  multiply,
  type Params,
  perAxis,
  type Shape,
  shiftOrigin,
  transformPoint,
  type Vec3,
  word,
} from '@voxaug/core'
import { affineWarp, defineSpatial } from '@voxaug/spatial'
import { aboutPoint, centerOf, linearPart } from './linear.ts'
import { planeOf } from './plane.ts'

/**
 * Turns the anatomy about the frame's centre.
 *
 * Formula: p′ = c + Rz · Ry · Rx · (p − c)
 *
 * c is the frame's centre; turns are right-handed about the world axes. `axes: 'all'` turns about each axis by an angle of its own;
 * `'one'` about one axis, each as likely. Being in millimetres, it is rigid whatever the spacing, and exact by whole voxels at
 * multiples of 90° where these carry voxels to voxels. Where the frame is one voxel thick, only the turn within its plane is kept.
 * Grid: unchanged; with `expand` each volume's own grows, along its own axes, to n′ = ⌊extent + ½⌋ voxels of the box that the
 * turned one takes, about its centre. By whole voxels, images of any type are copied bit for bit; else they become float32.
 * Labels: move along, and gain no value.
 * Points: move along.
 * Inverse: exact but for interpolation.
 * @see scipy.ndimage.rotate, whose reshape is `expand`; MONAI RandRotate (keep_size)
 */
export const Rotate = /* @__PURE__ */ defineSpatial({
  name: 'geometry/Rotate',
  help: 'Turns the anatomy about the centre.',
  options: {
    degrees: perAxis({
      default: [-15, 15],
      bounds: [-360, 360],
      help: 'Right-handed turns about the world axes, in degrees: x first, z last.',
    }),
    axes: word({ words: ['all', 'one'], default: 'all', help: 'Turn about all three axes, or about a random one.' }),
    expand: flag({ default: false, help: 'Let grids grow to hold all that was turned.' }),
  },
  example: { degrees: [0, 0, [-30, 30]] },
  sample({ degrees, axes, expand }, random, frame): Params & { degrees: Vec3; expand: boolean } {
    const all = drawPerAxis(random, degrees)
    const only = axes === 'one' ? random.integer(3) : undefined
    // In a plane there is one way to turn.
    const { across } = planeOf(frame)
    const kept = only === undefined ? undefined : (across ?? only)
    return {
      degrees: all.map((angle, axis) => (kept === undefined || axis === kept ? angle : 0)) as unknown as Vec3,
      expand,
    }
  },
  resolve({ degrees, expand }, { frame, grid }) {
    const still = { scale: [1, 1, 1], shear: [0, 0, 0], translationMm: [0, 0, 0] } as const
    const plane = planeOf(frame)
    const { rotationDegrees } = plane.keep({ ...still, rotationDegrees: degrees })
    if (rotationDegrees.every((angle) => angle === 0)) return {}
    const push = aboutPoint(
      centerOf(frame),
      plane.turn(linearPart(rotationDegrees, still.shear, still.scale)),
      still.translationMm,
    )
    const warp = affineWarp(push)
    return expand
      ? { warp, grid: expanded(grid, multiply(inverse(grid.affine), multiply(push, grid.affine))) }
      : { warp }
  },
})

/** The grid along the same axes that holds the box of a grid, its outer edges moved by a map of indices. */
function expanded(grid: Grid, moved: readonly number[]): Grid {
  const corners = Array.from({ length: 8 }, (_, n) =>
    transformPoint(moved, grid.shape.map((m, axis) => (n & (1 << axis) ? m - 0.5 : -0.5)) as unknown as Vec3),
  )
  const sides = [0, 1, 2].map((axis) => {
    const along = corners.map((p) => p[axis]!)
    const [low, high] = [Math.min(...along), Math.max(...along)]
    // A rounding below a half is one.
    const size = Math.max(1, Math.floor(high - low + 0.5 + 1e-9))
    return { size, start: (low + high - (size - 1)) / 2 }
  })
  return {
    shape: sides.map(({ size }) => size) as unknown as Shape,
    affine: shiftOrigin(grid.affine, sides.map(({ start }) => start) as unknown as Vec3),
  }
}
