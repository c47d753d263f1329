import { type DType, show, VoxaugError } from '@voxaug/core'
import { integerRange } from './cast.ts'
import { checkDtype } from './datatypes.ts'
import type { NiftiExtension } from './extensions.ts'

/** What goes into a file, whichever way it is written. */
export interface NiftiContentOptions {
  /** The type to store: float32 for images and a label map's own type unless given. */
  readonly dtype?: DType
  /** NIfTI-1 unless an axis, the channels or the affine are too large for it. */
  readonly version?: 1 | 2
  /** Whether an image in an integer type gets the slope and intercept with which it errs least; false unless given. */
  readonly scaled?: boolean
  /** Extensions to write, such as those of `readNiftiHeader`. None unless given: they may name the patient. */
  readonly extensions?: readonly Pick<NiftiExtension, 'code' | 'content'>[]
  /** Ends the writing early, with the error `aborted`. */
  readonly signal?: AbortSignal
}

/** Options that were checked, with their defaults. */
export interface ParsedContentOptions extends Required<Omit<NiftiContentOptions, 'dtype' | 'version' | 'signal'>> {
  readonly dtype: DType | undefined
  readonly version: 1 | 2 | undefined
  readonly signal: AbortSignal | undefined
}

/** Checks what is to be written before any work; `others` is what the caller knows besides. */
export function parseContentOptions(options: NiftiContentOptions, others: readonly string[]): ParsedContentOptions {
  checkRecord(options)
  const { dtype, version, scaled = false, extensions = [], signal, ...rest } = options
  const unknown = Object.keys(rest).find((name) => !others.includes(name))
  if (unknown !== undefined) {
    const known = ['dtype', 'version', 'scaled', 'extensions', ...others].join(', ')
    throw new VoxaugError('invalid-option', `options of writeNifti are ${known} and signal, got ${unknown}.`, {
      option: unknown,
    })
  }
  if (dtype !== undefined) checkDtype(dtype)
  if (version !== undefined && version !== 1 && version !== 2) refuse('version', '1 or 2', version)
  checkFlag('scaled', scaled)
  if (scaled && !(dtype && integerRange(dtype))) refuse('dtype', 'an integer type where scaled is true', dtype)
  checkSignal(signal)
  checkExtensions(extensions)
  return { dtype, version, scaled, extensions, signal }
}

/** Throws unless options are a record of them. */
export function checkRecord(options: unknown): void {
  if (typeof options !== 'object' || options === null) refuse('options', 'a record', options)
}

export function checkFlag(option: string, value: unknown): void {
  if (typeof value !== 'boolean') refuse(option, 'true or false', value)
}

export function checkSignal(signal: unknown): void {
  if (signal !== undefined && !(signal instanceof AbortSignal)) refuse('signal', 'an AbortSignal', signal)
}

export function checkGzipLevel(level: unknown): void {
  if (level === undefined || (Number.isInteger(level) && Number(level) >= 1 && Number(level) <= 9)) return
  refuse('gzipLevel', 'a whole number from 1 to 9', level)
}

function checkExtensions(extensions: unknown): void {
  if (!Array.isArray(extensions)) refuse('extensions', 'a list', extensions)
  for (const [n, one] of (extensions as unknown[]).entries()) {
    const { code, content }: { code?: unknown; content?: unknown } = Object(one)
    if (!(Number.isInteger(code) && Number(code) >= 0 && Number(code) < 2 ** 31))
      refuse(`extensions[${n}].code`, 'a whole number from 0 to 2147483647', code)
    // Not what it holds: that may name the patient.
    if (!(content instanceof Uint8Array)) refuse(`extensions[${n}].content`, 'a Uint8Array', typeof content)
  }
}

function refuse(option: string, wanted: string, received: unknown): never {
  throw new VoxaugError('invalid-option', `${option} must be ${wanted}, got ${show(received)}.`, { option, received })
}
