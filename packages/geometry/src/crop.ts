import {
  either,
  type Grid,
  inverse,
  multiply,
  type Params,
  type Shape,
  sameSpace,
  shiftOrigin,
  size,
  transformPoint,
  type Vec3,
  VoxaugError,
  word,
} from '@voxaug/core'
import { defineSpatial } from '@voxaug/spatial'

const name = 'geometry/Crop'

/** How far, in voxels, a box may reach into a voxel that it need not cover: rounding, not anatomy. */
const tolerance = 1e-3

/**
 * Keeps a box of the frame's voxels. World points keep their place.
 *
 * Grid: `shape` voxels, from ⌊(n − m) / 2⌋ for `'center'`, from ⌊u · (n − m + 1)⌋ with u uniform in [0, 1) for `'random'`, or from
 * a given index. An entry on another grid keeps those of its own whole voxels that cover the same box in the world. Voxels,
 * of any type, are copied bit for bit; points stay as they are. Its cost is that of the box.
 * @throws VoxaugError `crop-outside` where the box leaves the frame, or misses an entry
 * @see MONAI RandSpatialCrop, TorchIO Crop
 */
export const Crop = /* @__PURE__ */ defineSpatial({
  name,
  help: 'Keeps a box of voxels.',
  options: {
    shape: size({
      least: 1,
      nullable: true,
      help: 'Voxels to keep along the frame’s x, y and z; null keeps an axis whole.',
    }),
    at: either({
      of: [word({ words: ['random', 'center'], help: '' }), size({ least: 0, help: '' })],
      default: 'center',
      help: 'Where: a random place, the centre, or the index of the first voxel.',
    }),
  },
  sample({ shape, at }, random, frame): Params & { shape: typeof shape; at: CropPlace } {
    const place = at === 'random' ? { fraction: [random.uniform(), random.uniform(), random.uniform()] as const } : at
    boxOf(frame, shape, place as CropPlace)
    return { shape, at: place as CropPlace }
  },
  resolve({ shape, at }, { frame, grid }) {
    const box = boxOf(frame, shape, at)
    const { start, size } = sameSpace(frame, grid) ? box : cover(frame, box, grid)
    return { grid: { shape: size, affine: shiftOrigin(grid.affine, start) } }
  },
})

type CropPlace = 'center' | readonly [number, number, number] | { readonly fraction: readonly [number, number, number] }

interface Box {
  readonly start: Vec3
  readonly size: Shape
}

function boxOf(frame: Grid, shape: readonly (number | null)[], at: CropPlace): Box {
  const size = frame.shape.map((n, axis) => shape[axis] ?? n) as unknown as Shape
  const start = frame.shape.map((n, axis) => {
    const free = n - size[axis]!
    if (typeof at === 'object' && 'fraction' in at) return Math.floor(at.fraction[axis]! * (free + 1))
    return at === 'center' ? Math.floor(free / 2) : at[axis as 0 | 1 | 2]
  }) as unknown as Vec3
  if (size.some((m, axis) => start[axis]! < 0 || start[axis]! + m > frame.shape[axis]!)) {
    const where = Array.isArray(at) ? ` at ${at.join(', ')}` : ''
    throw new VoxaugError(
      'crop-outside',
      `shape must fit the frame of ${frame.shape.join(' × ')} voxels, got ${size.join(' × ')}${where}.`,
      {
        transform: name,
        option: 'shape',
        received: shape,
      },
    )
  }
  return { start, size }
}

/** The voxels of another grid that cover the world box of some of the frame's. */
function cover(frame: Grid, { start, size }: Box, grid: Grid): Box {
  const toGrid = multiply(inverse(grid.affine), frame.affine)
  const corners = Array.from({ length: 8 }, (_, n) =>
    transformPoint(
      toGrid,
      [0, 1, 2].map((axis) => start[axis]! - 0.5 + (n & (1 << axis) ? size[axis]! : 0)) as unknown as Vec3,
    ),
  )
  const first = grid.shape.map((_, axis) =>
    Math.max(0, Math.floor(Math.min(...corners.map((p) => p[axis]!)) + 0.5 + tolerance)),
  )
  const last = grid.shape.map((n, axis) =>
    Math.min(n - 1, Math.ceil(Math.max(...corners.map((p) => p[axis]!)) - 0.5 - tolerance)),
  )
  if (first.some((x, axis) => x > last[axis]!)) {
    throw new VoxaugError(
      'crop-outside',
      `the box must overlap every entry; it misses one of ${grid.shape.join(' × ')} voxels.`,
      { transform: name },
    )
  }
  return { start: first as unknown as Vec3, size: first.map((x, axis) => last[axis]! - x + 1) as unknown as Shape }
}
