import { show, VoxaugError } from '../error.ts'
import { type Entry, isVolume, type Subject } from '../subject.ts'
import type { Volume } from '../volume.ts'

/** Throws, in the contract's name, unless something holds. */
export function assert(holds: boolean, broken: string): asserts holds {
  if (!holds) throw new VoxaugError('contract', broken)
}

/** Throws where two subjects differ: in their entries, in a grid or type, or in one byte. */
export function assertSame(got: Subject, wanted: Subject, what: string): void {
  assert(
    Object.keys(got).join() === Object.keys(wanted).join(),
    `${what}: entries must be ${Object.keys(wanted).join()}, got ${Object.keys(got).join()}.`,
  )
  for (const [name, entry] of Object.entries(got)) {
    const other = wanted[name]!
    if (entry === other) continue
    const [a, b] = [headOf(entry), headOf(other)]
    assert(a === b, `${what}: ${name} must be ${b}, got ${a}.`)
    if (!isVolume(entry) || !isVolume(other)) continue
    const [bytes, wantedBytes] = [bytesOf(entry), bytesOf(other)]
    const at = bytes.findIndex((byte, n) => byte !== wantedBytes[n])
    if (at < 0 && bytes.length === wantedBytes.length) continue
    const voxel = Math.floor(at / entry.data.BYTES_PER_ELEMENT)
    throw new VoxaugError(
      'contract',
      `${what}: voxel ${voxel} of ${name} must be ${show(other.data[voxel])}, got ${show(entry.data[voxel])}.`,
    )
  }
}

/** All that an entry is, but for its voxels. */
export function headOf(entry: Entry): string {
  if (!isVolume(entry)) return JSON.stringify(entry)
  const { kind, shape, affine, channels, dtype } = entry
  return JSON.stringify({ kind, shape, affine, channels, dtype })
}

/** Where one may look for a changed byte. */
export const bytesOf = ({ data }: Volume): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)

/** A subject's copy, of which nothing is shared. */
export const copyOf = <S extends Subject>(subject: S): S => structuredClone(subject)
