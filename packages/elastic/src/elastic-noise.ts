import {
  drawPerAxis,
  type Grid,
  optional,
  type Params,
  perAxis,
  range,
  type Stream,
  show,
  type Vec3,
  word,
} from '@voxaug/core'
import { defineSpatial, type Warp } from '@voxaug/spatial'
import { fullNoise } from './full-noise.ts'
import { latticeNoise } from './lattice-noise.ts'

/**
 * Deforms the anatomy by smoothed noise.
 *
 * Formula: out(p) = in(p + d(p)), d = alpha · (G_σ ∗ n) for each component
 *
 * n is uniform in [−1, 1] at each voxel of the frame and 0 beyond it, G_σ a Gaussian cut off at 4σ. With `sigmaVoxels` the components are
 * voxels along the frame's voxel axes; with `sigmaMm` they are mm along the world axes, and σ is sigmaMm / spacing voxels. Well inside
 * the frame the standard deviation of d is alpha / √3 · Π (2 √π σ)^−½ over the three axes: large σ want a large alpha.
 * `noise: 'full'` makes that dense field. `'lattice'` draws noise of the same variance, and correlation to a thousandth, on a lattice
 * of 1.5 control points to a σ, a B-spline between them: some twenty times faster. Where σ is below 6 voxels along an axis both are
 * `'full'`. A frame of one voxel's thickness keeps displacements within its plane. Where the field folds space the trace has the
 * warning `folding`; points and inverses then throw.
 * Grid: unchanged. Images become float32.
 * Labels: move along, and gain no value.
 * Points: move along, to 1e-6 mm.
 * Inverse: by position, to 1e-3 voxel.
 * @throws VoxaugError `folding` for points or an inverse where the field folds; `invalid-option` unless exactly one of `sigmaMm` and
 * `sigmaVoxels` is given
 * @see Simard, Steinkraus, Platt 2003, Best practices for convolutional neural networks; MONAI Rand3DElastic
 */
export const ElasticNoise = /* @__PURE__ */ defineSpatial({
  name: 'elastic/ElasticNoise',
  help: 'Deforms the anatomy by smoothed noise.',
  options: {
    alpha: range({
      bounds: [0, 1e6],
      help: 'What the smoothed noise is multiplied by, in the unit of sigma: mm or voxels.',
    }),
    sigmaMm: optional(
      perAxis({
        bounds: [0.001, 1e4],
        shared: true,
        help: 'Standard deviation of the Gaussian, in mm. One range is drawn once and shared by the axes.',
      }),
    ),
    sigmaVoxels: optional(
      perAxis({ bounds: [0.001, 1e4], shared: true, help: 'The same along the frame’s x, y and z, in voxels.' }),
    ),
    noise: word({
      words: ['lattice', 'full'],
      default: 'lattice',
      help: 'Smooth noise at the control points of a lattice, with the same statistics, or at every voxel.',
    }),
  },
  example: { alpha: 900, sigmaMm: 22 },
  alternatives: ['sigmaMm', 'sigmaVoxels'],
  sample({ alpha, sigmaMm, sigmaVoxels, noise }, random): Params & Sampled {
    const drawn = random.draw(alpha)
    return {
      alpha: drawn,
      ...(sigmaMm ? { sigmaMm: drawPerAxis(random, sigmaMm) } : { sigmaVoxels: drawPerAxis(random, sigmaVoxels!) }),
      noise,
      stream: random.fork('noise').stream(),
    }
  },
  resolve: (params, { frame }) => (params.alpha === 0 ? {} : { warp: warpOf(params, frame) }),
})

interface Sampled {
  readonly alpha: number
  readonly sigmaMm?: Vec3
  readonly sigmaVoxels?: Vec3
  readonly noise: 'lattice' | 'full'
  readonly stream: Stream
}

/** Noise that is smoothed, in terms of a frame. */
export interface SmoothNoise {
  readonly alpha: number
  /** Standard deviations along the frame's voxel axes, in voxels; 0 across a plane. */
  readonly std: Vec3
  /** Whether components are voxels along the voxel axes, and not mm along the world's. */
  readonly inVoxels: boolean
  readonly stream: Stream
}

/** Below this many voxels a lattice would be about as fine as the volume. */
const leastForLattice = 6

const known = new WeakMap<object, { readonly frame: Grid; readonly warp: Warp }>()

/** The warp of one draw, which is made once for all entries on a frame. */
function warpOf(params: Sampled, frame: Grid): Warp {
  const kept = known.get(params)
  if (kept && show(kept.frame.shape) === show(frame.shape) && kept.frame.affine.every((x, n) => x === frame.affine[n]))
    return kept.warp
  const { alpha, sigmaMm, sigmaVoxels, noise, stream } = params
  const spacing = [0, 1, 2].map((axis) => {
    const [x, y, z] = [frame.affine[axis]!, frame.affine[axis + 4]!, frame.affine[axis + 8]!]
    return Math.sqrt(x * x + y * y + z * z)
  })
  const std = (sigmaVoxels ?? sigmaMm!).map((sigma, axis) =>
    frame.shape[axis] === 1 ? 0 : sigmaVoxels ? sigma : sigma / spacing[axis]!,
  ) as unknown as Vec3
  const coarse = noise === 'lattice' && std.every((sigma, axis) => frame.shape[axis] === 1 || sigma >= leastForLattice)
  const smooth: SmoothNoise = { alpha, std, inVoxels: sigmaVoxels !== undefined, stream }
  const warp = coarse ? latticeNoise(frame, smooth) : fullNoise(frame, smooth)
  known.set(params, { frame, warp })
  return warp
}
