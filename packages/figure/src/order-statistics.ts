import type { VoxelArray } from '@voxaug/core'

/**
 * The percentiles of the finite values of an array, as numpy.percentile's `linear` gives them; undefined where none is finite.
 *
 * Exact, in two passes over memory for every type but float64: values become 32-bit keys of the same order, whose upper
 * halves are counted, then the lower halves of the few keys that can be the answer. float64 is copied and sorted.
 */
export function percentiles(data: VoxelArray, percents: readonly number[]): number[] | undefined {
  const ranked = data instanceof Float64Array ? bySorting(data) : byCounting(data)
  if (ranked.count === 0) return undefined
  const positions = percents.map((percent) => ((ranked.count - 1) * percent) / 100)
  const below = positions.map(Math.floor)
  const values = ranked.values([...below, ...positions.map(Math.ceil)])
  return positions.map((position, n) => {
    const low = values[n]!
    const high = values[n + positions.length]!
    const fraction = position - below[n]!
    // numpy's own order of operations: exact at both ends.
    return fraction < 0.5 ? low + (high - low) * fraction : high - (high - low) * (1 - fraction)
  })
}

/** The finite values of an array, in order: how many, and those of given ranks. */
interface Ranked {
  readonly count: number
  readonly values: (ranks: readonly number[]) => number[]
}

function bySorting(data: Float64Array): Ranked {
  const sorted = data.filter(Number.isFinite).sort()
  return { count: sorted.length, values: (ranks) => ranks.map((rank) => sorted[rank]!) }
}

const half = 65536

function byCounting(data: Exclude<VoxelArray, Float64Array>): Ranked {
  const { keyAt, valueFor, dropped } = data instanceof Float32Array ? floatKeys(data) : integerKeys(data)
  const upper = new Float64Array(half)
  for (let n = 0; n < data.length; n++) {
    const key = keyAt(n)
    if (key !== dropped) upper[key >>> 16]!++
  }
  const refined = new Map<number, Float64Array>()
  const lowerOf = (prefix: number) => {
    const known = refined.get(prefix)
    if (known) return known
    const lower = new Float64Array(half)
    for (let n = 0; n < data.length; n++) {
      const key = keyAt(n)
      if (key >>> 16 === prefix && key !== dropped) lower[key & 65535]!++
    }
    refined.set(prefix, lower)
    return lower
  }
  return {
    count: upper.reduce((sum, n) => sum + n, 0),
    values: (ranks) =>
      ranks.map((rank) => {
        const prefix = find(upper, rank)
        const rest = find(lowerOf(prefix.bin), rank - prefix.before)
        return valueFor(prefix.bin * half + rest.bin)
      }),
  }
}

/** The bin of a histogram that holds the value of a rank, and how many values the bins before it hold. */
function find(histogram: Float64Array, rank: number): { bin: number; before: number } {
  let before = 0
  let bin = 0
  while (before + histogram[bin]! <= rank) before += histogram[bin++]!
  return { bin, before }
}

/** 32-bit keys in the order of the values. No finite value has the key `dropped`. */
interface Keys {
  readonly keyAt: (n: number) => number
  readonly valueFor: (key: number) => number
  readonly dropped: number
}

function integerKeys(data: Exclude<VoxelArray, Float32Array | Float64Array>): Keys {
  const signed = data instanceof Int8Array || data instanceof Int16Array || data instanceof Int32Array
  const least = signed ? -128 * (1 << (8 * (data.BYTES_PER_ELEMENT - 1))) : 0
  return { keyAt: (n) => (data[n]! - least) >>> 0, valueFor: (key) => key + least, dropped: -1 }
}

/** The bits of a float32, with all of them turned where it is negative and only the sign where not, sort as it does. */
function floatKeys(data: Float32Array): Keys {
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length)
  const one = new Uint32Array(1)
  const dropped = 0xffffffff
  return {
    keyAt: (n) => {
      const word = bits[n]!
      if ((word & 0x7f800000) === 0x7f800000) return dropped
      return (word & 0x80000000 ? ~word : word | 0x80000000) >>> 0
    },
    valueFor: (key) => {
      one[0] = key & 0x80000000 ? key & 0x7fffffff : ~key
      return new Float32Array(one.buffer)[0]!
    },
    dropped,
  }
}
