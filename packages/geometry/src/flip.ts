import { type Grid, inverse, multiply, number, orientationOf, shiftOrigin, VoxaugError, words } from '@voxaug/core'
import { affineWarp, composeWarps, defineSpatial } from '@voxaug/spatial'

const anatomical = { 'left-right': 'LR', 'anterior-posterior': 'AP', 'inferior-superior': 'IS' } as const
const voxelAxes = ['x', 'y', 'z'] as const

type Axis = keyof typeof anatomical | (typeof voxelAxes)[number]

/**
 * Mirrors the anatomy in the middle plane of the frame, across each named axis with a probability of its own.
 *
 * Formula: p′ = A · F · A⁻¹ · p, F: i → n − 1 − i along the axis
 *
 * A is the frame's affine, n its number of voxels along the axis. `x`, `y`, `z` are the frame's voxel axes; an anatomical name means
 * the voxel axis nearest to it.
 * Grid: unchanged. On the frame's grid images of any type are moved bit for bit.
 * Labels: move along, and gain no value; the meaning of labels such as "left hippocampus" is for you to swap.
 * Points: move along.
 * Inverse: the same flip; bit for bit on the frame's grid.
 * @throws VoxaugError `invalid-option` when two names mean one axis
 * @see nnU-Net MirrorTransform, TorchIO RandomFlip
 */
export const Flip = /* @__PURE__ */ defineSpatial({
  name: 'geometry/Flip',
  help: 'Mirrors the anatomy across some axes.',
  options: {
    axes: words({
      words: [...voxelAxes, ...(Object.keys(anatomical) as (keyof typeof anatomical)[])],
      help: 'Voxel axes of the frame, or anatomical ones.',
    }),
    probability: number({ default: 1, bounds: [0, 1], help: 'How often, for each named axis on its own.' }),
  },
  example: { axes: ['left-right'] },
  sample({ axes, probability }, random, frame) {
    const meant = axes.map((axis) => voxelAxisOf(axis, frame))
    if (new Set(meant).size < axes.length) {
      throw new VoxaugError(
        'invalid-option',
        `axes must name each axis once, got ${axes.join(', ')} on ${orientationOf(frame.affine)} axes.`,
        {
          transform: 'geometry/Flip',
          option: 'axes',
          received: axes,
        },
      )
    }
    return { axes: axes.filter(() => random.uniform() < probability) }
  },
  resolve: ({ axes }, { frame }) => ({
    warp: composeWarps(...axes.map((axis) => mirror(frame, voxelAxisOf(axis, frame)))),
  }),
})

function voxelAxisOf(axis: Axis, { affine }: Grid): number {
  const letters = anatomical[axis as keyof typeof anatomical]
  if (!letters) return voxelAxes.indexOf(axis as (typeof voxelAxes)[number])
  return [...orientationOf(affine)].findIndex((letter) => letters.includes(letter))
}

function mirror({ affine, shape }: Grid, axis: number) {
  const last = shape.map((n, other) => (other === axis ? n - 1 : 0)) as [number, number, number]
  const flipped = shiftOrigin(affine, last).map((value, n) => (n % 4 === axis && n < 12 ? -value : value))
  return affineWarp(multiply(flipped, inverse(affine)))
}
