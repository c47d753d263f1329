import { show, VoxaugError } from '@voxaug/core'

/** The bytes of a DICOM file. */
export type DicomSource = ArrayBuffer | ArrayBufferView<ArrayBuffer> | Blob

/** The files as Blobs, which a worker can be given without a copy. */
export const blobsOf = (files: Iterable<DicomSource>): Blob[] => listOf(files).map(blobOf)

/** Files as a list; throws VoxaugError `invalid-option` for what has none. */
export function listOf<T>(files: Iterable<T>): T[] {
  const given: unknown = files
  if (typeof given === 'object' && given !== null && Symbol.iterator in given && !ArrayBuffer.isView(given)) {
    const list = [...files]
    if (list.length > 0) return list
  }
  throw new VoxaugError(
    'invalid-option',
    `files must be a list of at least one DICOM file, got ${Array.isArray(given) ? '[]' : tagOf(given)}.`,
    { option: 'files', received: given },
  )
}

/** A file's bytes as a Blob; throws VoxaugError `invalid-option` for what is no bytes. */
export function blobOf(source: DicomSource): Blob {
  const tag = tagOf(source)
  if (tag === 'Blob' || tag === 'File') return source as Blob
  if (ArrayBuffer.isView(source) || tag === 'ArrayBuffer') return new Blob([source])
  throw new VoxaugError(
    'invalid-option',
    `files must be ArrayBuffers, typed arrays or Blobs, got ${typeof source === 'string' ? show(source) : tag}.`,
    { option: 'files', received: source },
  )
}

/** What a value is, by tag and not by instanceof, which fails for what another window or realm made. */
const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1)
