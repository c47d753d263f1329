import type { Volume } from '@voxaug/core'
import type { NiftiHeader, Region, VolumeHeader } from '@voxaug/io'
import type { Bytes } from './bytes.ts'
import { flawOfRegion, insideOf } from './flaw-of-region.ts'
import { type Asked, flawOf, flawOfRefusal } from './invariants.ts'
import { describeRefusal, describeVolume } from './outcome.ts'

/** An entry point that reads: two of them must agree on every file. */
export interface Reader {
  readonly name: string
  readonly readNifti: (source: Bytes, options: Asked) => Promise<Volume>
  readonly readNiftiHeader: (source: Bytes) => Promise<NiftiHeader>
  readonly readVolume: (source: Bytes, options: Asked & { readonly region?: Region }) => Promise<Volume>
  readonly readVolumeHeader: (source: Bytes) => Promise<VolumeHeader>
}

export interface Verdict {
  /** What is wrong, or undefined. */
  readonly flaw: string | undefined
  /** `read`, or the code of the refusal: of the image. */
  readonly outcome: string
}

/** Most bytes of voxels in memory: far above what the corpus holds, so that larger claims are refused and soon forgotten. */
export const maxBytes = 2 ** 20

export interface Read {
  readonly volume?: Volume
  readonly line: string
  readonly flaw?: string | undefined
}

/**
 * Reads some bytes in every way there is: as image and as label map, the header alone and a part alone, by every reader.
 *
 * A volume must keep the invariants and a refusal must be ours; readers must agree to the bit; the header alone must say what
 * the volume says; a part must have the whole's voxels; label map and image must hold the same values; the bytes must stay as they were.
 */
export async function checkBytes(bytes: Bytes, readers: readonly Reader[]): Promise<Verdict> {
  const before = bytes.slice()
  const flaws: string[] = []
  const lines: string[][] = []
  let outcome = ''
  for (const reader of readers) {
    const attempt = async (what: string, asked: Asked, read: Reader['readNifti']): Promise<Read> => {
      const one = await attemptTo(
        () => read(bytes, asked),
        (volume) => flawOf(volume, bytes.buffer, asked),
      )
      if (one.flaw) flaws.push(`${reader.name}, ${what}: ${one.flaw}`)
      return one
    }
    const image = await attempt('image', { kind: 'image', maxBytes }, reader.readNifti)
    const label = await attempt('label', { kind: 'label', maxBytes }, reader.readNifti)
    const header = await reader.readNiftiHeader(bytes).catch((error: unknown) => ({ error }))
    const any = await attempt('any format', { kind: 'image', maxBytes }, reader.readVolume)
    const anyLabel = await attempt('label of any format', { kind: 'label', maxBytes }, reader.readVolume)
    const anyHeader = await reader.readVolumeHeader(bytes).catch((error: unknown) => ({ error }))
    for (const flaw of [
      flawOfHeader(header, image),
      flawOfHeader(anyHeader, any),
      flawOfLabels(label, image),
      flawOfLabels(anyLabel, any),
      any.volume && (await flawOfPart(reader, bytes, any.volume)),
    ])
      if (flaw) flaws.push(`${reader.name}: ${flaw}`)
    if (image.volume && any.line !== image.line)
      flaws.push(`${reader.name}: readNifti says ${image.line}, readVolume ${any.line}`)
    lines.push([image.line, label.line, any.line, anyLabel.line])
    outcome = any.line.split(':', 1)[0]!
  }
  for (const [n, { name }] of readers.entries())
    for (const [way, line] of lines[n]!.entries())
      if (!agree(line, lines[0]![way]!)) flaws.push(`${readers[0]!.name} says ${lines[0]![way]}, ${name} ${line}`)
  if (bytes.some((byte, n) => byte !== before[n])) flaws.push('the source was changed')
  return { flaw: flaws.length > 0 ? flaws.join(' | ') : undefined, outcome }
}

/**
 * Whether two readers say the same. Of a damaged gzip stream one may first see the damage and another what came before it; and
 * where the end was not read, not all see what stands there.
 */
const agree = (a: string, b: string): boolean =>
  a === b ||
  (/^invalid-gzip/.test(a) && /^(?!read)|checksum-unverified$/.test(b)) ||
  (/^invalid-gzip/.test(b) && /^(?!read)|checksum-unverified$/.test(a))

/** What came of reading, and what is wrong with it. */
export async function attemptTo(
  read: () => Promise<Volume>,
  flawOf: (volume: Volume) => string | undefined,
): Promise<Read> {
  try {
    const volume = await read()
    return { volume, line: describeVolume(volume), flaw: flawOf(volume) }
  } catch (error) {
    return { line: describeRefusal(error), flaw: flawOfRefusal(error) }
  }
}

async function flawOfPart(reader: Reader, bytes: Bytes, whole: Volume): Promise<string | undefined> {
  const region = insideOf(whole.shape)
  const part = await reader
    .readVolume(bytes, { kind: 'image', maxBytes, region })
    .catch((error: unknown) => ({ error }))
  return 'error' in part ? `the region is refused: ${describeRefusal(part.error)}` : flawOfRegion(part, whole)
}

function flawOfHeader(header: VolumeHeader | { readonly error: unknown }, image: Read): string | undefined {
  if ('error' in header) {
    const flaw = flawOfRefusal(header.error)
    if (flaw) return `header: ${flaw}`
    const line = describeRefusal(header.error)
    return agree(line, image.line) ? undefined : `the header says ${line}, the image ${image.line}`
  }
  if (!image.volume) return undefined
  const { shape, channels, affine, warnings } = image.volume
  const same =
    String(header.shape) === String(shape) &&
    header.channels === channels &&
    header.affine.every((value, n) => Object.is(value, affine[n])) &&
    header.warnings.every(({ message }, n) => message === warnings[n]?.message)
  return same ? undefined : `the header says ${JSON.stringify(header)}, the image ${image.line}`
}

function flawOfLabels(label: Read, image: Read): string | undefined {
  if (!label.volume) return undefined
  if (!image.volume) return image.line.startsWith('too-large') ? undefined : `labels of an image that is ${image.line}`
  const [labels, values] = [label.volume.data, image.volume.data]
  for (let n = 0; n < labels.length; n++)
    if (Math.fround(labels[n]!) !== Math.fround(values[n]!)) return `voxel ${n} is ${values[n]}, as label ${labels[n]}`
  return undefined
}
