/** What an error knows beside its message. */
export interface ErrorDetails {
  /** The name in data of the transform at fault, `package/Factory`. */
  readonly transform?: string | undefined
  readonly option?: string | undefined
  readonly received?: unknown
  readonly cause?: unknown
}

const brand = Symbol.for('voxaug.error')

/**
 * The one error of voxaug. Its message is `<path> > <transform>: <what was wrong>, got <value>.`
 *
 * Two copies of this package may be loaded at once: tell it by `isVoxaugError`, never by `instanceof`.
 */
export class VoxaugError extends Error {
  override readonly name = 'VoxaugError'
  readonly [brand] = true
  readonly code: string
  readonly transform: string | undefined
  readonly option: string | undefined
  readonly received: unknown

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(details.transform ? `${details.transform}: ${message}` : message, { cause: details.cause })
    this.code = code
    this.transform = details.transform
    this.option = details.option
    this.received = details.received
  }
}

/** Whether a caught value is an error of voxaug, of this copy of the package or of another. */
export function isVoxaugError(error: unknown): error is VoxaugError {
  return typeof error === 'object' && error !== null && brand in error
}

/** Puts the place in the pipeline, if there is one, before the message: `Compose[2] > OneOf[0] > intensity/Gamma: …`. */
export function locate(error: unknown, path: string): unknown {
  if (path && isVoxaugError(error)) error.message = `${path} > ${error.message}`
  return error
}

/** Does some work at a place in the pipeline, which stands before the message of what it throws. */
export function locating<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw locate(error, path)
  }
}

/** A received value as error messages print it: JSON, with what JSON has no word for, in 60 characters that no terminal obeys. */
export function show(value: unknown): string {
  const word = wordFor(value)
  const raw = word !== value ? String(word) : typeof value === 'string' ? JSON.stringify(value) : json(value)
  const text = raw.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '?')
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

const tagOf = (value: unknown): string => Object.prototype.toString.call(value)

/** A word for what JSON has none for, or what is too long to print, like voxels; else the value itself. */
function wordFor(value: unknown): unknown {
  if (typeof value === 'function' || (ArrayBuffer.isView(value) && value.byteLength > 999)) return tagOf(value)
  const lost = typeof value === 'number' ? !Number.isFinite(value) : /^(sy|un|bi)/.test(typeof value)
  return lost ? String(value) : value
}

function json(value: unknown): string {
  try {
    const text = JSON.stringify(value, (_, one) => wordFor(one))
    return text.replace(/"(NaN|-?Infinity)"/g, '$1').replace(/,(?=\S)/g, ', ')
  } catch {
    // In a circle, or too deep.
    return tagOf(value)
  }
}
