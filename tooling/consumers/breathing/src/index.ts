import { cornerIndices, type Grid, orientationOf, range, type Shape, sinDegrees, transformPoint } from '@voxaug/core'
import { defineSpatial, latticeWarp, type Warp } from '@voxaug/spatial'

/**
 * Moves the anatomy as breathing does: down by depthMm · sin²(π · phase) at the inferior end of the frame, not at all at the superior end.
 *
 * Grid: unchanged. Images become float32; labels gain no value; points move along. A slice across the motion stays as it is.
 * @see Lujan et al. 1999, A method for incorporating organ motion due to breathing into 3D dose calculations
 */
export const Breathe = /* @__PURE__ */ defineSpatial({
  name: 'breathing/Breathe',
  help: 'Moves the anatomy as breathing does.',
  options: {
    depthMm: range({
      default: [0, 15],
      bounds: [0, 60],
      help: 'How far the inferior end moves in a full breath, in mm.',
    }),
    phase: range({ default: [0, 1], bounds: [0, 1], help: 'When: 0 and 1 are breathed out, 0.5 is breathed in.' }),
  },
  sample: ({ depthMm, phase }, random) => ({ depthMm: random.draw(depthMm), phase: random.draw(phase) }),
  resolve: ({ depthMm, phase }, { frame }) => {
    const nowMm = depthMm * sinDegrees(180 * phase) * sinDegrees(180 * phase)
    return nowMm === 0 || isAcross(frame) ? {} : { warp: pullUp(frame, nowMm) }
  },
})

/** Whether the frame is one slice that the motion would leave. */
const isAcross = ({ affine, shape }: Grid) =>
  shape[[...orientationOf(affine)].findIndex((axis) => 'IS'.includes(axis))] === 1

/** A pull: what is at p afterwards was above it. Control points stand along the world's axes, a ring of them beyond the frame's box. */
function pullUp({ affine, shape }: Grid, depthMm: number): Warp {
  const corners = cornerIndices({ affine, shape }).map((corner) => transformPoint(affine, corner))
  const points: Shape = [4, 4, 9]
  const rows = points.map((count, axis) => {
    const places = corners.map((corner) => corner[axis]!)
    const [low, high] = [Math.min(...places) - 5, Math.max(...places) + 5]
    const perMm = (count - 3) / (high - low)
    return [...[0, 1, 2].map((other) => (other === axis ? perMm : 0)), 1 - low * perMm]
  })
  const depthAt = (level: number) => depthMm * Math.min(1, Math.max(0, (points[2] - 3 - level) / (points[2] - 4)))
  const displacementsMm = Array.from({ length: 4 * 4 * 9 }, (_, n) => [0, 0, depthAt(Math.floor(n / 16))]).flat()
  return latticeWarp({ shape: points, toLattice: [...rows.flat(), 0, 0, 0, 1], displacementsMm })
}
