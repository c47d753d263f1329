import { withMemory } from './instance.ts'
import { type Voxels, type Where, whereCode } from './voxels.ts'

/** Percentiles of the finite ones of some voxels; NaN of none. */
export interface Percentiles {
  readonly values: readonly number[]
  /** How many voxels counted. */
  readonly count: number
  /** How many more were selected, but are NaN or infinite. */
  readonly nonFinite: number
}

/** Values that are looked at first. */
const sampleLength = 16384

/** Values in one call of the kernel. */
const chunk = 16384

/**
 * Percentiles of an array's finite voxels, of all of them or of those selected: numpy.percentile's `linear`, exact for every type.
 *
 * A sample says between which two values a percentile lies almost surely; one pass over the array counts what is below them and
 * collects what is between, which is little, and the answer is among it. Where it is not, the brackets are moved, and so on.
 * @param percents from 0 to 100
 */
export function percentiles(data: Voxels, percents: readonly number[], select: Where | 'all' = 'all'): Percentiles {
  const wide = data instanceof Float64Array || data instanceof Int32Array || data instanceof Uint32Array
  const array = wide ? Float64Array : Float32Array
  const first = sampleOf(data, new array(Math.min(data.length, sampleLength)), select)
  const searches = percents.map(
    (percent): Search => ({ percent, sample: first, low: -Infinity, high: Infinity, before: 0, ranks: [], found: [] }),
  )
  let count = NaN
  let nonFinite = 0
  for (let pair = 0; pair < Math.max(1, searches.length); pair += 2) {
    const two = searches.slice(pair, pair + 2)
    while (Number.isNaN(count) || two.some(isOpen)) {
      const brackets = two.map(bracketOf)
      const pass = collect(data, array, brackets, select)
      if (Number.isNaN(count)) {
        count = pass.finite
        nonFinite = pass.nonFinite
        if (count === 0) return { values: percents.map(() => NaN), count, nonFinite }
      }
      two.forEach((search, n) => void narrow(search, brackets[n]!, pass.counts[n]!, count))
    }
  }
  return { values: searches.map((search) => between(search, count)), count, nonFinite }
}

/**
 * Some of the finite values that count, sorted: from places a golden section of the array apart, which are evenly spread and keep
 * step with no row or plane of it.
 */
function sampleOf<A extends Float32Array | Float64Array>(data: Voxels, sample: A, select: Where | 'all'): A {
  let length = 0
  for (let n = 0; n < sample.length; n++) {
    const at = Math.floor(((n * 0.6180339887498949) % 1) * data.length)
    const x = data[at]!
    const counts = typeof select !== 'string' ? select[at] !== 0 : select === 'all' || x !== 0
    if (counts && Math.abs(x) < Infinity) sample[length++] = x
  }
  return sample.subarray(0, length).sort() as A
}

/** One percentile that is looked for: its ranks and, as far as found, their values. */
interface Search {
  readonly percent: number
  /** Sorted values from between `low` and `high`, which neither rank's value is beyond. */
  sample: Float32Array | Float64Array
  low: number
  high: number
  /** How many values there are up to `low`. */
  before: number
  /** How many there are between; not known before the first pass. */
  inside?: number
  ranks: readonly number[]
  found: (number | undefined)[]
}

const isOpen = ({ ranks, found }: Search) => ranks.length === 0 || ranks.some((_, n) => found[n] === undefined)

const positionOf = (percent: number, count: number) => (count - 1) * (percent / 100)

/** Two values between which a search's ranks lie almost surely, by its sample; its ends where that says nothing. */
function bracketOf({ percent, sample, low, high, before, inside, ranks }: Search): readonly [number, number] {
  const last = sample.length - 1
  if (last < 0) return [low, high]
  const part = inside === undefined ? percent / 100 : (ranks[0]! - before) / inside
  const center = part * last
  // Four standard deviations of a quantile of a random sample.
  const margin = 4 * Math.sqrt(part * (1 - part) * last) + 3
  const [from, to] = [Math.floor(center - margin), Math.ceil(center + margin)]
  return [from < 0 ? low : sample[from]!, to > last ? high : sample[to]!]
}

interface Counts {
  readonly below: number
  readonly atLow: number
  readonly inside: number
  readonly atHigh: number
  readonly collected: Float32Array | Float64Array
}

/** Settles what a pass has shown of a search's ranks, and narrows the search to where the rest are. */
function narrow(search: Search, [low, high]: readonly [number, number], counts: Counts, count: number): void {
  if (search.ranks.length === 0) {
    const position = positionOf(search.percent, count)
    search.ranks = [Math.floor(position), Math.ceil(position)]
    search.found = [undefined, undefined]
  }
  const { below, atLow, inside, atHigh, collected } = counts
  const complete = collected.length === inside
  let sorted: Float32Array | Float64Array | undefined
  for (const [n, rank] of search.ranks.entries()) {
    if (search.found[n] !== undefined) continue
    const place = rank - below - atLow
    if (rank < below)
      Object.assign(search, { high: low, inside: below - search.before, sample: sampleIn(search, search.low, low) })
    else if (place < 0) search.found[n] = low
    else if (place < inside && complete) {
      sorted ??= collected.length > 4096 ? around(collected, place) : collected.sort()
      search.found[n] = sorted[place]!
    } else if (place < inside) {
      // Too many to hold: those that were are a sample of all.
      const some = collected.slice(0, Math.min(collected.length, sampleLength))
      Object.assign(search, { low, high, before: below + atLow, inside, sample: sampleOf(collected, some, 'all') })
    } else if (place < inside + atHigh) search.found[n] = high
    else {
      const before = below + atLow + inside + atHigh
      Object.assign(search, { low: high, before, inside: count - before, sample: sampleIn(search, high, search.high) })
    }
  }
}

const sampleIn = ({ sample }: Search, low: number, high: number) => sample.filter((x) => x > low && x < high)

/** Brings, in place, the values of a rank and of the next to where they would stand in order. */
function around(values: Float32Array | Float64Array, rank: number): Float32Array | Float64Array {
  let [from, to] = [0, values.length - 1]
  while (from < to) {
    const pivot = values[(from + to) >>> 1]!
    let [i, j] = [from, to]
    while (i <= j) {
      while (values[i]! < pivot) i++
      while (values[j]! > pivot) j--
      if (i > j) break
      swap(values, i++, j--)
    }
    if (rank <= j) to = j
    else if (rank >= i) from = i
    else break
  }
  let next = rank + 1
  for (let n = next + 1; n < values.length; n++) if (values[n]! < values[next]!) next = n
  if (next < values.length) swap(values, rank + 1, next)
  return values
}

function swap(values: Float32Array | Float64Array, a: number, b: number): void {
  const held = values[a]!
  values[a] = values[b]!
  values[b] = held
}

/** The value at a percentile's position, between its two ranks. */
function between({ percent, ranks, found }: Search, count: number): number {
  const [low, high] = found as [number, number]
  const fraction = positionOf(percent, count) - ranks[0]!
  // numpy's own order of operations: exact at both ends.
  return fraction < 0.5 ? low + (high - low) * fraction : high - (high - low) * (1 - fraction)
}

/** Bytes of the kernel's state; assembly/order.ts has the same table. */
const stateBytes = 144

/** One pass: counts about each bracket, and the values inside, or the first of them where there are too many. */
function collect(
  data: Voxels,
  array: Float32ArrayConstructor | Float64ArrayConstructor,
  brackets: readonly (readonly [number, number])[],
  select: Where | 'all',
): { readonly counts: readonly Counts[]; readonly finite: number; readonly nonFinite: number } {
  const width = array.BYTES_PER_ELEMENT
  const room = Math.min(data.length, Math.max(65536, data.length >>> 4))
  return withMemory(stateBytes + (width + 1) * chunk + 16 + 2 * width * room, (kernels, buffer, base) => {
    const state = new Float64Array(buffer, base, stateBytes / 8)
    const words = new Uint32Array(buffer, base, stateBytes / 4)
    const values = new array(buffer, base + stateBytes, chunk)
    const mask = new Uint8Array(buffer, base + stateBytes + width * chunk, chunk)
    const outs = [0, 1].map((n) => base + stateBytes + (width + 1) * chunk + n * width * room)
    state.fill(0)
    for (const n of [0, 1]) {
      // A second bracket that there is none of lies above everything.
      state.set(brackets[n] ?? [Infinity, Infinity], 8 * n)
      words.set([outs[n]!, room], 16 * n + 12)
    }
    const bracket = width === 8 ? kernels.bracketFloat64 : kernels.bracketFloat32
    for (let start = 0; start < data.length; start += chunk) {
      const end = Math.min(start + chunk, data.length)
      values.set(data.subarray(start, end))
      if (typeof select !== 'string') mask.set(select.subarray(start, end))
      bracket(base, values.byteOffset, end - start, whereCode(select), mask.byteOffset)
    }
    const counts = brackets.map((_, n): Counts => {
      const [below, atLow, inside, atHigh] = state.subarray(8 * n + 2, 8 * n + 6) as unknown as [
        number,
        number,
        number,
        number,
      ]
      const length = room - words[16 * n + 13]!
      return { below, atLow, inside, atHigh, collected: new array(buffer, outs[n]!, length).slice() as Float32Array }
    })
    return { counts, finite: state[16]!, nonFinite: state[17]! }
  })
}
