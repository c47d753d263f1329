import { dtypeOf, isInvertible, isVoxaugError, spacingOf, type Volume } from '@voxaug/core'

/** What reading may be refused with; the last two where a path is read whose header names another file. */
const codes: ReadonlySet<string> = new Set([
  'not-nifti',
  'unknown-format',
  'unsupported',
  'invalid-header',
  'truncated',
  'invalid-gzip',
  'too-large',
  'out-of-range',
  'invalid-label',
  'not-found',
  'unreadable',
])

const integers: ReadonlySet<string> = new Set(['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32'])

export interface Asked {
  readonly kind: 'image' | 'label'
  readonly maxBytes: number
}

/** What a volume that was read breaks of what every volume keeps, or undefined. */
export function flawOf(volume: Volume, source: ArrayBufferLike, { kind, maxBytes }: Asked): string | undefined {
  const { data, shape, channels, affine, spacingMm, dtype, warnings } = volume
  const whole = (count: number) => Number.isSafeInteger(count) && count > 0
  if (volume.kind !== kind) return `kind ${volume.kind} for ${kind}`
  if (!(shape.length === 3 && shape.every(whole))) return `shape ${shape}`
  if (!whole(channels)) return `channels ${channels}`
  if (dtypeOf(data) !== dtype) return `dtype ${dtype} of ${dtypeOf(data)}`
  if (kind === 'label' && !integers.has(dtype)) return `labels of ${dtype}`
  const voxels = shape[0] * shape[1] * shape[2] * channels
  if (data.length !== voxels) return `${data.length} voxels for ${shape} × ${channels}`
  if (data.byteLength > maxBytes) return `${data.byteLength} bytes for maxBytes ${maxBytes}`
  if (data.buffer === source) return 'voxels that share the memory of the source'
  if (data.byteOffset !== 0 || data.buffer.byteLength !== data.byteLength)
    return 'voxels in a buffer that is not theirs'
  if (!isInvertible(affine)) return `affine ${affine}`
  const spacing = spacingOf(affine)
  if (!spacing.every((size, axis) => Number.isFinite(size) && size > 0 && size === spacingMm[axis]))
    return `spacing ${spacingMm} of ${affine}`
  for (const { code, message, path } of warnings) {
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(code) || path !== '' || !isSentence(message))
      return `warning ${JSON.stringify({ code, message, path })}`
  }
  return undefined
}

/** What an error breaks of what every refusal keeps, or undefined. */
export function flawOfRefusal(error: unknown): string | undefined {
  if (!isVoxaugError(error)) return `foreign error: ${error instanceof Error ? error.stack : String(error)}`
  if (!codes.has(error.code)) return `unknown code ${error.code}: ${error.message}`
  return isSentence(error.message) ? undefined : `message ${JSON.stringify(error.message)}`
}

/** One line that a terminal may print, not endless, closed by a full stop. */
const isSentence = (message: string) => message.length < 500 && /^[^\p{Cc}\p{Cf}\u2028\u2029]+\.$/u.test(message)
