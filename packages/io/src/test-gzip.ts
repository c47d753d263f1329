/** For tests: gzip streams, sound and not, made block by block; see RFC 1952. */
import { crc32, gzipped, joined, testFile } from './test-file.ts'

interface Member {
  /** Fields of the header that say nothing of the data: a name of so many bytes, or all of them. */
  readonly name?: number
  readonly everyField?: boolean
  readonly crc?: number
  readonly size?: number
}

const word = (value: number) => Array.from({ length: 4 }, (_, n) => (value >>> (8 * n)) & 255)
const short = (value: number) => word(value).slice(0, 2)

/** A member whose data is stored as it is. */
function stored(bytes: Uint8Array, { name, everyField, crc = crc32(bytes), size = bytes.length }: Member = {}) {
  const flags = everyField ? 0b11111 : name === undefined ? 0 : 0b1000
  const start = [0x1f, 0x8b, 8, flags, 1, 2, 3, 4, 0, 3]
  const extra = everyField ? [...short(6), 0x41, 0x50, ...short(2), 7, 8] : []
  const names = everyField ? [0x61, 0, 0x62, 0x63, 0] : name === undefined ? [] : [...Array(name - 1).fill(0x61), 0]
  const header = joined(start, extra, names)
  const check = everyField ? short(crc32(header)) : []
  const blocks: (Uint8Array | number[])[] = []
  for (let at = 0; at < bytes.length || at === 0; at += 65_535) {
    const part = bytes.subarray(at, at + 65_535)
    const last = at + 65_535 >= bytes.length ? 1 : 0
    blocks.push([last, ...short(part.length), ...short(~part.length)], part)
  }
  return joined(header, check, ...blocks, word(crc), word(size))
}

/** 48 × 48 × 20 voxels that neither repeat nor are noise. */
const large = /* @__PURE__ */ testFile({
  fields: { dim: [3, 48, 48, 20] },
  voxels: Uint8Array.from({ length: 46_080 }, (_, n) => (Math.imul(n ^ (n >>> 7), 0x9e3779b1) >>> 20) % 50),
})

const small = /* @__PURE__ */ testFile()

const flipped = (bytes: Uint8Array, at: number) => bytes.map((byte, n) => (n === at ? byte ^ 0x10 : byte))

export const damaged =
  'invalid-gzip: the gzip stream is damaged or cut short: its codes, length or checksum do not hold.'

/** Streams by name, and the file that each holds: undefined for one that must be refused. */
export async function gzipCases(): Promise<Record<string, readonly [bytes: Uint8Array, holds?: Uint8Array]>> {
  const smallGz = await gzipped(small)
  const largeGz = await gzipped(large)
  const halves = [stored(large.subarray(0, 20_000)), await gzipped(large.slice(20_000))]
  const whole = stored(small)
  const empty = stored(new Uint8Array())
  // 256 KiB: a whole number of every reader's pieces.
  const toBoundary = stored(small.subarray(0, 300), { name: 262_144 - 300 - 23 })
  const second = stored(small.subarray(300))
  return {
    'one member': [largeGz, large],
    'several members': [joined(...halves), large],
    'an empty first member': [joined(empty, largeGz), large],
    'empty members between and behind': [joined(halves[0]!, empty, empty, halves[1]!, empty), large],
    'a member of each byte': [joined(...Array.from(small, (byte) => stored(Uint8Array.of(byte)))), small],
    'a second member that starts with a piece': [joined(toBoundary, second), small],
    'zeros behind': [joined(largeGz, new Uint8Array(1000)), large],
    'zeros behind, more than a piece': [joined(largeGz, new Uint8Array(600_000)), large],
    'zeros that start with a piece': [joined(stored(small, { name: 262_144 - 412 - 23 }), new Uint8Array(9)), small],
    'every field of the header': [stored(small, { everyField: true }), small],
    'a wrong checksum': [stored(small, { crc: 1 })],
    'a wrong checksum behind much': [stored(large, { crc: 1 })],
    'a wrong checksum in the first of two members': [joined(stored(small.subarray(0, 300), { crc: 1 }), second)],
    'a wrong length': [stored(small, { size: 100 })],
    'a length of 4 GiB': [stored(small, { size: 0xffffffff })],
    'no trailer': [largeGz.subarray(0, -8)],
    'half a trailer': [largeGz.subarray(0, -4)],
    'an end before the codes': [largeGz.subarray(0, 20_000)],
    'an end in the header': [smallGz.subarray(0, 5)],
    'a bit flipped in a stored block': [flipped(stored(large), 30_000)],
    'a bit flipped in Huffman codes': [flipped(largeGz, 10_000)],
    'a bit flipped in the codes of a second member': [joined(halves[0]!, flipped(halves[1]!, 9000))],
    'a block of no type': [joined(whole.subarray(0, 10), [7], whole.subarray(11))],
    'junk behind': [joined(largeGz, [1, 2, 3, 4])],
    'one byte behind': [joined(largeGz, [0x1f])],
    'half a header behind': [joined(largeGz, [0x1f, 0x8b, 8, 0])],
    'a damaged member behind': [joined(largeGz, stored(small, { crc: 1 }))],
    'junk behind zeros': [joined(largeGz, new Uint8Array(1000), [1])],
    'junk far behind zeros': [joined(largeGz, new Uint8Array(600_000), [1])],
    'junk behind a megabyte and more of zeros': [joined(largeGz, new Uint8Array(3_000_000), [1])],
    'zeros behind, megabytes of them': [joined(largeGz, new Uint8Array(9_000_000)), large],
    'junk behind zeros that reads as the length': [joined(largeGz, [0, 0, 0, 0, 1], word(large.length))],
    'a member behind zeros': [joined(halves[0]!, [0, 0], halves[1]!)],
    'a method that is not deflate': [joined([0x1f, 0x8b, 7], whole.subarray(3))],
    'a flag that is reserved': [joined(whole.subarray(0, 3), [0x80], whole.subarray(4))],
  }
}

/** A sound file, and empty members behind it without end. */
export function endlessMembers(): ReadableStream<Uint8Array> {
  const empty = stored(new Uint8Array())
  const many = joined(...Array(5000).fill(empty))
  let given = 0
  return new ReadableStream({
    pull: (controller) => controller.enqueue(given++ === 0 ? stored(small) : many.slice()),
  })
}
