import {
  arrayOf,
  type DType,
  locate,
  type Shape,
  type Vec3,
  type Volume,
  VoxaugError,
  type VoxelArray,
  voxelsOf,
} from '@voxaug/core'
import {
  copyVoxels,
  type ResamplePass,
  reachOf,
  resample,
  type Stage,
  statistics,
  type WholeMap,
  type Window,
} from '@voxaug/kernels'
import { dtypeAfter, type Fill, holds, isExtension, type SpatialPending } from './moves.ts'
import { type Route, routesOf } from './stages.ts'
import { applyWhole, composeWhole, identityMap, wholeMap } from './whole.ts'

/** A step's stages, with the fill that all of them share. */
interface Leg {
  readonly routes: readonly Route[]
  readonly fill: Fill
  readonly after: Shape
  readonly before: Shape
  readonly whole: WholeMap | undefined
}

/**
 * Computes the voxels of a run of spatial steps, channel by channel.
 *
 * Steps by whole voxels at the end of the run are kept apart as integers and added to the index before it is mapped: a crop
 * of a warp has the warp's very bits.
 */
export function computePass(pending: SpatialPending): VoxelArray {
  try {
    return compute(pending)
  } catch (error) {
    throw locate(error, pending.passes.at(-1)!.path)
  }
}

function compute(pending: SpatialPending): VoxelArray {
  const { source, start, moves, copies } = pending
  const interpolation = copies ? 'nearest' : (pending.interpolation ?? 'linear')
  const first = moves[0]!
  const extension = isExtension(first.fill) ? first.fill : undefined
  const dtype = dtypeAfter(pending)
  const legs = moves.map((move, n): Leg => {
    const before = n === 0 ? source : moves[n - 1]!.grid
    const routes = routesOf(before, move.grid, move.warp)
    const only = routes.length === 1 && !routes[0]!.displacement ? routes[0] : undefined
    return {
      routes,
      fill: move.fill,
      after: move.grid.shape,
      before: before.shape,
      whole: only && wholeMap(only.matrix, move.grid.shape),
    }
  })
  const firstWhole = legs.findLastIndex(({ whole }) => !whole) + 1
  const trailing = legs.slice(firstWhole)
  const sampled = legs.slice(0, firstWhole)

  const shape = moves.at(-1)!.grid.shape
  const base = sampled.at(-1)?.after ?? source.shape
  const map = trailing.reduceRight((whole, leg) => composeWhole(leg.whole!, whole), identityMap)
  const voxels = voxelsOf(shape)
  const out = allocate(dtype, voxels * source.channels)
  const stages = sampled.toReversed().flatMap(({ routes, fill }) => routes.map((route) => ({ ...route, fill })))
  const window = windowOf(map, shape, base)
  const reach =
    window && stages.length > 0
      ? reachOf(
          stages.map((stage) => ({ ...stage, fill: 0 })),
          window.inside,
          extension !== undefined,
        )
      : undefined
  for (let channel = 0; channel < source.channels; channel++) {
    const size = voxelsOf(source.shape)
    const from = source.data.subarray(channel * size, (channel + 1) * size)
    const to = out.subarray(channel * voxels, (channel + 1) * voxels)
    const fillValue = fills(start, channel)
    if (stages.length === 0) copyVoxels(from, source.shape, map, to, shape, extension)
    else if (window) {
      // Outside voxels have a vote, where no point leaves the grid.
      const needed = (n: number) => reach!.leaves[n] || interpolation === 'vote'
      const filled = stages.map((stage, n): Stage => ({ ...stage, fill: needed(n) ? fillValue(stage.fill) : 0 }))
      if (interpolation === 'cubic') assertFinite(source, channel)
      // What keeps the source's type must hold the fills as well.
      const keepsType = interpolation === 'nearest' || interpolation === 'vote'
      const held = !keepsType || copies || filled.every(({ fill }) => holds(source.dtype, fill))
      const pass: ResamplePass = {
        source: held ? from : new (arrayOf(dtype))(from),
        stages: filled,
        window: window.inside,
        interpolation,
        extension,
        smoothing: first.smoothing,
      }
      guardMemory(() => {
        if (window.direct) return assertSolved(resample(pass, to))
        const part = allocate(dtype, voxelsOf(window.inside.shape))
        assertSolved(resample(pass, part))
        copyVoxels(part, window.inside.shape, window.back, to, shape)
      })
    }
    // Last: what left a grid between trailing steps may have come back to where there are voxels.
    paint(to, shape, trailing, fillValue)
  }
  return out
}

/** Where the output lies on the sampled grid. */
interface Inside {
  /** What is to be sampled: in the output's order where `direct`, else in the sampled grid's, to be brought `back` then. */
  readonly inside: Window
  readonly direct: boolean
  readonly back: WholeMap
}

/** The part of the grid that trailing whole steps ask for; undefined where they ask for nothing that is there. */
function windowOf(map: WholeMap, shape: Shape, base: Shape): Inside | undefined {
  const first = map.start
  const last = applyWhole(map, [shape[0] - 1, shape[1] - 1, shape[2] - 1])
  const low = first.map((x, axis) => Math.max(0, Math.min(x, last[axis]!)))
  const high = first.map((x, axis) => Math.min(base[axis]! - 1, Math.max(x, last[axis]!)))
  if (low.some((x, axis) => x > high[axis]!)) return undefined
  const all =
    low.every((x, axis) => x === Math.min(first[axis]!, last[axis]!)) &&
    high.every((x, axis) => x === Math.max(first[axis]!, last[axis]!))
  const direct = all && map.axes.every((along, axis) => along === axis)
  const extent = high.map((x, axis) => x - low[axis]! + 1) as unknown as Shape
  return {
    direct,
    inside: direct
      ? { base: first, step: map.steps, shape }
      : { base: low as unknown as Vec3, step: [1, 1, 1], shape: extent },
    back: { ...map, start: first.map((x, axis) => x - low[axis]!) as unknown as Vec3 },
  }
}

/** Fills what leaves a grid on the way through trailing whole steps, the last step's first: it decides. */
function paint(out: VoxelArray, shape: Shape, trailing: readonly Leg[], fillValue: (fill: Fill) => number): void {
  let map = identityMap
  // The box of output voxels that have not left yet.
  let low = [0, 0, 0]
  let high = shape.map((n) => n)
  for (const { whole, before, fill } of trailing.toReversed()) {
    map = composeWhole(whole!, map)
    const inLow = map.axes.map((along, axis) =>
      Math.max(low[axis]!, map.steps[axis]! > 0 ? -map.start[along]! : map.start[along]! - before[along]! + 1),
    )
    const inHigh = map.axes.map((along, axis) =>
      Math.min(high[axis]!, map.steps[axis]! > 0 ? before[along]! - map.start[along]! : map.start[along]! + 1),
    )
    if (inLow.every((x, axis) => x === low[axis]) && inHigh.every((x, axis) => x === high[axis])) continue
    // An extension has been copied already.
    if (isExtension(fill)) return
    const value = fillValue(fill)
    const [nx, ny] = shape
    for (let k = low[2]!; k < high[2]!; k++) {
      for (let j = low[1]!; j < high[1]!; j++) {
        const row = nx * (j + ny * k)
        const outside = k < inLow[2]! || k >= inHigh[2]! || j < inLow[1]! || j >= inHigh[1]!
        if (outside) out.fill(value, row + low[0]!, row + high[0]!)
        else {
          out.fill(value, row + low[0]!, row + Math.max(low[0]!, inLow[0]!))
          out.fill(value, row + Math.min(high[0]!, inHigh[0]!), row + high[0]!)
        }
      }
    }
    low = inLow
    high = inHigh
    if (low.some((x, axis) => x >= high[axis]!)) return
  }
}

const known = new WeakMap<Volume, Map<string, number>>()

/** A channel's fill values; its statistics are looked for once in a volume's life. */
function fills(start: Volume, channel: number): (fill: Fill) => number {
  return (fill) => {
    if (typeof fill === 'number') return fill
    // Nothing is filled where a volume is extended.
    if (isExtension(fill)) return 0
    const values = known.get(start) ?? new Map<string, number>()
    known.set(start, values)
    const kept = values.get(`${fill} ${channel}`)
    if (kept !== undefined) return kept
    const size = voxelsOf(start.shape)
    const { count, min, mean } = statistics(start.data.subarray(channel * size, (channel + 1) * size), 'all')
    values.set(`minimum ${channel}`, count === 0 ? 0 : min)
    values.set(`mean ${channel}`, count === 0 ? 0 : mean)
    return values.get(`${fill} ${channel}`)!
  }
}

/** A spline carries what is not finite through all of its line. */
function assertFinite({ data, shape, dtype }: Volume, channel: number): void {
  if (!dtype.startsWith('float')) return
  const size = voxelsOf(shape)
  const { nonFinite } = statistics(data.subarray(channel * size, (channel + 1) * size))
  if (nonFinite === 0) return
  throw new VoxaugError(
    'non-finite',
    `the volume must be finite for cubic interpolation, got ${nonFinite} voxels that are NaN or infinite.`,
  )
}

function assertSolved(unsolved: number): void {
  if (unsolved === 0) return
  throw new VoxaugError(
    'folding',
    `the displacement is too steep to be undone, at ${unsolved} voxels; use smaller displacements or fewer control points.`,
  )
}

function allocate(dtype: DType, length: number): VoxelArray {
  return guardMemory(() => new (arrayOf(dtype))(length))
}

function guardMemory<T>(work: () => T): T {
  try {
    return work()
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new VoxaugError('too-large', `the result does not fit in memory: ${cause.message}`, { cause })
  }
}
