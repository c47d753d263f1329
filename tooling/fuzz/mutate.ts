import { ungzip } from 'pako'
import { ascii, type Bytes, joined } from './bytes.ts'
import type { Draw } from './draw.ts'
import { wrapped } from './mutate-gzip.ts'
import { changeNifti } from './mutate-nifti.ts'
import { changeText, isText } from './mutate-text.ts'

/** A file that mutations start from. */
export interface Seed {
  readonly name: string
  readonly bytes: Bytes
  /** What its gzip holds, where it is a sound one. */
  readonly inflated: Bytes | undefined
}

/** Makes seeds of the corpus's files. */
export function seedsOf(files: Iterable<readonly [string, Bytes]>): readonly Seed[] {
  return Array.from(files, ([name, bytes]) => ({ name, bytes, inflated: inflate(bytes) }))
}

/** Mutants longer than this are cut: nothing is found in them that shorter ones do not show. */
const longest = 65_536

/** A seed's bytes, changed: in its gzip or in what that holds, then wrapped anew so that the checksum holds. */
export function mutate(seeds: readonly Seed[], draw: Draw): { readonly bytes: Bytes; readonly from: string } {
  const seed = draw.one(seeds)
  const inside = seed.inflated !== undefined && draw.chance(0.75)
  let bytes = inside ? seed.inflated : seed.bytes
  for (let more = true; more; more = draw.chance(0.5)) bytes = change(bytes, seeds, draw).slice(0, longest)
  if (inside ? draw.chance(0.85) : draw.chance(0.1)) bytes = wrapped(bytes, draw)
  return { bytes: bytes.slice(0, longest), from: seed.name }
}

function change(bytes: Bytes, seeds: readonly Seed[], draw: Draw): Bytes {
  if (isText(bytes) && draw.chance(0.7)) return changeText(bytes, draw)
  if (draw.chance(0.5)) return changeNifti(bytes, draw)
  return draw.one(changes)(bytes, draw, seeds)
}

type Change = (bytes: Bytes, draw: Draw, seeds: readonly Seed[]) => Bytes

const interesting = [0, 1, 2, 7, 8, 0x10, 0x1f, 0x20, 0x40, 0x5c, 0x7f, 0x80, 0x8b, 0xfe, 0xff]

/** Half of the changes fall on the first bytes, where the numbers stand that others depend on. */
const placeIn = (bytes: Bytes, draw: Draw) =>
  draw.below(draw.chance(0.5) ? Math.min(bytes.length + 1, 64) : bytes.length + 1)

const changes: readonly Change[] = [
  function flipBit(bytes, draw) {
    const at = placeIn(bytes, draw)
    return at < bytes.length ? replaced(bytes, at, [bytes[at]! ^ (1 << draw.below(8))]) : bytes
  },
  function setByte(bytes, draw) {
    return replaced(bytes, placeIn(bytes, draw), [draw.chance(0.5) ? draw.one(interesting) : draw.below(256)])
  },
  function fillRange(bytes, draw) {
    const count = 1 + draw.below(draw.one([4, 8, 16, 64]))
    return replaced(bytes, placeIn(bytes, draw), new Array(count).fill(draw.one(interesting)))
  },
  function cut(bytes, draw) {
    const edges = [0, 1, 2, 3, 4, 347, 348, 351, 352, 353, 539, 540, 543, 544, bytes.length - 1, bytes.length - 8]
    return bytes.slice(0, Math.max(0, draw.chance(0.3) ? draw.one(edges) : placeIn(bytes, draw)))
  },
  function insert(bytes, draw) {
    const at = placeIn(bytes, draw)
    const count = 1 + draw.below(draw.one([1, 4, 16, 300]))
    const random = draw.chance(0.5)
    const more = Uint8Array.from({ length: count }, () => (random ? draw.below(256) : 0))
    return joined(bytes.subarray(0, at), more, bytes.subarray(at))
  },
  function remove(bytes, draw) {
    const at = placeIn(bytes, draw)
    return joined(bytes.subarray(0, at), bytes.subarray(at + 1 + draw.below(draw.one([1, 4, 16, 300]))))
  },
  function repeat(bytes, draw) {
    const at = placeIn(bytes, draw)
    const end = at + 1 + draw.below(draw.one([4, 16, 400]))
    return joined(bytes.subarray(0, end), bytes.subarray(at))
  },
  function splice(bytes, draw, seeds) {
    const other = draw.one(seeds)
    const there = draw.chance(0.5) ? (other.inflated ?? other.bytes) : other.bytes
    const at = placeIn(bytes, draw)
    return joined(bytes.subarray(0, at), there.subarray(draw.chance(0.5) ? at : placeIn(there, draw)))
  },
  function follow(bytes, draw, seeds) {
    return joined(bytes, draw.one([ascii('junk'), new Uint8Array(9), draw.one(seeds).bytes]))
  },
]

function replaced(bytes: Bytes, at: number, values: readonly number[]): Bytes {
  const changed = bytes.slice()
  changed.set(values.slice(0, Math.max(0, bytes.length - at)), Math.min(at, bytes.length))
  return changed
}

function inflate(bytes: Bytes): Bytes | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return undefined
  try {
    const inflated = ungzip(bytes)
    return inflated.length <= longest ? inflated.slice() : undefined
  } catch {
    return undefined
  }
}
