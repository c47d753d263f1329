import { exp, forkStream, type Grid, type Shape, type Vec3 } from '@voxaug/core'
import { normal } from '@voxaug/kernels'
import { latticeWarp, type Warp } from '@voxaug/spatial'
import type { SmoothNoise } from './elastic-noise.ts'
import { alongFrame, voxelsToMm, withinPlane } from './lattice-over.ts'

/** Control points to a standard deviation of the Gaussian. */
const density = 1.5

/** Standard deviations after which a Gaussian is cut off. */
const truncate = 4

/** Control points beyond the frame, at most: only where a frame is far narrower than the Gaussian, and then sixteen of its widths. */
const mostMargin = 16

/** One axis of the lattice. */
interface Axis {
  /** Cells of the frame, and control points beyond on each side. */
  readonly cells: number
  readonly margin: number
  /** Voxels of a cell. */
  readonly width: number
  /** What the noise of a cell adds to control points 0, 1, … away. */
  readonly weights: readonly number[]
}

/**
 * Smoothed noise by a lattice, with the statistics of the dense field.
 *
 * The frame is cut into cells of h ≤ σ / 1.5 voxels. A cell's voxels hold h³ values of variance alpha² / 3, whose sum is as good as
 * normal. It is spread over control points at the cells' centres by a Gaussian of variance σ² − h² / 3; the B-spline between control
 * points, of variance h² / 3, adds the rest.
 */
export function latticeNoise(frame: Grid, { alpha, std, inVoxels, stream }: SmoothNoise): Warp {
  const axes = frame.shape.map((n, axis) => axisOf(n, std[axis]!)) as [Axis, Axis, Axis]
  const cells = axes.map((axis) => axis.cells) as unknown as Shape
  const shape = axes.map((axis) => axis.cells + 2 * axis.margin) as unknown as Shape
  const size = shape[0] * shape[1] * shape[2]
  const amount = alpha * Math.sqrt((axes[0].width * axes[1].width * axes[2].width) / 3)
  const components = ['x', 'y', 'z'].map((name) => {
    const noise = new Float32Array(cells[0] * cells[1] * cells[2])
    normal(forkStream(stream, name), 0, noise)
    return spread(noise, cells, axes)
  })
  const displacements: number[] = []
  for (let n = 0; n < size; n++) {
    const drawn = components.map((component) => amount * component[n]!) as unknown as Vec3
    displacements.push(...(inVoxels ? voxelsToMm(frame, drawn) : drawn))
  }
  const scale = axes.map(({ width }) => 1 / width) as unknown as Vec3
  // The first voxel's centre is half a voxel into the first cell, whose own centre has coordinate `margin`.
  const start = axes.map(({ width, margin }) => margin - 0.5 + 0.5 / width) as unknown as Vec3
  return latticeWarp({
    shape,
    toLattice: alongFrame(frame, scale, start),
    displacementsMm: withinPlane(frame, displacements),
  })
}

function axisOf(n: number, std: number): Axis {
  // Across a plane there is one cell, which the B-spline spreads; its middle weight is 2 / 3.
  if (std === 0) return { cells: 1, margin: 0, width: n, weights: [1.5] }
  const cells = Math.ceil((n * density) / std)
  const width = n / cells
  const narrower = Math.sqrt(std * std - (width * width) / 3)
  const margin = Math.min(mostMargin, Math.ceil((truncate * narrower) / width))
  const weights = Array.from({ length: margin + 1 }, (_, away) => {
    const distance = (away * width) / narrower
    return exp(-0.5 * distance * distance) / (Math.sqrt(2 * Math.PI) * narrower)
  })
  return { cells, margin, width, weights }
}

/** Spreads cells' noise over control points, axis by axis. */
function spread(noise: Float32Array, cells: Shape, axes: readonly [Axis, Axis, Axis]): Float64Array {
  let from = Float64Array.from(noise)
  const shape = [...cells]
  for (const [n, { margin, weights }] of axes.entries()) {
    const stride = shape.slice(0, n).reduce((product, m) => product * m, 1)
    const length = shape[n]!
    const longer = length + 2 * margin
    const lines = from.length / length
    const to = new Float64Array(lines * longer)
    for (let line = 0; line < lines; line++) {
      const [block, offset] = [Math.floor(line / stride), line % stride]
      const source = block * length * stride + offset
      const target = block * longer * stride + offset
      for (let at = 0; at < longer; at++) {
        let sum = 0
        for (let cell = Math.max(0, at - 2 * margin); cell <= Math.min(length - 1, at); cell++) {
          sum += weights[Math.abs(at - margin - cell)]! * from[source + cell * stride]!
        }
        to[target + at * stride] = sum
      }
    }
    from = to
    shape[n] = longer
  }
  return from
}
