import type { Part } from './part.ts'
import { type Field, isField, type Lattice, type Stage, type Window } from './stage.ts'
import { statistics } from './statistics.ts'

/** The part of the source; a shape with 0 where all is fill. */
export interface Reach extends Part {
  /** For each stage, whether a point may leave its box and take its fill. */
  readonly leaves: readonly boolean[]
}

/** Rounding in positions, in voxels, is far below this. */
const slack = 1e-4

/**
 * A bound of what a pass over `window` can touch, by interval arithmetic: a B-spline stays between its least and greatest
 * control point. A point beyond a source that is extended may be taken back to anywhere along that axis.
 */
export function reachOf(stages: readonly Stage[], { base, step, shape }: Window, isExtended = false): Reach {
  let low = [0, 1, 2].map((axis) => Math.min(base[axis]!, base[axis]! + step[axis]! * (shape[axis]! - 1)))
  let high = [0, 1, 2].map((axis) => Math.max(base[axis]!, base[axis]! + step[axis]! * (shape[axis]! - 1)))
  let empty = false
  const leaves = stages.map(({ matrix, displacement, box }, n) => {
    const [least, most] = displacement ? extremes(displacement) : [zero, zero]
    const bound = (axis: number, from: readonly number[], to: readonly number[]) =>
      [0, 1, 2].reduce(
        (sum, other) => {
          const m = matrix[4 * axis + other]!
          return sum + m * (m >= 0 ? from : to)[other]!
        },
        matrix[4 * axis + 3]!,
      )
    const lows = [0, 1, 2].map((axis) => bound(axis, low, high) + least[axis]! - slack)
    const highs = [0, 1, 2].map((axis) => bound(axis, high, low) + most[axis]! + slack)
    if (box[0] === 0) {
      low = lows
      high = highs
      return false
    }
    if (isExtended && n === stages.length - 1) {
      const within = [0, 1, 2].map((axis) => lows[axis]! >= 0 && highs[axis]! <= box[axis]! - 1)
      low = lows.map((x, axis) => (within[axis] ? x : 0))
      high = highs.map((x, axis) => (within[axis] ? x : box[axis]! - 1))
      return false
    }
    empty ||= [0, 1, 2].some((axis) => highs[axis]! < -0.5 - slack || lows[axis]! > box[axis]! - 0.5 + slack)
    low = lows.map((x, axis) => Math.min(box[axis]! - 1, Math.max(0, x)))
    high = highs.map((x, axis) => Math.min(box[axis]! - 1, Math.max(0, x)))
    // A point may lie half a voxel out; the pass grants it 2^-20 more for rounding, of which half is kept here.
    const edge = 0.5 + slack + 2 ** -21
    return [0, 1, 2].some((axis) => lows[axis]! < -edge || highs[axis]! > box[axis]! - 1 + edge)
  })
  const box = stages.at(-1)!.box
  const first = low.map(Math.floor) as [number, number, number]
  const reached = high.map((x, axis) => (empty ? 0 : Math.min(box[axis]! - 1, Math.floor(x) + 1) - first[axis]! + 1))
  return { first, shape: reached as unknown as Part['shape'], leaves }
}

const zero = [0, 0, 0] as const

/** The least and greatest displacement along each axis; an inverse undoes what the field does. */
function extremes(displacement: Lattice | Field): readonly [readonly number[], readonly number[]] {
  const [least, most] = isField(displacement) ? ofField(displacement) : ofNodes(displacement.nodes)
  return displacement.inverse ? [most.map((x) => -x), least.map((x) => -x)] : [least, most]
}

function ofNodes(nodes: Float64Array): readonly [number[], number[]] {
  const least = [0, 0, 0]
  const most = [0, 0, 0]
  for (let n = 0; n < nodes.length; n += 4) {
    for (let axis = 0; axis < 3; axis++) {
      least[axis] = Math.min(least[axis]!, nodes[n + axis]!)
      most[axis] = Math.max(most[axis]!, nodes[n + axis]!)
    }
  }
  return [least, most]
}

function ofField({ millimetres, onward }: Field): readonly [number[], number[]] {
  const bounds = boundsOf(millimetres)
  const sum = (row: number, pick: (low: number, high: number) => number) =>
    bounds.reduce(
      (total, [low, high], axis) => total + pick(onward[3 * row + axis]! * low, onward[3 * row + axis]! * high),
      0,
    )
  return [[0, 1, 2].map((row) => sum(row, Math.min)), [0, 1, 2].map((row) => sum(row, Math.max))]
}

const known = new WeakMap<Float32Array, readonly (readonly [number, number])[]>()

/** The least and greatest of each of three volumes, looked for once in the array's life. */
function boundsOf(volumes: Float32Array): readonly (readonly [number, number])[] {
  const kept = known.get(volumes)
  if (kept) return kept
  const size = volumes.length / 3
  const bounds = [0, 1, 2].map((axis) => {
    const { min, max } = statistics(volumes.subarray(axis * size, (axis + 1) * size))
    return [min, max] as const
  })
  known.set(volumes, bounds)
  return bounds
}
